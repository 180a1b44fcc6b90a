import { byRoot, call, eachOf, Samples, signIn } from './shapes';

/** What each detection of CIS is for, by id: events that its filter must match, and events that look alike. */
export const CIS_SAMPLES: Readonly<Record<string, Samples>> = {
  UnauthorizedApiCalls: {
    hits: [
      call('ec2.amazonaws.com', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
      call('iam.amazonaws.com', 'CreateUser', { errorCode: 'AccessDenied' }),
      call('kms.amazonaws.com', 'Decrypt', { errorCode: 'AccessDeniedException' }),
    ],
    misses: [call('iam.amazonaws.com', 'CreateUser'), call('kms.amazonaws.com', 'Decrypt', { errorCode: 'KMSInvalidStateException' })],
    strictMisses: [
      call('s3.amazonaws.com', 'HeadBucket', { errorCode: 'AccessDenied' }),
      call('s3.amazonaws.com', 'PutObject', { errorCode: 'AccessDenied', sourceIPAddress: 'delivery.logs.amazonaws.com' }),
    ],
  },
  ConsoleSigninWithoutMfa: {
    hits: [signIn({ by: 'IAMUser', mfaUsed: 'No', outcome: 'Success' })],
    misses: [
      signIn({ by: 'IAMUser', mfaUsed: 'Yes', outcome: 'Success' }),
      signIn({ by: 'IAMUser', mfaUsed: 'No', outcome: 'Failure' }),
      signIn({ by: 'AssumedRole', mfaUsed: 'No', outcome: 'Success' }),
    ],
  },
  RootUsage: {
    hits: [
      signIn({ by: 'Root', mfaUsed: 'No', outcome: 'Success' }),
      signIn({ by: 'Root', mfaUsed: 'Yes', outcome: 'Failure' }),
      byRoot('iam.amazonaws.com', 'CreateAccessKey'),
    ],
    misses: [
      call('iam.amazonaws.com', 'CreateAccessKey'),
      byRoot('s3.amazonaws.com', 'GetBucketAcl', {}, { invokedBy: 'support.amazonaws.com' }),
      byRoot('kms.amazonaws.com', 'RotateKey', { eventType: 'AwsServiceEvent' }),
    ],
  },
  IamPolicyChanges: {
    hits: eachOf([[
      'iam',
      'DeleteGroupPolicy', 'DeleteRolePolicy', 'DeleteUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'PutUserPolicy', 'CreatePolicy',
      'DeletePolicy', 'CreatePolicyVersion', 'DeletePolicyVersion', 'AttachRolePolicy', 'DetachRolePolicy', 'AttachUserPolicy',
      'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy',
    ]]),
    misses: eachOf([['iam', 'GetRolePolicy', 'ListPolicies', 'CreateRole'], ['iot', 'CreatePolicy'], ['organizations', 'CreatePolicy', 'DeletePolicy']]),
  },
  CloudTrailChanges: {
    hits: eachOf([['cloudtrail', 'CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging']]),
    misses: eachOf([['cloudtrail', 'DescribeTrails', 'GetTrailStatus', 'LookupEvents']]),
  },
  ConsoleAuthFailures: {
    hits: [signIn({ by: 'IAMUser', mfaUsed: 'No', outcome: 'Failure' }), signIn({ by: 'Root', mfaUsed: 'No', outcome: 'Failure' })],
    misses: [
      signIn({ by: 'IAMUser', mfaUsed: 'Yes', outcome: 'Success' }),
      call('signin.amazonaws.com', 'CheckMfa', { errorMessage: 'Failed authentication', eventType: 'AwsConsoleSignIn' }),
    ],
  },
  KmsDisableOrScheduleDeletion: {
    hits: eachOf([['kms', 'DisableKey', 'ScheduleKeyDeletion']]),
    misses: [...eachOf([['kms', 'DisableKeyRotation', 'CancelKeyDeletion', 'EnableKey']]), call('backup.amazonaws.com', 'DisableKey')],
  },
  S3BucketPolicyChanges: {
    hits: eachOf([[
      's3',
      'PutBucketAcl', 'PutBucketPolicy', 'PutBucketCors', 'PutBucketLifecycle', 'PutBucketReplication', 'DeleteBucketPolicy',
      'DeleteBucketCors', 'DeleteBucketLifecycle', 'DeleteBucketReplication',
    ]]),
    misses: [...eachOf([['s3', 'GetBucketPolicy', 'PutBucketTagging']]), call('s3-outposts.amazonaws.com', 'PutBucketPolicy')],
  },
  AwsConfigChanges: {
    hits: eachOf([['config', 'StopConfigurationRecorder', 'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutConfigurationRecorder']]),
    misses: [...eachOf([['config', 'DescribeConfigurationRecorders', 'StartConfigurationRecorder']]), call('appconfig.amazonaws.com', 'PutDeliveryChannel')],
  },
  SecurityGroupChanges: {
    hits: eachOf([[
      'ec2',
      'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress',
      'CreateSecurityGroup', 'DeleteSecurityGroup',
    ]]),
    misses: eachOf([['ec2', 'DescribeSecurityGroups', 'RunInstances']]),
    strictHits: eachOf([['ec2', 'ModifySecurityGroupRules']]),
  },
  NaclChanges: {
    hits: eachOf([[
      'ec2',
      'CreateNetworkAcl', 'CreateNetworkAclEntry', 'DeleteNetworkAcl', 'DeleteNetworkAclEntry', 'ReplaceNetworkAclEntry',
      'ReplaceNetworkAclAssociation',
    ]]),
    misses: eachOf([['ec2', 'DescribeNetworkAcls', 'CreateRoute']]),
  },
  NetworkGatewayChanges: {
    hits: eachOf([[
      'ec2',
      'CreateCustomerGateway', 'DeleteCustomerGateway', 'AttachInternetGateway', 'CreateInternetGateway', 'DeleteInternetGateway',
      'DetachInternetGateway',
    ]]),
    misses: eachOf([['ec2', 'DescribeInternetGateways', 'CreateNatGateway']]),
  },
  RouteTableChanges: {
    hits: eachOf([[
      'ec2',
      'CreateRoute', 'CreateRouteTable', 'ReplaceRoute', 'ReplaceRouteTableAssociation', 'DeleteRouteTable', 'DeleteRoute',
      'DisassociateRouteTable',
    ]]),
    misses: [...eachOf([['ec2', 'DescribeRouteTables', 'AssociateRouteTable']]), call('apigateway.amazonaws.com', 'CreateRoute')],
  },
  VpcChanges: {
    hits: eachOf([[
      'ec2',
      'CreateVpc', 'DeleteVpc', 'ModifyVpcAttribute', 'AcceptVpcPeeringConnection', 'CreateVpcPeeringConnection',
      'DeleteVpcPeeringConnection', 'RejectVpcPeeringConnection', 'AttachClassicLinkVpc', 'DetachClassicLinkVpc',
      'DisableVpcClassicLink', 'EnableVpcClassicLink',
    ]]),
    misses: eachOf([['ec2', 'DescribeVpcs', 'CreateSubnet']]),
  },
  OrganizationsChanges: {
    hits: eachOf([[
      'organizations',
      'AcceptHandshake', 'AttachPolicy', 'CreateAccount', 'CreateOrganizationalUnit', 'CreatePolicy', 'DeclineHandshake',
      'DeleteOrganization', 'DeleteOrganizationalUnit', 'DeletePolicy', 'DetachPolicy', 'DisablePolicyType', 'EnablePolicyType',
      'InviteAccountToOrganization', 'LeaveOrganization', 'MoveAccount', 'RemoveAccountFromOrganization', 'UpdatePolicy',
      'UpdateOrganizationalUnit',
    ]]),
    misses: [...eachOf([['organizations', 'DescribeOrganization', 'ListAccounts']]), call('iam.amazonaws.com', 'CreatePolicy')],
    strictHits: eachOf([['organizations', 'CancelHandshake', 'CreateOrganization', 'EnableAllFeatures']]),
  },
};
