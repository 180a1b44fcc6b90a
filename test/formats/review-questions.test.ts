import { isAbout, TrailEvent } from './asked';
import { athenaQuery, insightsQuery, isQuestion, openInsightsQuery } from '../../src/formats/review-question';
import { REVIEW_QUESTIONS } from '../../src/formats/review-questions';
import { isTrailField, sqlOf, TRAIL_FIELDS } from '../../src/formats/trail-fields';

const ROLE = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::111122223333:assumed-role/Operator/alice',
  sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/Operator' } },
};
const EMERGENCY = {
  ...ROLE,
  arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
  sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/break-glass/Admin' }, sourceIdentity: 'alice' },
};
const USER = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice' };
const ROOT = { type: 'Root', arn: 'arn:aws:iam::111122223333:root' };
const SERVICE = { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' };

const event = (source: string, eventName: string, rest: TrailEvent = {}): TrailEvent => ({
  eventSource: `${source}.amazonaws.com`, eventName, eventTime: '2026-11-24T10:00:00Z', eventType: 'AwsApiCall', userIdentity: ROLE, ...rest,
});
const signIn = (rest: TrailEvent) => event('signin', 'ConsoleLogin', { eventType: 'AwsConsoleSignIn', responseElements: { ConsoleLogin: 'Success' }, ...rest });

/** Of each question events that it is about, and near misses. Shapes follow the AWS CloudTrail User Guide, "CloudTrail record contents". */
const CASES: Readonly<Record<string, { readonly hits: readonly TrailEvent[]; readonly misses: readonly TrailEvent[] }>> = {
  'root-use': {
    hits: [event('iam', 'CreateUser', { userIdentity: ROOT }), signIn({ userIdentity: ROOT })],
    misses: [event('iam', 'CreateUser'), event('kms', 'RotateKey', { userIdentity: ROOT, eventType: 'AwsServiceEvent' })],
  },
  'console-without-mfa': {
    hits: [signIn({ userIdentity: USER, additionalEventData: { MFAUsed: 'No' } }), signIn({ userIdentity: ROOT })],
    misses: [
      signIn({ userIdentity: USER, additionalEventData: { MFAUsed: 'Yes' } }), signIn({ additionalEventData: { MFAUsed: 'No' } }),
      signIn({ userIdentity: USER, responseElements: { ConsoleLogin: 'Failure' } }),
    ],
  },
  'mfa-devices': {
    hits: [signIn({ userIdentity: USER, additionalEventData: { MFAUsed: 'Yes', MFAIdentifier: 'arn:aws:iam::111122223333:u2f/user/alice/key' } })],
    misses: [signIn({ userIdentity: USER, additionalEventData: { MFAUsed: 'No' } })],
  },
  'break-glass': {
    hits: [
      event('sts', 'AssumeRole', { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/break-glass/Admin' } }),
      event('iam', 'CreateUser', { userIdentity: EMERGENCY }),
    ],
    misses: [event('sts', 'AssumeRole', { requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/Operator' } }), event('iam', 'CreateUser')],
  },
  'logging-changes': {
    hits: [
      event('cloudtrail', 'StopLogging'), event('config', 'StopConfigurationRecorder'), event('logs', 'DeleteLogGroup'), event('monitoring', 'DisableAlarmActions'),
      event('guardduty', 'DeleteDetector'), event('events', 'DisableRule'),
    ],
    misses: [event('cloudtrail', 'DescribeTrails'), event('logs', 'CreateLogGroup'), event('ec2', 'StopLogging')],
  },
  'access-changes': {
    hits: [
      event('iam', 'AttachRolePolicy'), event('iam', 'UpdateAssumeRolePolicy'), event('iam', 'DeleteRolePermissionsBoundary'), event('iam', 'CreateAccessKey'),
      event('iam', 'DeactivateMFADevice'), event('kms', 'PutKeyPolicy'), event('kms', 'CreateGrant'), event('sso', 'CreateAccountAssignment'),
      event('organizations', 'DetachPolicy'),
    ],
    misses: [event('iam', 'GetRolePolicy'), event('iam', 'ListAccessKeys'), event('kms', 'Decrypt'), event('s3', 'PutBucketPolicy')],
  },
  'denied': {
    hits: [event('s3', 'GetObject', { errorCode: 'AccessDenied' }), event('ec2', 'RunInstances', { errorCode: 'Client.UnauthorizedOperation' }),
      event('kms', 'Decrypt', { errorCode: 'VpceAccessDenied' })],
    misses: [event('s3', 'GetObject'), event('s3', 'GetObject', { errorCode: 'NoSuchKey' }), event('s3', 'PutObject', { errorCode: 'AccessDenied', userIdentity: SERVICE })],
  },
  'secret-readers': {
    hits: [event('secretsmanager', 'GetSecretValue', { requestParameters: { secretId: 'crm' } })],
    misses: [event('secretsmanager', 'DescribeSecret'), event('secretsmanager', 'GetSecretValue', { userIdentity: SERVICE })],
  },
  'key-users': { hits: [event('kms', 'Decrypt')], misses: [event('kms', 'Encrypt'), event('kms', 'Decrypt', { userIdentity: SERVICE })] },
  'first-access': { hits: [event('kms', 'Decrypt'), event('secretsmanager', 'BatchGetSecretValue')], misses: [event('kms', 'GenerateDataKey')] },
  'data-readers': {
    hits: [event('s3', 'GetObject'), event('dynamodb', 'Query'), event('secretsmanager', 'GetSecretValue')],
    misses: [event('s3', 'PutObject'), event('dynamodb', 'PutItem'), event('rds', 'Query')],
  },
  'reads-at-night': {
    hits: ['20:00:00', '23:59:59', '00:00:00', '05:59:59'].map((time) => event('s3', 'GetObject', { eventTime: `2026-11-24T${time}Z` })),
    misses: [event('s3', 'GetObject', { eventTime: '2026-11-24T06:00:00Z' }), event('s3', 'GetObject', { eventTime: '2026-11-24T19:59:59Z' }),
      event('s3', 'PutObject', { eventTime: '2026-11-24T23:00:00Z' })],
  },
  'function-callers': {
    hits: [event('lambda', 'Invoke')],
    misses: [event('lambda', 'UpdateFunctionCode'), event('lambda', 'Invoke', { userIdentity: SERVICE })],
  },
  'failed-rotations': {
    hits: [event('secretsmanager', 'RotationFailed', { userIdentity: SERVICE, additionalEventData: { SecretId: 'crm' } })],
    misses: [event('secretsmanager', 'RotationSucceeded')],
  },
  'roles-taken': { hits: [event('sts', 'AssumeRole'), event('sts', 'AssumeRoleWithSAML')], misses: [event('sts', 'GetCallerIdentity'), event('sts', 'AssumeRole', { userIdentity: SERVICE })] },
  'reviews-resolved': {
    hits: [event('ssm', 'UpdateOpsItem', { requestParameters: { status: 'Resolved' } }), event('ssm', 'DeleteOpsItem')],
    misses: [event('ssm', 'UpdateOpsItem', { requestParameters: { status: 'Open' } }), event('ssm', 'CreateOpsItem')],
  },
};

test('each question has cases, and its name once', () => {
  expect(REVIEW_QUESTIONS.map(({ id }) => id).sort()).toEqual(Object.keys(CASES).sort());
});

describe.each(REVIEW_QUESTIONS.map((question) => [question.id, question] as const))('%s', (id, question) => {
  test('is about what it says, and about nothing near', () => {
    const { hits, misses } = CASES[id];
    expect(hits.filter((each) => !isAbout(question.where, each))).toEqual([]);
    expect(misses.filter((each) => isAbout(question.where, each))).toEqual([]);
  });

  test('can be asked in both languages', () => {
    expect(isQuestion(question)).toBe(true);
    for (const query of [insightsQuery(question, 1, 2), openInsightsQuery(question), athenaQuery(question, 'events', 7)]) {
      expect(query.length).toBeLessThan(10_000); // CloudWatch Logs API Reference, `StartQuery`
      expect(query).not.toMatch(/undefined|null\b|\[object/);
    }
  });
});

test('asks of one window, by when events arrived', () => {
  expect(insightsQuery(REVIEW_QUESTIONS[0], 1000, 2000)).toBe([
    'fields toMillis(@ingestionTime) as arrived',
    '| filter arrived >= 1000 and arrived < 2000',
    '| filter (userIdentity.type in ["Root"] and (not ispresent(eventType) or eventType not in ["AwsServiceEvent"]))',
    '| stats count(*) as events, earliest(eventTime) as firstAt, latest(eventTime) as lastAt by eventSource, eventName, sourceIPAddress',
    '| sort events desc',
    '| limit 101',
  ].join('\n'));
});

test('asks what is new by when it first arrived', () => {
  const query = insightsQuery(REVIEW_QUESTIONS.find(({ id }) => id === 'first-access')!, 1000, 2000);
  expect(query).toContain('| filter arrived < 2000\n');
  expect(query).toContain(', min(arrived) as firstArrived by ');
  expect(query).toContain('\n| filter firstArrived >= 1000\n| sort');
});

test('a slash in a pattern does not end it', () => {
  expect(openInsightsQuery(REVIEW_QUESTIONS.find(({ id }) => id === 'break-glass')!)).toContain('like /:role\\/break-glass\\//');
});

test('asks Athena of days, which are partitions', () => {
  expect(athenaQuery(REVIEW_QUESTIONS[1], 'events', 7)).toBe(`SELECT useridentity.arn AS "userIdentity.arn", sourceipaddress AS "sourceIPAddress",
  count(*) AS events, min(eventtime) AS first_at, max(eventtime) AS last_at
FROM events
WHERE day >= date_format(current_date - interval '7' day, '%Y/%m/%d')
  AND (eventname IN ('ConsoleLogin') AND json_extract_scalar(responseelements, '$.ConsoleLogin') IN ('Success') AND (json_extract_scalar(additionaleventdata, '$.MFAUsed') IS NULL OR json_extract_scalar(additionaleventdata, '$.MFAUsed') NOT IN ('Yes')) AND useridentity.type IN ('IAMUser', 'Root'))
GROUP BY 1, 2
ORDER BY events DESC
LIMIT 1000`);
  const isNew = athenaQuery(REVIEW_QUESTIONS.find(({ id }) => id === 'first-access')!, 'events', 7);
  expect(isNew).toContain("interval '30' day");
  expect(isNew).toContain("HAVING min(eventtime) >= to_iso8601(current_date - interval '7' day)");
  expect(sqlOf('resources.0.ARN')).toBe('element_at(resources, 1).arn');
});

test('no field has what a request or an answer carried as a whole', () => {
  expect(TRAIL_FIELDS.filter((field) => /^(requestParameters|responseElements|additionalEventData|errorMessage)$/.test(field))).toEqual([]);
  expect([isTrailField('eventName'), isTrailField('errorMessage'), isTrailField('requestParameters.secretString')]).toEqual([true, false, false]);
});

const [GOOD] = REVIEW_QUESTIONS;
test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a name with capitals', { ...GOOD, id: 'Root' }],
  ['no title', { ...GOOD, title: undefined }],
  ['a title without end', { ...GOOD, title: 't'.repeat(201) }],
  ['neither yes nor no', { ...GOOD, finding: 'yes' }],
  ['no condition', { ...GOOD, where: undefined }],
  ['a condition that says nothing', { ...GOOD, where: { field: 'eventName' } }],
  ['no values', { ...GOOD, where: { field: 'eventName', is: [] } }],
  ['a quote in a value', { ...GOOD, where: { field: 'eventName', is: ['a" or 1 = 1'] } }],
  ['a quote in a value that is not', { ...GOOD, where: { field: 'eventName', isNot: ["a' OR 1 = 1"] } }],
  ['a quote in a pattern', { ...GOOD, where: { field: 'eventName', matches: "x'" } }],
  ['a line break in a value', { ...GOOD, where: { field: 'eventName', is: ['a\n| display @message'] } }],
  ['a field that no report has', { ...GOOD, where: { field: 'errorMessage', is: ['x'] } }],
  ['no part', { ...GOOD, where: { all: [] } }],
  ['a part that is none', { ...GOOD, where: { any: [{}] } }],
  ['parts without end', { ...GOOD, where: { all: [{ all: [{ all: [{ all: [{ all: [GOOD.where] }] }] }] }] } }],
  ['no columns', { ...GOOD, by: [] }],
  ['a column that no report has', { ...GOOD, by: ['requestParameters'] }],
  ['nine columns', { ...GOOD, by: Array(9).fill('eventName') }],
  ['a fraction of days', { ...GOOD, newWithinDays: 1.5 }],
])('with %s there is no question', (_, value) => {
  expect(isQuestion(value)).toBe(false);
});
