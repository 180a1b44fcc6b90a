import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { audit, policy, storage } from '../../src';
import { REVIEW_QUESTIONS } from '../../src/formats/review-questions';
import { parseDigestSettings } from '../../src/runtime/audit/digest-settings';
import { findingsOfPacks } from '../nag-packs';

const ACCOUNT = '111122223333';

interface Reviewed { readonly stack: Stack; readonly review: audit.AccessReview }

function reviewed(props: Partial<audit.AccessReviewProps> = {}): Reviewed {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const trail = new audit.AuditTrail(stack, 'Trail', { trailName: 'account' });
  return { stack, review: new audit.AccessReview(stack, 'Review', { trail, ...props }) };
}

/** Beside a trail that somebody else deploys, which is less to synthesize. */
function besides(props: Partial<audit.AccessReviewProps> = {}, organizationId?: string): Reviewed {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const trail = audit.AuditTrail.fromTrailAttributes(stack, 'Trail', {
    trailArn: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/landing-zone`,
    bucket: s3.Bucket.fromBucketName(stack, 'Files', 'landing-zone-trail'),
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Log', 'landing-zone'),
    organizationId,
  });
  return { stack, review: new audit.AccessReview(stack, 'Review', { trail, ...props }) };
}

const EXPORTS = { eventSource: 'dynamodb.amazonaws.com', eventNames: ['ExportTableToPointInTime'] };
const QUESTION = (id: string) => audit.ReviewQuestion.of(id, { title: 'Who?', ...EXPORTS, isFinding: true });

type Properties = Readonly<Record<string, any>>;
const propertiesOf = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties: each }) => each as Properties);
const digestOf = (template: Template): Properties =>
  propertiesOf(template, 'AWS::Lambda::Function').find(({ Environment }) => Environment?.Variables?.REVIEW_NAME)!;

describe('a review', () => {
  const { stack } = reviewed();
  const template = Template.fromStack(stack);

  test('runs each hour, and follows its chain each day', () => {
    const rules = propertiesOf(template, 'AWS::Events::Rule').filter(({ ScheduleExpression }) => ScheduleExpression);
    expect(rules.map(({ ScheduleExpression, Targets: [{ Input }] }) => [ScheduleExpression, Input])).toEqual(expect.arrayContaining([
      ['rate(1 hour)', '{"task":"review"}'], ['rate(1 day)', '{"task":"verify"}'],
    ]));
  });

  test('has a function that starts with its settings, once at a time', () => {
    const { Environment: { Variables }, ReservedConcurrentExecutions, Timeout } = digestOf(template);
    expect([ReservedConcurrentExecutions, Timeout]).toEqual([1, 900]);
    const resolved = { ...Variables, LOG_GROUP_ARN: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:Trail`, EVIDENCE_BUCKET: 'evidence' };
    expect(parseDigestSettings(resolved)).toMatchObject({
      prefix: `access-reviews/${resolved.REVIEW_NAME}/`,
      everyDays: 1,
      settleMilliseconds: 1_800_000,
      lateMilliseconds: 86_400_000,
      acknowledgeMilliseconds: 259_200_000,
      questions: REVIEW_QUESTIONS,
    });
    expect(JSON.stringify(Variables).length).toBeLessThan(3000); // 4 KB is what there may be
  });

  test('writes evidence once, and reads its own alone', () => {
    const statements = propertiesOf(template, 'AWS::IAM::Policy').flatMap(({ PolicyDocument: { Statement } }) => Statement as Properties[]);
    const about = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action)).map((each) => JSON.stringify(each));
    expect(about('s3:PutObject').filter((each) => each.includes('access-reviews/'))).toEqual([expect.stringContaining('"s3:if-none-match":"false"')]);
    expect(about('s3:GetObject').filter((each) => each.includes('Evidence'))).toEqual([expect.stringContaining('/access-reviews/')]);
    expect(about('s3:ListBucket').filter((each) => each.includes('Evidence'))).toEqual([expect.stringMatching(/"s3:prefix":"access-reviews\/[^"]+\/"/)]);
  });

  test('has alarms on all that ends it, each of which somebody hears of', () => {
    const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm').filter(({ AlarmDescription }) => (AlarmDescription as string)?.startsWith('Stack/Review: '));
    expect(alarms).toHaveLength(8);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
    const unattended = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching').map(({ Period, EvaluationPeriods }) => [Period, EvaluationPeriods]);
    expect(unattended.sort()).toEqual([[3600, 3], [86400, 2]]);
  });

  test('has CloudWatch Logs ask what would be a finding, and says when that fails', () => {
    const queries = propertiesOf(template, 'AWS::Logs::ScheduledQuery');
    const findings = REVIEW_QUESTIONS.filter(({ finding }) => finding).map(({ title }) => title);
    expect(queries.map(({ Description }) => Description as string).sort()).toEqual(findings.sort());
    for (const { ScheduleExpression, StartTimeOffset, State, QueryLanguage } of queries) {
      expect([ScheduleExpression, StartTimeOffset, State, QueryLanguage]).toEqual(['cron(0 1 * * ? *)', 86400, 'ENABLED', 'CWLI']);
    }
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({ 'source': ['aws.logs'], 'detail-type': ['Scheduled Query Completed'], 'detail': { status: [{ 'anything-but': ['Complete'] }] } }),
    });
  });

  test('lets nobody but scheduled queries of the account take their roles', () => {
    const roles = propertiesOf(template, 'AWS::IAM::Role').filter(({ Description }) => /scheduled queries of a review/.test(Description as string));
    expect(roles).toHaveLength(2);
    for (const { AssumeRolePolicyDocument: { Statement: [{ Condition }] } } of roles) {
      expect(Condition.StringEquals).toEqual({ 'aws:SourceAccount': ACCOUNT });
      expect(JSON.stringify(Condition.ArnLike['aws:SourceArn'])).toContain(`:logs:eu-west-1:${ACCOUNT}:scheduled-query:*`);
    }
  });

  test('has a table whose partitions follow from the names of files', () => {
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: {
        Parameters: Match.objectLike({
          'projection.enabled': 'true',
          'projection.account.values': ACCOUNT,
          'projection.region.values': Match.stringLikeRegexp('^(?!.*(cn-|us-gov|iso|eusc)).*eu-west-1.*us-east-1'),
          'projection.folder.values': 'CloudTrail,CloudTrail-NetworkActivity',
          'projection.day.range': 'NOW-10YEARS,NOW',
          'storage.location.template': { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('^/AWSLogs/\\$\\{account\\}/\\$\\{folder\\}/\\$\\{region\\}/\\$\\{day\\}$')])] },
        }),
        StorageDescriptor: Match.objectLike({
          InputFormat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat', SerdeInfo: { SerializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe' },
        }),
      },
    });
  });

  test('has a work group that nobody talks out of encryption and of its limit, and a query for each question', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 100 * 1024 ** 3,
        ResultConfiguration: Match.objectLike({ ExpectedBucketOwner: ACCOUNT, EncryptionConfiguration: Match.objectLike({ EncryptionOption: 'SSE_KMS' }) }),
      },
    });
    expect(propertiesOf(template, 'AWS::Athena::NamedQuery').map(({ Name }) => Name as string).sort()).toEqual(REVIEW_QUESTIONS.map(({ id }) => id).sort());
  });
});

