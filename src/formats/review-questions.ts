import { Condition, Question } from './review-question';
import { TrailField } from './trail-fields';

/** Where who acts is told: the role and the session of it, or the user. */
const WHO: readonly TrailField[] = ['userIdentity.arn', 'sourceIPAddress'];

const is = (field: TrailField, ...values: readonly string[]): Condition => ({ field, is: values });
const isNot = (field: TrailField, ...values: readonly string[]): Condition => ({ field, isNot: values });
const matches = (field: TrailField, pattern: string): Condition => ({ field, matches: pattern });
const all = (...conditions: readonly Condition[]): Condition => ({ all: conditions });
const any = (...conditions: readonly Condition[]): Condition => ({ any: conditions });

/** What services do for themselves, in nobody's name. */
const BY_SOMEBODY = isNot('userIdentity.type', 'AWSService');

const READS_SECRETS = all(is('eventSource', 'secretsmanager.amazonaws.com'), is('eventName', 'GetSecretValue', 'BatchGetSecretValue'));
const DECRYPTS = all(is('eventSource', 'kms.amazonaws.com'), is('eventName', 'Decrypt', 'ReEncrypt'));
const READS_DATA = any(
  all(is('eventSource', 's3.amazonaws.com'), is('eventName', 'GetObject', 'SelectObjectContent')),
  all(is('eventSource', 'dynamodb.amazonaws.com'), is('eventName', 'GetItem', 'BatchGetItem', 'Query', 'Scan', 'ExecuteStatement', 'BatchExecuteStatement')),
  READS_SECRETS,
);

/**
 * What a regular review of access asks (PCI DSS 4.0.1, 10.4.1, on what to review daily; HIPAA 164.308(a)(1)(ii)(D), on regular review of activity).
 *
 * Which roles with rights lie unused the trail cannot tell, since who does nothing leaves no event; analyzers of unused access do.
 */
