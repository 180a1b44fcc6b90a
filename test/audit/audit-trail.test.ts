import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { audit, foundation, storage } from '../../src';
import { identityActions, identityStatements, keyStatements, propertiesOf } from '../storage/templates';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const TRAIL_ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:eu-central-1:111122223333:trail/Stack-Trail-FE9DBB82']] };

interface Recorded {
  readonly stack: Stack;
  readonly trail: audit.AuditTrail;
  /** Properties of the trail in the template. */
  readonly rendered: () => Record<string, any>;
}

function record(props?: audit.AuditTrailProps): Recorded {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const trail = new audit.AuditTrail(stack, 'Trail', props);
  return { stack, trail, rendered: () => Object.values(propertiesOf(stack, 'AWS::CloudTrail::Trail'))[0] };
}

function statementsOn(stack: Stack, bucket: s3.IBucket): any[] {
  return Object.values(propertiesOf(stack, 'AWS::S3::BucketPolicy'))
    .filter(({ Bucket }) => JSON.stringify(Bucket) === JSON.stringify(stack.resolve(bucket.bucketName)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Selectors as name and fields, each field as `field=value` or `field^=start`. */
function selectorsOf(rendered: Record<string, any>): Record<string, unknown[]> {
  return Object.fromEntries(rendered.AdvancedEventSelectors.map(({ Name, FieldSelectors }: any) => [
    Name, FieldSelectors.map(({ Field, Equals, StartsWith }: any) => [Field, Equals ? '=' : '^=', ...Equals ?? StartsWith]),
  ]));
}

function alarmsOf(stack: Stack): Record<string, Record<string, any>> {
  const alarms = Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm')).filter(({ AlarmDescription: text }) => text.startsWith('Stack/Trail: '));
  return Object.fromEntries(alarms.map((alarm) => [alarm.MetricName, alarm]));
}

describe('by default', () => {
  const { stack, trail, rendered: render } = record();
  const rendered = render();

  test('records all Regions and global services, signed, to the bucket and the log group', () => {
    expect(rendered).toMatchObject({
      TrailName: 'Stack-Trail-FE9DBB82',
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: stack.resolve(trail.encryptionKey!.keyArn),
      S3BucketName: stack.resolve(trail.bucket.bucketName),
      CloudWatchLogsLogGroupArn: stack.resolve(trail.logGroup.logGroupArn),
    });
    for (const absent of ['EventSelectors', 'IsOrganizationTrail', 'InsightSelectors', 'SnsTopicName', 'S3KeyPrefix']) expect(rendered).not.toHaveProperty(absent);
  });

  test('records whatever manages resources, who reads the record, and what endpoints deny', () => {
    const denied = (service: string) => [
      ['eventCategory', '=', 'NetworkActivity'], ['eventSource', '=', `${service}.amazonaws.com`], ['errorCode', '=', 'VpceAccessDenied'],
    ];
    expect(selectorsOf(rendered)).toEqual({
      'Management': [['eventCategory', '=', 'Management']],
      'Reading of this trail': [
        ['eventCategory', '=', 'Data'], ['resources.type', '=', 'AWS::S3::Object'], ['readOnly', '=', 'true'],
        ['resources.ARN', '^=', stack.resolve(trail.bucket.arnForObjects(''))],
      ],
      'Denied at VPC endpoints: kms': denied('kms'),
      'Denied at VPC endpoints: s3': denied('s3'),
      'Denied at VPC endpoints: secretsmanager': denied('secretsmanager'),
    });
  });

  test('keeps files in a bucket of evidence, to which CloudTrail delivers for this trail alone', () => {
    const service = { Service: 'cloudtrail.amazonaws.com' };
    expect(statementsOn(stack, trail.bucket).filter(({ Principal }) => Principal.Service)).toEqual([
      expect.objectContaining({
        Action: 's3:GetBucketAcl',
        Principal: service,
        Resource: stack.resolve(trail.bucket.bucketArn),
        Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN } },
      }),
      expect.objectContaining({
        Action: 's3:PutObject',
        Principal: service,
        Resource: stack.resolve(trail.bucket.arnForObjects('AWSLogs/111122223333/*')),
        Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ]);
    expect(Object.values(propertiesOf(stack, 'AWS::S3::Bucket')).find(({ ObjectLockEnabled }) => ObjectLockEnabled)).toMatchObject({
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } } },
      MetricsConfigurations: [{ Id: 'Trail', Prefix: 'AWSLogs/' }],
    });
  });

  test('encrypts both with a key that encrypts nothing else, and that CloudTrail uses for this trail alone', () => {
    const key = stack.resolve(trail.encryptionKey!.keyArn);
    expect(foundation.Foundation.of(stack).node.tryFindChild('AuditKey')).toBeUndefined();
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: key, RetentionInDays: 400 });
    const uses = keyStatements(stack, 'cloudtrail.amazonaws.com');
    expect(uses.flatMap(({ Action }) => Action)).toEqual(['kms:GenerateDataKey*', 'kms:Decrypt', 'kms:DescribeKey']);
    for (const { Condition } of uses) expect(Condition).toMatchObject({ ArnLike: { 'aws:SourceArn': TRAIL_ARN } });
  });

  test('lets CloudTrail write to the log group in a role that names no source, which would end the delivery', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'cloudtrail.amazonaws.com' } }] },
    });
    expect(identityStatements(stack)).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: stack.resolve(trail.logGroup.logGroupArn) },
    ]);
  });

  test('makes the trail once the bucket takes it and the role is allowed, and leaves it when the stack goes', () => {
    const [[id, resource]] = Object.entries(Template.fromStack(stack).findResources('AWS::CloudTrail::Trail'));
    const before = (resource.DependsOn as string[]).join();
    for (const needed of ['TrailBucketPolicy', 'TrailLogRoleDefaultPolicy']) expect(before).toContain(needed);
    expect(id).toMatch(/^Trail/);
    expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Delete' });
  });

  test('raises an alarm when no event reaches the log group, or no file the bucket, for an hour', () => {
    const { IncomingLogEvents: events, PutRequests: files } = alarmsOf(stack);
    for (const alarm of [events, files]) {
      expect(alarm).toMatchObject({
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        Period: 900,
        EvaluationPeriods: 4,
        Statistic: 'Sum',
        TreatMissingData: 'breaching',
        AlarmActions: [stack.resolve(foundation.Foundation.of(stack).alertTopic.topicArn)],
      });
    }
    expect(events.Dimensions).toEqual([{ Name: 'LogGroupName', Value: stack.resolve(trail.logGroup.logGroupName) }]);
    expect(files.Dimensions).toEqual([{ Name: 'BucketName', Value: stack.resolve(trail.bucket.bucketName) }, { Name: 'FilterId', Value: 'Trail' }]);
  });

  test('raises an alarm at the first refused request for a file', () => {
    expect(alarmsOf(stack)['4xxErrors']).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      Dimensions: [{ Name: 'BucketName', Value: stack.resolve(trail.bucket.bucketName) }, { Name: 'FilterId', Value: 'Trail' }],
    });
    expect(Object.keys(alarmsOf(stack))).toHaveLength(3);
  });
});