test('no pack finds anything in a review', () => {
  const { stack } = reviewed();
  for (const [pack, violations] of Object.entries(findingsOfPacks(stack.node.root as App))) expect([pack, violations]).toEqual([pack, []]);
});

test('this library\'s own policy finds nothing in it, and that the trail is reviewed', () => {
  const app = reviewed().stack.node.root as App;
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-24' });
  // A trail alone is not all that an account needs, which the policy says.
  expect(messageOf(() => app.synth())).not.toMatch(/Stack\/Review|REVIEW-SCHEDULE/);
});

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('as asked for', () => {
  const evidenceOf = (stack: Stack) => new storage.EvidenceBucket(stack, 'Shared');

  test('asks further questions, of longer times, and waits longer', () => {
    const { stack } = besides({
      reviewName: 'weekly',
      every: Duration.days(7),
      acknowledgeWithin: Duration.days(14),
      lateEvents: Duration.hours(6),
      questions: [QUESTION('table-exports')],
      athenaRegions: ['eu-west-1'],
      athenaScanLimit: Size.mebibytes(10),
    });
    const template = Template.fromStack(stack);
    const { Environment: { Variables } } = digestOf(template);
    expect(Variables).toMatchObject({ REVIEW_NAME: 'weekly', EVERY_DAYS: '7', ACKNOWLEDGE_DAYS: '14', LATE_HOURS: '6' });
    expect(JSON.parse(Variables.OWN_QUESTIONS as string)).toEqual([{
      id: 'table-exports',
      title: 'Who?',
      finding: true,
      by: ['userIdentity.arn', 'sourceIPAddress'],
      where: { all: [{ field: 'eventSource', is: ['dynamodb.amazonaws.com'] }, { field: 'eventName', is: ['ExportTableToPointInTime'] }] },
    }]);
    template.hasResourceProperties('AWS::Logs::ScheduledQuery', { Name: 'weekly-table-exports' });
    template.hasResourceProperties('AWS::Athena::NamedQuery', { Name: 'table-exports' });
    template.hasResourceProperties('AWS::Glue::Table', { TableInput: { Parameters: Match.objectLike({ 'projection.region.values': 'eu-west-1' }) } });
  });

  test('asks what is new, by fields that are chosen', () => {
    const question = audit.ReviewQuestion.of('new-callers', {
      title: 'Who is new?', eventSource: 'lambda.amazonaws.com', eventNames: ['Invoke'], groupBy: ['userIdentity.arn'], newWithin: Duration.days(14),
    });
    const { Environment: { Variables } } = digestOf(Template.fromStack(besides({ questions: [question] }).stack));
    expect(JSON.parse(Variables.OWN_QUESTIONS as string)).toMatchObject([{ finding: false, by: ['userIdentity.arn'], newWithinDays: 14 }]);
  });

  test('keeps evidence where another review does', () => {
    const { stack } = besides();
    const evidence = evidenceOf(stack);
    const trail = stack.node.findChild('Trail') as unknown as audit.IAuditTrail;
    const other = new audit.AccessReview(stack, 'Other', { trail, evidence });
    expect(other.evidence).toBe(evidence);
    expect(other.reviewName).not.toBe((stack.node.findChild('Review') as audit.AccessReview).reviewName);
  });

  test('searches the accounts of an organization', () => {
    const template = Template.fromStack(besides({ athenaAccounts: [ACCOUNT, '444455556666'] }, 'o-exampleorgid').stack);
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: { Parameters: Match.objectLike({ 'projection.account.values': `${ACCOUNT},444455556666` }) },
    });
    expect(JSON.stringify(template.toJSON())).toContain('s3://landing-zone-trail/AWSLogs/o-exampleorgid/');
  });
});

