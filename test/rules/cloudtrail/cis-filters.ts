/**
 * Filters of the CIS AWS Foundations Benchmark by what they are for, with the texts that AWS Security Hub CSPM asks for (AWS Security Hub User Guide,
 * CloudWatch.1 to CloudWatch.14), and of the fifteenth that of the benchmark.
 */
export const CIS_FILTERS: Readonly<Record<string, string>> = {
  UnauthorizedApiCalls: '{ ($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*") }',
  ConsoleSigninWithoutMfa: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && '
    + '($.responseElements.ConsoleLogin = "Success") }',
  RootUsage: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  IamPolicyChanges: '{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy) || ($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) || '
    + '($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) || '
    + '($.eventName=CreatePolicy) || ($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion) || '
    + '($.eventName=DeletePolicyVersion) || ($.eventName=AttachRolePolicy) || ($.eventName=DetachRolePolicy) || '
    + '($.eventName=AttachUserPolicy) || ($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) || '
    + '($.eventName=DetachGroupPolicy))}',
  CloudTrailChanges: '{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || '
    + '($.eventName=StopLogging)}',
  ConsoleAuthFailures: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
  KmsDisableOrScheduleDeletion: '{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}',
  S3BucketPolicyChanges: '{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) || ($.eventName=PutBucketPolicy) || '
    + '($.eventName=PutBucketCors) || ($.eventName=PutBucketLifecycle) || ($.eventName=PutBucketReplication) || '
    + '($.eventName=DeleteBucketPolicy) || ($.eventName=DeleteBucketCors) || ($.eventName=DeleteBucketLifecycle) || '
    + '($.eventName=DeleteBucketReplication))}',
  AwsConfigChanges: '{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || '
    + '($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder))}',
  SecurityGroupChanges: '{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) || '
    + '($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) || '
    + '($.eventName=CreateSecurityGroup) || ($.eventName=DeleteSecurityGroup)}',
  NaclChanges: '{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) || ($.eventName=DeleteNetworkAcl) || '
    + '($.eventName=DeleteNetworkAclEntry) || ($.eventName=ReplaceNetworkAclEntry) || '
    + '($.eventName=ReplaceNetworkAclAssociation)}',
  NetworkGatewayChanges: '{($.eventName=CreateCustomerGateway) || ($.eventName=DeleteCustomerGateway) || ($.eventName=AttachInternetGateway) || '
    + '($.eventName=CreateInternetGateway) || ($.eventName=DeleteInternetGateway) || ($.eventName=DetachInternetGateway)}',
  RouteTableChanges: '{($.eventSource=ec2.amazonaws.com) && (($.eventName=CreateRoute) || ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) || '
    + '($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) || ($.eventName=DeleteRoute) || '
    + '($.eventName=DisassociateRouteTable))}',
  VpcChanges: '{($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) || '
    + '($.eventName=AcceptVpcPeeringConnection) || ($.eventName=CreateVpcPeeringConnection) || '
    + '($.eventName=DeleteVpcPeeringConnection) || ($.eventName=RejectVpcPeeringConnection) || '
    + '($.eventName=AttachClassicLinkVpc) || ($.eventName=DetachClassicLinkVpc) || ($.eventName=DisableVpcClassicLink) || '
    + '($.eventName=EnableVpcClassicLink)}',
  OrganizationsChanges: '{($.eventSource=organizations.amazonaws.com) && (($.eventName="AcceptHandshake") || ($.eventName="AttachPolicy") || '
    + '($.eventName="CreateAccount") || ($.eventName="CreateOrganizationalUnit") || ($.eventName="CreatePolicy") || '
    + '($.eventName="DeclineHandshake") || ($.eventName="DeleteOrganization") || ($.eventName="DeleteOrganizationalUnit") || '
    + '($.eventName="DeletePolicy") || ($.eventName="DetachPolicy") || ($.eventName="DisablePolicyType") || '
    + '($.eventName="EnablePolicyType") || ($.eventName="InviteAccountToOrganization") || ($.eventName="LeaveOrganization") '
    + '|| ($.eventName="MoveAccount") || ($.eventName="RemoveAccountFromOrganization") || ($.eventName="UpdatePolicy") || '
    + '($.eventName="UpdateOrganizationalUnit"))}',
};