export const REVIEW_QUESTIONS: readonly Question[] = [
  {
    id: 'root-use',
    title: 'What did the root user do?',
    finding: true,
    where: all(is('userIdentity.type', 'Root'), isNot('eventType', 'AwsServiceEvent')),
    by: ['eventSource', 'eventName', 'sourceIPAddress'],
  },
  {
    id: 'console-without-mfa',
    title: 'Who signed in to the console without MFA?',
    finding: true,
    // Federated sessions never have it here: their identity provider asks for it (IAM User Guide, "AWS sign-in events").
    where: all(is('eventName', 'ConsoleLogin'), is('responseElements.ConsoleLogin', 'Success'), isNot('additionalEventData.MFAUsed', 'Yes'),
      is('userIdentity.type', 'IAMUser', 'Root')),
    by: WHO,
  },
  {
    id: 'mfa-devices',
    title: 'With which MFA devices did people sign in?',
    finding: false,
    where: all(is('eventName', 'ConsoleLogin'), is('additionalEventData.MFAUsed', 'Yes')),
    by: ['userIdentity.arn', 'additionalEventData.MFAIdentifier'],
  },
  {
    id: 'break-glass',
    title: 'Who took a break-glass role, and what was done with it?',
    finding: true,
    where: any(
      all(is('eventName', 'AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'), matches('requestParameters.roleArn', ':role/break-glass/')),
      matches('userIdentity.sessionContext.sessionIssuer.arn', ':role/break-glass/'),
    ),
    by: ['userIdentity.arn', 'userIdentity.sessionContext.sourceIdentity', 'eventSource', 'eventName', 'sourceIPAddress'],
  },
  {
    id: 'logging-changes',
    title: 'Who changed what is recorded, or what raises an alarm?',
    finding: true,
    where: any(
      all(is('eventSource', 'cloudtrail.amazonaws.com'),
        is('eventName', 'StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors')),
      all(is('eventSource', 'config.amazonaws.com'), is('eventName', 'StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'DeleteDeliveryChannel')),
      all(is('eventSource', 'logs.amazonaws.com'),
        is('eventName', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteMetricFilter', 'DisassociateKmsKey', 'DeleteScheduledQuery',
          'UpdateScheduledQuery')),
      all(is('eventSource', 'monitoring.amazonaws.com'), is('eventName', 'DeleteAlarms', 'DisableAlarmActions', 'SetAlarmState')),
      all(is('eventSource', 'guardduty.amazonaws.com'), is('eventName', 'DeleteDetector', 'CreateFilter')),
      all(is('eventSource', 'events.amazonaws.com'), is('eventName', 'DisableRule')),
    ),
    by: ['userIdentity.arn', 'eventSource', 'eventName', 'sourceIPAddress'],
  },
  {
    id: 'access-changes',
    title: 'Who changed what somebody may do?',
    finding: false,
    where: all(
      is('eventSource', 'iam.amazonaws.com', 'sso.amazonaws.com', 'organizations.amazonaws.com', 'kms.amazonaws.com'),
      matches('eventName', '(Polic|Boundary|AssumeRole|LoginProfile|AccessKey|MFADevice|AddUserToGroup|CreateUser|CreateRole|TagUser|TagRole|AccountAssignment|Grant)'),
      matches('eventName', '^(Add|Attach|Create|Deactivate|Delete|Detach|Disable|Enable|Put|Remove|Retire|Revoke|Set|Tag|Untag|Update)'),
    ),
    by: ['userIdentity.arn', 'eventSource', 'eventName', 'requestParameters.roleName', 'requestParameters.userName', 'requestParameters.policyArn'],
  },
  {
    id: 'denied',
    title: 'Who was denied what, most often first?',
    finding: false,
    where: all(matches('errorCode', '(AccessDenied|UnauthorizedOperation|VpceAccessDenied)'), BY_SOMEBODY),
    by: ['userIdentity.arn', 'eventSource', 'eventName', 'errorCode'],
  },
  {
    id: 'secret-readers',
    title: 'Who read secrets, and from where?',
    finding: false,
    where: all(READS_SECRETS, BY_SOMEBODY),
    by: [...WHO, 'requestParameters.secretId'],
  },
  {
    id: 'key-users',
    title: 'Who decrypted with which keys?',
    finding: false,
    where: all(DECRYPTS, BY_SOMEBODY),
    by: ['userIdentity.sessionContext.sessionIssuer.arn', 'userIdentity.type', 'userIdentity.invokedBy', 'resources.0.ARN'],
  },
  {
    id: 'first-access',
    title: 'Who read a secret, or decrypted with a key, for the first time in 30 days?',
    finding: false,
    where: all(any(READS_SECRETS, DECRYPTS), BY_SOMEBODY),
    by: ['userIdentity.sessionContext.sessionIssuer.arn', 'userIdentity.type', 'resources.0.ARN', 'requestParameters.secretId'],
    newWithinDays: 30,
  },
  {
    id: 'data-readers',
    title: 'Who read data that the trail records?',
    finding: false,
    where: all(READS_DATA, BY_SOMEBODY),
    by: ['userIdentity.sessionContext.sessionIssuer.arn', 'userIdentity.type', 'eventName', 'requestParameters.bucketName', 'requestParameters.tableName'],
  },
  {
    id: 'reads-at-night',
    title: 'Who read data or secrets between 20:00 and 06:00 UTC?',
    finding: false,
    where: all(READS_DATA, BY_SOMEBODY, matches('eventTime', 'T(2[0-3]|0[0-5]):')),
    by: ['userIdentity.arn', 'sourceIPAddress', 'eventSource', 'eventName'],
  },
  {
    id: 'function-callers',
    title: 'Who invoked which functions, such as one that gives tokens their values back?',
    finding: false,
    where: all(is('eventSource', 'lambda.amazonaws.com'), matches('eventName', '^Invoke'), BY_SOMEBODY),
    by: ['userIdentity.sessionContext.sessionIssuer.arn', 'userIdentity.type', 'requestParameters.functionName'],
  },
  {
    id: 'failed-rotations',
    title: 'Which secrets were not rotated?',
    finding: true,
    where: all(is('eventSource', 'secretsmanager.amazonaws.com'), is('eventName', 'RotationFailed', 'RotationAbandoned', 'CancelRotateSecret')),
    by: ['eventName', 'additionalEventData.SecretId', 'requestParameters.secretId'],
  },
  {
    id: 'roles-taken',
    title: 'Which roles did people take?',
    finding: false,
    where: all(is('eventSource', 'sts.amazonaws.com'), is('eventName', 'AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'), BY_SOMEBODY),
    by: ['userIdentity.arn', 'requestParameters.roleArn'],
  },
  {
    id: 'reviews-resolved',
    title: 'Who resolved OpsItems, of reviews among others?',
    finding: false,
    where: all(is('eventSource', 'ssm.amazonaws.com'), any(all(is('eventName', 'UpdateOpsItem'), is('requestParameters.status', 'Resolved')),
      is('eventName', 'DeleteOpsItem'))),
    by: ['userIdentity.arn', 'eventName', 'requestParameters.opsItemId'],
  },
];
