/**
 * Actions that have no resource to name, so that `*` is the only `Resource` they accept; in lower case.
 *
 * Source: Service Authorization Reference, actions without a resource type.
 */
export const STAR_ONLY_ACTIONS: readonly string[] = [
  'access-analyzer:listanalyzers', 'config:describecompliancebyconfigrule', 'config:selectresourceconfig',
  'cloudwatch:putmetricdata', 'cloudwatch:getmetric*', 'cloudwatch:listmetrics', 'cloudwatch:describealarmsformetric', 'cloudwatch:describeanomalydetectors',
  'ec2:describe*', 'ec2:createnetworkinterface', 'ec2:deletenetworkinterface', 'ec2:assignprivateipaddresses', 'ec2:unassignprivateipaddresses',
  'ec2:getebsencryptionbydefault', 'ec2:enableebsencryptionbydefault', 'ec2:getebsdefaultkmskeyid', 'ec2:modifyebsdefaultkmskeyid',
  'ecr:getauthorizationtoken', 'inspector2:batchgetaccountstatus', 'inspector2:enable',
  'iam:generatecredentialreport', 'iam:getaccountauthorizationdetails', 'iam:getaccountpasswordpolicy', 'iam:getaccountsummary',
  'iam:getcredentialreport', 'iam:listpolicies', 'iam:listroles', 'iam:listusers', 'iam:listvirtualmfadevices',
  'kms:listkeys', 'kms:listaliases', 'kms:generaterandom',
  'logs:describequeries', 'logs:stopquery',
  'logs:describeloggroups', 'logs:describeresourcepolicies', 'logs:putresourcepolicy', 'logs:createlogdelivery', 'logs:getlogdelivery',
  'logs:updatelogdelivery', 'logs:deletelogdelivery', 'logs:listlogdeliveries',
  's3:listallmybuckets', 's3:getaccountpublicaccessblock', 's3:putaccountpublicaccessblock',
  'sns:listtopics', 'sqs:listqueues', 'dynamodb:liststreams', 'dynamodb:listtables', 'lambda:listfunctions', 'states:liststatemachines', 'events:listeventbuses',
  'secretsmanager:listsecrets', 'secretsmanager:getrandompassword', 'ssm:createopsitem', 'ssm:describeopsitems', 'ssm:describeparameters',
  'sts:getcalleridentity', 'sts:getaccesskeyinfo', 'sts:decodeauthorizationmessage',
  'tag:getresources', 'cloudtrail:describetrails', 'cloudtrail:listtrails', 'cloudtrail:lookupevents',
  'ssmmessages:createcontrolchannel', 'ssmmessages:createdatachannel', 'ssmmessages:opencontrolchannel', 'ssmmessages:opendatachannel',
  'transfer:listservers', 'transfer:listconnectors',
  'xray:puttracesegments', 'xray:puttelemetryrecords', 'xray:getsamplingrules', 'xray:getsamplingtargets', 'xray:getsamplingstatisticsummaries',
];

/**
 * Actions on things that a service names when they are made, and no template can: OpsItems, which are no resources of CloudFormation; in lower case.
 * All those of one account in one region are the least that a policy can name.
 *
 * Source: AWS Systems Manager API Reference, `CreateOpsItem` (which answers with the id); Service Authorization Reference, "AWS Systems Manager".
 */
export const UNNAMED_RESOURCES: ReadonlyArray<{ readonly shape: RegExp; readonly actions: readonly string[] }> = [
  { shape: /^arn:[^:*?]+:ssm:[^:*?]+:[^:*?]+:opsitem\/\*$/, actions: ['ssm:getopsitem', 'ssm:updateopsitem'] },
];

/**
 * Actions by which a principal can give itself more rights than it has.
 *
 * Source: Rhino Security Labs, AWS IAM Privilege Escalation; the same set that Cloudsplaining and Checkov CKV_AWS_110 look for.
 */
export const ESCALATING_ACTIONS: readonly string[] = [
  'iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion',
  'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:AttachGroupPolicy',
  'iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:PutGroupPolicy',
  'iam:UpdateAssumeRolePolicy', 'iam:AddUserToGroup',
  'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile',
  'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration',
];

/** AWS managed policies that hold escalating actions on everything. */
export const ESCALATING_MANAGED_POLICIES: readonly string[] = ['IAMFullAccess', 'PowerUserAccess', 'AWSLambda_FullAccess'];

/** Actions that create or alter IAM identities and what they may do. */
export const IDENTITY_CHANGING_ACTIONS: readonly string[] = [
  ...ESCALATING_ACTIONS.filter((action) => action.startsWith('iam:')),
  'iam:CreateRole', 'iam:CreateUser', 'iam:CreatePolicy',
  'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary', 'iam:PutUserPermissionsBoundary', 'iam:DeleteUserPermissionsBoundary',
];

/** Actions that make a role privileged: they alter identities, reveal protected data, or end protection and record keeping. */
export const PRIVILEGED_ACTIONS: readonly string[] = [
  // Tags are what policies ask identities for (AWS IAM User Guide, "What is ABAC for AWS?").
  ...IDENTITY_CHANGING_ACTIONS, 'iam:TagRole', 'iam:TagUser', 'iam:UntagRole', 'iam:UntagUser', 'lambda:UpdateFunctionCode',
  'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:Decrypt',
  'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret', 'secretsmanager:PutResourcePolicy',
  'cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:UpdateTrail',
  'logs:DeleteLogGroup', 'logs:Unmask', 's3:DeleteBucket', 's3:PutBucketPolicy', 'dynamodb:DeleteTable', 'rds:DeleteDBInstance', 'rds:DeleteDBCluster',
];

/**
 * Services that send `aws:SourceAccount` or `aws:SourceArn` when they assume a role, by the first label of their principal.
 *
 * Source: the "confused deputy" page of each service's guide; of Secrets Manager, "Security and permissions" of managed external secrets. A service that is not known to send them is left out, because there the
 * condition would lock it out; so are services that take roles of their own account only, such as Lambda, EC2 and ECS tasks.
 * CloudTrail sends them to buckets and keys, and not for the role by which it writes to CloudWatch Logs, where they would end the delivery (AWS
 * CloudTrail User Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring"; prowler-cloud/prowler issue 4714).
 */
export const SOURCE_SENDING_SERVICES: ReadonlySet<string> = new Set([
  'config', 'firehose', 'logs', 'pipes', 'scheduler', 'secretsmanager', 'sms-voice', 'states', 'transfer', 'vpc-flow-logs',
]);