describe('what is recorded of data', () => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, name);
  const table = dynamodb.Table.fromTableName(stack, 'Payments', 'payments');
  const handler = lambda.Function.fromFunctionArn(stack, 'Reveal', 'arn:aws:lambda:eu-central-1:111122223333:function:reveal');
  const trail = new audit.AuditTrail(stack, 'Trail', { buckets: [bucket('landing')], tables: [table], functions: [handler], endpointServices: [] });
  trail.recordBucket(bucket('exports'), 'customers/');
  trail.recordTable(table);
  const selectors = selectorsOf(Object.values(propertiesOf(stack, 'AWS::CloudTrail::Trail'))[0]);

  test('are objects below a prefix, items and invocations, each named once', () => {
    const arn = (text: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, text]] });
    expect(selectors).toMatchObject({
      Objects: [
        ['eventCategory', '=', 'Data'], ['resources.type', '=', 'AWS::S3::Object'],
        ['resources.ARN', '^=', arn(':s3:::landing/'), arn(':s3:::exports/customers/')],
      ],
      Items: [
        ['eventCategory', '=', 'Data'], ['resources.type', '=', 'AWS::DynamoDB::Table'],
        ['resources.ARN', '=', arn(':dynamodb:eu-central-1:111122223333:table/payments')],
      ],
      Invocations: [
        ['eventCategory', '=', 'Data'], ['resources.type', '=', 'AWS::Lambda::Function'],
        ['resources.ARN', '=', 'arn:aws:lambda:eu-central-1:111122223333:function:reveal'],
      ],
    });
  });

  test('are invocations of a function itself where an alias of it is given', () => {
    const { stack: own, trail: recording, rendered } = record({ endpointServices: [] });
    const order = new lambda.Function(own, 'Order', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('0') });
    const alias = order.addAlias('live');
    recording.recordFunction(alias);
    recording.recordFunction(order.currentVersion);
    const [, , [, , ...arns]] = selectorsOf(rendered()).Invocations as unknown[][];
    expect(arns).toEqual([order, alias, order.currentVersion].map(({ functionArn }) => own.resolve(functionArn)));
  });

  test('are objects of what the rest of the library stores', () => {
    const { stack: own, trail: recording, rendered } = record();
    const landing = new storage.LandingBucket(own, 'Landing');
    recording.recordBucket(landing.bucket);
    expect(selectorsOf(rendered()).Objects[2]).toEqual(['resources.ARN', '^=', own.resolve(landing.bucket.arnForObjects(''))]);
  });

  test('are no denied calls at endpoints where none are asked for', () => {
    expect(Object.keys(selectors)).toEqual(['Management', 'Reading of this trail', 'Objects', 'Items', 'Invocations']);
  });

  test("refuses the trail's own bucket, whose record would never end", () => {
    expect(() => trail.recordBucket(trail.bucket)).toThrow(
      "[Stack/Trail] 'bucket' must be another than the trail's own, got that; reading it is recorded already, and recording each delivery never ends");
  });

  test('refuses more than CloudTrail takes', () => {
    const full = new audit.AuditTrail(stack, 'Full', { endpointServices: ['kms'] });
    // 500, less 1 for management, 4 for the reading of the trail, 3 for the endpoint and 2 for the selector itself.
    for (let index = 0; index < 490; index++) full.recordBucket(bucket('landing'.concat(String(index))));
    expect(() => full.recordBucket(bucket('more'))).toThrow(
      "[Stack/Full] 'buckets' must leave the selectors of a trail at most 500 values, got 501; record what is regulated alone, or the rest by another trail");
  });
});

