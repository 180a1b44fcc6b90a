import { call, eachOf, Samples } from './shapes';

const GRANT = { granteePrincipal: 'arn:aws:iam::111122223333:role/Reader', operations: ['Decrypt'] };

const BY_CLOUDFORMATION = {
  userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Deployer/AWSCloudFormation', invokedBy: 'cloudformation.amazonaws.com' },
};

const EMERGENCY = 'arn:aws:iam::111122223333:role/break-glass/Emergency';
const REFUSED = 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: ';

/** The same for what the list of CIS lacks. */
export const OTHER_SAMPLES: Readonly<Record<string, Samples>> = {
  BreakGlassUse: {
    hits: [
      call('sts.amazonaws.com', 'AssumeRole', { requestParameters: { roleArn: EMERGENCY, roleSessionName: 'alice', sourceIdentity: 'alice' } }),
      call('sts.amazonaws.com', 'AssumeRoleWithSAML', { requestParameters: { roleArn: EMERGENCY, roleSessionName: 'alice' } }),
      call('sts.amazonaws.com', 'AssumeRole', { errorCode: 'AccessDenied', errorMessage: `${REFUSED}${EMERGENCY}` }),
    ],
    misses: [
      call('sts.amazonaws.com', 'AssumeRole', { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/break-glass-drill', roleSessionName: 'alice' } }),
      call('sts.amazonaws.com', 'AssumeRole', { errorCode: 'AccessDenied', errorMessage: `${REFUSED}arn:aws:iam::111122223333:role/Auditor` }),
      call('iam.amazonaws.com', 'GetRole', { requestParameters: { roleArn: EMERGENCY } }),
    ],
  },
  TrustChanges: {
    hits: eachOf([
      [
        'iam', 'UpdateAssumeRolePolicy', 'PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary', 'PutUserPermissionsBoundary',
        'DeleteUserPermissionsBoundary', 'SetDefaultPolicyVersion', 'AddUserToGroup', 'CreateSAMLProvider', 'UpdateSAMLProvider',
        'CreateOpenIDConnectProvider', 'UpdateOpenIDConnectProviderThumbprint', 'AddClientIDToOpenIDConnectProvider',
      ],
      [
        'sso', 'CreateAccountAssignment', 'PutInlinePolicyToPermissionSet', 'AttachManagedPolicyToPermissionSet',
        'DeletePermissionsBoundaryFromPermissionSet',
      ],
    ]),
    misses: [
      ...eachOf([['iam', 'GetRole', 'ListSAMLProviders', 'TagRole'], ['sso', 'DescribePermissionSet', 'ListAccountAssignments']]),
      call('redshift.amazonaws.com', 'AddUserToGroup'),
    ],
  },
  CredentialChanges: {
    hits: eachOf([
      [
        'iam', 'CreateUser', 'CreateAccessKey', 'UpdateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'CreateServiceSpecificCredential',
        'ResetServiceSpecificCredential', 'DeactivateMFADevice', 'DeleteVirtualMFADevice',
      ],
    ]),
    misses: [...eachOf([['iam', 'ListAccessKeys', 'EnableMFADevice', 'DeleteAccessKey']]), call('transfer.amazonaws.com', 'CreateUser')],
  },
  KeyPolicyChanges: {
    hits: eachOf([['kms', 'PutKeyPolicy', 'DisableKeyRotation', 'DeleteImportedKeyMaterial', 'UpdatePrimaryRegion']]),
    misses: [...eachOf([['kms', 'GetKeyPolicy', 'EnableKeyRotation', 'DescribeKey']]), call('ecr.amazonaws.com', 'PutKeyPolicy')],
  },
  KeyGrants: {
    hits: [call('kms.amazonaws.com', 'CreateGrant', { requestParameters: GRANT })],
    misses: [
      call('kms.amazonaws.com', 'CreateGrant', {
        requestParameters: GRANT,
        userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Deployer/alice', invokedBy: 'dynamodb.amazonaws.com' },
      }),
      ...eachOf([['kms', 'ListGrants', 'RetireGrant']]),
    ],
  },
  SecretProtectionChanges: {
    hits: eachOf([
      ['secretsmanager', 'DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy', 'CancelRotateSecret', 'RotationFailed', 'RotationAbandoned'],
    ]),
    misses: [
      ...eachOf([['secretsmanager', 'GetSecretValue', 'RotateSecret', 'RotationSucceeded', 'ValidateResourcePolicy']]),
      call('logs.amazonaws.com', 'PutResourcePolicy'),
    ],
  },
  BucketProtectionChanges: {
    hits: eachOf([
      [
        's3', 'PutBucketEncryption', 'DeleteBucketEncryption', 'PutBucketVersioning', 'PutBucketPublicAccessBlock',
        'DeleteBucketPublicAccessBlock', 'PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock', 'PutBucketObjectLockConfiguration',
        'PutObjectLockConfiguration', 'PutBucketLogging', 'PutBucketAbac', 'PutBucketOwnershipControls', 'DeleteBucketOwnershipControls',
      ],
    ]),
    misses: [...eachOf([['s3', 'GetBucketEncryption', 'GetBucketVersioning', 'CreateBucket']]), call('s3express.amazonaws.com', 'PutBucketEncryption')],
  },
  SnapshotExposure: {
    hits: eachOf([
      [
        'ec2', 'DisableEbsEncryptionByDefault', 'ModifySnapshotAttribute', 'ModifyImageAttribute', 'DisableSnapshotBlockPublicAccess',
        'DisableImageBlockPublicAccess',
      ],
      ['rds', 'ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
    ]),
    misses: eachOf([
      ['ec2', 'CreateSnapshot', 'DescribeSnapshotAttribute', 'EnableEbsEncryptionByDefault'],
      ['rds', 'DescribeDBSnapshotAttributes', 'CreateDBSnapshot'],
    ]),
  },
  TrailSelectorChanges: {
    hits: eachOf([['cloudtrail', 'PutEventSelectors', 'PutInsightSelectors']]),
    misses: eachOf([['cloudtrail', 'GetEventSelectors', 'GetInsightSelectors']]),
  },
  LogProtectionChanges: {
    hits: eachOf([[
      'logs', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRetentionPolicy', 'DisassociateKmsKey', 'DeleteSubscriptionFilter',
      'PutDataProtectionPolicy', 'DeleteDataProtectionPolicy', 'DeleteAccountPolicy',
    ]]),
    misses: eachOf([['logs', 'CreateLogGroup', 'DescribeLogGroups', 'PutSubscriptionFilter']]),
  },
  UnmaskedLogReads: {
    hits: [call('logs.amazonaws.com', 'FilterLogEvents', { requestParameters: { logGroupName: 'orders', unmask: true } })],
    misses: [
      call('logs.amazonaws.com', 'FilterLogEvents', { requestParameters: { logGroupName: 'orders', unmask: false } }),
      call('logs.amazonaws.com', 'FilterLogEvents', { requestParameters: { logGroupName: 'orders' } }),
    ],
  },
  AlertingChanges: {
    hits: eachOf([
      ['logs', 'DeleteMetricFilter', 'PutMetricFilter'],
      ['monitoring', 'DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm', 'SetAlarmState'],
      ['sns', 'DeleteTopic', 'SetTopicAttributes', 'RemovePermission', 'Unsubscribe'],
      ['events', 'DeleteRule', 'DisableRule', 'RemoveTargets'],
    ]),
    misses: [
      ...eachOf([['monitoring', 'DescribeAlarms'], ['sns', 'Subscribe', 'GetTopicAttributes']]),
      call('iot.amazonaws.com', 'DeleteRule'),
      call('logs.amazonaws.com', 'PutMetricFilter', BY_CLOUDFORMATION),
      call('monitoring.amazonaws.com', 'PutMetricAlarm', BY_CLOUDFORMATION),
    ],
  },
  DetectorChanges: {
    hits: eachOf([
      [
        'guardduty', 'DeleteDetector', 'UpdateDetector', 'StopMonitoringMembers', 'DisassociateFromAdministratorAccount', 'CreateFilter', 'UpdateFilter',
        'CreateIPSet', 'UpdateIPSet',
      ],
      ['securityhub', 'DisableSecurityHub', 'BatchDisableStandards'],
      ['access-analyzer', 'DeleteAnalyzer'],
      ['config', 'DeleteConfigurationRecorder', 'DeleteConfigRule', 'DeleteConformancePack'],
      ['inspector2', 'Disable'],
    ]),
    misses: [...eachOf([['guardduty', 'GetDetector', 'ListDetectors'], ['inspector2', 'Enable']]), call('macie2.amazonaws.com', 'Disable')],
  },
};