test('grants what a reviewer and an analyst need, and no more', () => {
  const { stack, review } = reviewed();
  const reviewer = new iam.Role(stack, 'Reviewer', { assumedBy: new iam.AccountRootPrincipal() });
  const analyst = new iam.Role(stack, 'Analyst', { assumedBy: new iam.AccountRootPrincipal() });
  review.grantAcknowledge(reviewer);
  review.grantQuery(analyst);
  const template = Template.fromStack(stack);
  const actionsOf = (name: string) => propertiesOf(template, 'AWS::IAM::Policy').filter(({ PolicyName }) => (PolicyName as string).startsWith(name))
    .flatMap(({ PolicyDocument: { Statement } }) => (Statement as Properties[]).flatMap(({ Action }) => Action as string[])).sort();
  expect([...new Set(actionsOf('Reviewer'))]).toEqual([
    'kms:Decrypt', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 'ssm:DescribeOpsItems', 'ssm:GetOpsItem', 'ssm:UpdateOpsItem',
  ]);
  expect([...new Set(actionsOf('Analyst'))]).toEqual([
    'athena:BatchGetNamedQuery', 'athena:GetNamedQuery', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:GetWorkGroup', 'athena:ListNamedQueries',
    'athena:ListQueryExecutions', 'athena:StartQueryExecution', 'athena:StopQueryExecution', 'glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', 'kms:Decrypt',
    'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject',
  ]);
});

