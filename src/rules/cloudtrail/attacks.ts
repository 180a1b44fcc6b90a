import { RecordedEvent, recordedEvent } from './recorded-events';

/** A kind of event that somebody has to hear of, with an example of each call that it stands for. */
export interface Attack {
  readonly name: string;
  readonly events: readonly RecordedEvent[];
}

/** What every hour has, and no filter of attacks may count. */
export const EVERYDAY: RecordedEvent = recordedEvent({ eventSource: 's3.amazonaws.com', eventName: 'ListBuckets' });

function calls(service: string, ...names: readonly string[]): readonly RecordedEvent[] {
  return names.map((eventName) => recordedEvent({ eventSource: `${service}.amazonaws.com`, eventName }));
}

const USER = { type: 'IAMUser', principalId: 'AIDAEXAMPLEUSERID001', arn: 'arn:aws:iam::111122223333:user/ana', accountId: '111122223333', userName: 'ana' };
const ROOT = { type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' };

function signIn(userIdentity: object, MFAUsed: string, ConsoleLogin: string, members: object = {}): RecordedEvent {
  return recordedEvent({
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    userIdentity,
    additionalEventData: { LoginTo: 'https://console.aws.amazon.com/console/home', MobileVersion: 'No', MFAUsed },
    responseElements: { ConsoleLogin },
    ...members,
  });
}

/**
 * What the CIS AWS Foundations Benchmark 5.0.0 asks an alarm for, 4.1 to 4.15 in its order.
 *
 * Calls that only one edition names, or one checker, and those of services that are gone, such as EC2-Classic, are left out: any edition's text
 * matches these. Shapes: AWS CloudTrail User Guide, "CloudTrail log file examples" and "AWS Management Console sign-in events".
 */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'UnauthorizedApiCalls',
    events: ['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation'].map((errorCode) => recordedEvent({
      eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode, errorMessage: 'You are not authorized to perform this operation.',
    })),
  },
  { name: 'ConsoleSigninWithoutMfa', events: [signIn(USER, 'No', 'Success')] },
  {
    name: 'RootUsage',
    events: [recordedEvent({ eventSource: 'iam.amazonaws.com', eventName: 'ListUsers', userIdentity: ROOT }), signIn(ROOT, 'Yes', 'Success')],
  },
  {
    name: 'IamPolicyChanges',
    events: calls(
      'iam', 'AttachGroupPolicy', 'AttachRolePolicy', 'AttachUserPolicy', 'CreatePolicy', 'CreatePolicyVersion', 'DeleteGroupPolicy', 'DeletePolicy', 'DeletePolicyVersion',
      'DeleteRolePolicy', 'DeleteUserPolicy', 'DetachGroupPolicy', 'DetachRolePolicy', 'DetachUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy',
    ),
  },
  { name: 'CloudTrailChanges', events: calls('cloudtrail', 'CreateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging', 'UpdateTrail') },
  { name: 'ConsoleAuthFailures', events: [signIn(USER, 'No', 'Failure', { errorMessage: 'Failed authentication' })] },
  { name: 'KmsDisableOrScheduleDeletion', events: calls('kms', 'DisableKey', 'ScheduleKeyDeletion') },
  {
    name: 'S3BucketPolicyChanges',
    events: calls(
      's3', 'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketPolicy', 'DeleteBucketReplication', 'PutBucketAcl', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketPolicy',
      'PutBucketReplication',
    ),
  },
  { name: 'AwsConfigChanges', events: calls('config', 'DeleteDeliveryChannel', 'PutConfigurationRecorder', 'PutDeliveryChannel', 'StopConfigurationRecorder') },
  {
    name: 'SecurityGroupChanges',
    events: calls(
      'ec2', 'AuthorizeSecurityGroupEgress', 'AuthorizeSecurityGroupIngress', 'CreateSecurityGroup', 'DeleteSecurityGroup', 'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
    ),
  },
  {
    name: 'NaclChanges',
    events: calls('ec2', 'CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclAssociation', 'ReplaceNetworkAclEntry'),
  },
  {
    name: 'NetworkGatewayChanges',
    events: calls(
      'ec2', 'AttachInternetGateway', 'CreateCustomerGateway', 'CreateInternetGateway', 'DeleteCustomerGateway', 'DeleteInternetGateway', 'DetachInternetGateway',
    ),
  },
  {
    name: 'RouteTableChanges',
    events: calls('ec2', 'CreateRoute', 'CreateRouteTable', 'DeleteRoute', 'DeleteRouteTable', 'DisassociateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation'),
  },
  {
    name: 'VpcChanges',
    events: calls(
      'ec2', 'AcceptVpcPeeringConnection', 'CreateVpc', 'CreateVpcPeeringConnection', 'DeleteVpc', 'DeleteVpcPeeringConnection', 'ModifyVpcAttribute', 'RejectVpcPeeringConnection',
    ),
  },
  {
    name: 'OrganizationsChanges',
    events: calls(
      'organizations', 'AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake', 'DeleteOrganization',
      'DeleteOrganizationalUnit', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType', 'InviteAccountToOrganization', 'LeaveOrganization', 'MoveAccount',
      'RemoveAccountFromOrganization', 'UpdateOrganizationalUnit', 'UpdatePolicy',
    ),
  },
];