describe('with insights', () => {
  test.each([
    [audit.TrailInsights.MANAGEMENT, ['Management']],
    [audit.TrailInsights.MANAGEMENT_AND_DATA, ['Management', 'Data']],
  ])('of %s learns rates of calls and of errors, and raises an alarm', (insights, EventCategories) => {
    const { stack, rendered } = record({ insights });

    expect(rendered().InsightSelectors).toEqual([
      { InsightType: 'ApiCallRateInsight', EventCategories }, { InsightType: 'ApiErrorRateInsight', EventCategories },
    ]);
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ ($.eventType = "AwsCloudTrailInsight") && ($.insightDetails.state = "Start") }',
    });
    expect(Object.keys(alarmsOf(stack))).toContainEqual(expect.stringMatching(/^Insights-/));
  });
});

describe('with an organization', () => {
  const { stack, trail, rendered } = record({ organizationId: 'o-exampleorgid' });

  test('records all of its accounts below its folder', () => {
    expect(rendered().IsOrganizationTrail).toBe(true);
    expect(trail.objectPrefix).toBe('AWSLogs/o-exampleorgid/');
    expect(trail.organizationId).toBe('o-exampleorgid');
  });

  test("takes files into its folder and the account's own, of this trail alone", () => {
    const [put] = statementsOn(stack, trail.bucket).filter(({ Action }) => Action === 's3:PutObject');
    expect(put).toMatchObject({
      Resource: ['AWSLogs/111122223333/*', 'AWSLogs/o-exampleorgid/*'].map((key) => stack.resolve(trail.bucket.arnForObjects(key))),
      Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    });
  });
});

describe('with other props', () => {
  test('keeps files and events as long as they say, under the name and with the key given', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const shared = new foundation.Foundation(stack, 'Shared');
    const encryptionKey = new kms.Key(stack, 'Own');
    const trail = new audit.AuditTrail(stack, 'Trail', {
      foundation: shared, trailName: 'audit.trail', encryptionKey, retention: Duration.days(730), logRetention: logs.RetentionDays.TWO_YEARS,
    });

    const template = Template.fromStack(stack);
    expect(trail.trailArn).toMatch(/:trail\/audit\.trail$/);
    expect(trail.encryptionKey).toBe(encryptionKey);
    template.hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: 'audit.trail', KMSKeyId: stack.resolve(encryptionKey.keyArn) });
    template.hasResourceProperties('AWS::S3::Bucket', { ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 730 } } } });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });
    expect(alarmsOf(stack).PutRequests.AlarmActions).toEqual([stack.resolve(shared.alertTopic.topicArn)]);
  });
});

describe('grantRead', () => {
  test('lets a role list and read the files, and decrypt them', () => {
    const { stack, trail } = record();
    const reviewer = new iam.Role(stack, 'Reviewer', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    trail.grantRead(reviewer).assertSuccess();

    expect(identityActions(stack)).toEqual(expect.arrayContaining(['kms:Decrypt', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']));
    expect(keyStatements(stack, 'Reviewer')).toMatchObject([{ Action: 'kms:Decrypt' }]);
    expect(JSON.stringify(identityStatements(stack))).toContain('AWSLogs/*');
  });
});

describe('refuses', () => {
  test.each<[string, audit.AuditTrailProps, string]>([
    ['a name of two characters', { trailName: 'ab' },
      "'trailName' must be from 3 to 128 letters, digits and single . _ or - between them, got 'ab'; write for example 'audit-trail'"],
    ['a name with adjacent dashes', { trailName: 'audit--trail' },
      "'trailName' must be from 3 to 128 letters, digits and single . _ or - between them, got 'audit--trail'; write for example 'audit-trail'"],
    ['an organization by its name', { organizationId: 'example' }, "'organizationId' must be the id of an organization, got 'example'; write for example 'o-exampleorgid'"],
    ['an endpoint by its host', { endpointServices: ['kms.amazonaws.com'] },
      "'endpointServices' must be the first part of an event source, got 'kms.amazonaws.com'; write for example 'kms'"],
    ['events of half a year', { logRetention: logs.RetentionDays.SIX_MONTHS },
      "'logRetention' must be at least ONE_YEAR, got 180 days; PCI DSS 4.0.1, 10.5.1, asks for twelve months of history"],
  ])('%s', (_what, props, message) => {
    expect(() => record(props)).toThrow(`[Stack/Trail] ${message}`);
  });
});