test('lets people decrypt through Amazon S3 alone', () => {
  const { stack, review } = reviewed();
  const person = new iam.Role(stack, 'Person', { assumedBy: new iam.AccountRootPrincipal() });
  review.grantAcknowledge(person);
  review.grantQuery(person);
  const decrypting = propertiesOf(Template.fromStack(stack), 'AWS::IAM::Policy').filter(({ PolicyName }) => (PolicyName as string).startsWith('Person'))
    .flatMap(({ PolicyDocument: { Statement } }) => (Statement as Properties[]).filter(({ Action }) => [Action].flat().includes('kms:Decrypt')));
  expect(decrypting.length).toBeGreaterThan(0);
  for (const { Condition } of decrypting) expect(Condition).toEqual({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } });
});

describe('refuses', () => {
  test.each<[string, Partial<audit.AccessReviewProps>]>([
    ["'every' must be between 1 and 31 days, got 32", { every: Duration.days(32) }],
    ["'acknowledgeWithin' must be between 1 and 31 days, got 0.5", { acknowledgeWithin: Duration.hours(12) }],
    ["'lateEvents' must be between 1 hour and 14 days, got 0.5 hours; CloudWatch Logs takes no older event", { lateEvents: Duration.minutes(30) }],
    ["'lateEvents' must be between 1 hour and 14 days, got 360 hours", { lateEvents: Duration.days(15) }],
    ["'reviewName' must be letters, digits, dots, hyphens and underscores, 100 at most, got 'a/b'; write for example 'daily-review'", { reviewName: 'a/b' }],
    ["'athenaScanLimit' must be a whole number between 10485760 and 9007199254740991, got 1024", { athenaScanLimit: Size.kibibytes(1) }],
    ["'athenaAccounts' must be ids of accounts, got '1'; write for example '111122223333'", { athenaAccounts: ['1'] }],
    ["'questions' must be named once each, got root-use twice; choose another name than those of the catalog", { questions: [QUESTION('root-use')] }],
    ["'questions' must be a whole number between 0 and 8, got 9", { questions: [...'abcdefghi'].map(QUESTION) }],
    ["'id' must be lower-case letters, digits and hyphens, 40 at most, got 'Exports'; write for example 'table-exports'", { questions: [QUESTION('Exports')] }],
    ["'title' must be one line of 200 letters at most, got ''; shorten the question",
      { questions: [audit.ReviewQuestion.of('x', { title: '', eventSource: 'a', eventNames: ['b'] })] }],
    ["'eventNames' must be names as CloudTrail writes them, got 'a\"b'; write for example 'GetObject'",
      { questions: [audit.ReviewQuestion.of('x', { title: 'x', eventSource: 'a', eventNames: ['a"b'] })] }],
    ["'questions' must name events and up to eight fields, got x; name at least one of each",
      { questions: [audit.ReviewQuestion.of('x', { title: 'x', eventSource: 'a', eventNames: [] })] }],
    ["'groupBy' of a finding must have userIdentity.arn, got resources.0.ARN; without it whoever is in a finding could acknowledge it",
      { questions: [audit.ReviewQuestion.of('x', { title: 'x', ...EXPORTS, groupBy: ['resources.0.ARN'], isFinding: true })] }],
    ["'newWithin' must be between 1 and 90 days, got 91",
      { questions: [audit.ReviewQuestion.of('x', { title: 'x', eventSource: 'a', eventNames: ['b'], newWithin: Duration.days(91) })] }],
    ["'groupBy' must be fields that a report may have, got 'errorMessage'; choose among awsRegion, errorCode,",
      { questions: [audit.ReviewQuestion.of('x', { title: 'x', eventSource: 'a', eventNames: ['b'], groupBy: ['errorMessage'] })] }],
  ])('%s', (message, props) => {
    expect(() => besides(props)).toThrow(`[Stack/Review] ${message}`);
  });

  test('an organization whose accounts it is not told', () => {
    expect(() => besides({}, 'o-exampleorgid')).toThrow("'athenaAccounts' must name the accounts of the organization to search, got none; name at least one");
  });

  test('more text of questions than an environment has', () => {
    const long = [...'abcdefgh'].map((id) => audit.ReviewQuestion.of(id, { title: 't'.repeat(200), eventSource: 'a', eventNames: ['b'.repeat(200)] }));
    expect(() => besides({ questions: long })).toThrow(/'questions' must have 2500 bytes in all, got \d+; ask less, or in a review of its own/);
  });
});
