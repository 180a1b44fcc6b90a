import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { actionsOf, alarmsOf, allowedTo, functionIn, inboxWorld } from './inbox-world';
import { webhooks } from '../../src';
import { parseDispatcherSettings } from '../../src/runtime/webhooks/dispatch-settings';
import { acknowledgedBelow, propertiesOf } from '../storage/templates';

const DISPATCH = /^InboxDispatch/;
const SWEEP = /^InboxSweep/;

describe('by default', () => {
  const { stack, inbox } = inboxWorld();

  test('remembers by id, with a stream of keys, an index of what waits, and a time to live', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::DynamoDB::Table'))).toEqual([expect.objectContaining({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      GlobalSecondaryIndexes: [expect.objectContaining({
        IndexName: 'queue',
        KeySchema: [{ AttributeName: 'queue', KeyType: 'HASH' }, { AttributeName: 'dueAt', KeyType: 'RANGE' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })],
    })]);
  });

  test('keeps large bodies for 90 days', () => {
    const [bucket] = Object.entries(propertiesOf(stack, 'AWS::S3::Bucket')).filter(([id]) => id.startsWith('InboxBodies')).map(([, each]) => each);
    expect(bucket.LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 90 });
  });

  test.each([DISPATCH, SWEEP])('configures %s as the function reads it', (id) => {
    const { Environment, Timeout } = functionIn(stack, id);
    expect(Environment.Variables).toEqual({
      TABLE_NAME: stack.resolve(inbox.table.table.tableName),
      BODY_BUCKET: stack.resolve(inbox.bodies.bucket.bucketName),
      TARGET_ARN: expect.anything(),
      TIMEOUT_SECONDS: String(Timeout),
      MAX_ATTEMPTS: '12',
    });
    expect(() => parseDispatcherSettings({
      ...Environment.Variables, TABLE_NAME: 'inbox', BODY_BUCKET: 'bodies-of-webhooks', TARGET_ARN: 'arn:aws:sqs:eu-west-1:111122223333:received',
    })).not.toThrow();
  });

  test('dispatches new records from the stream, and leaves the place of those that it cannot in a queue', () => {
    const mappings = Object.values(propertiesOf(stack, 'AWS::Lambda::EventSourceMapping'));
    // For as long as the record's age lets it.
    expect(mappings[0]).not.toHaveProperty('MaximumRetryAttempts');
    expect(mappings).toEqual([expect.objectContaining({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      MaximumRecordAgeInSeconds: 900,
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      StartingPosition: 'TRIM_HORIZON',
    })]);
  });

  test('sweeps each minute, and keeps what did not reach the sweeper', () => {
    const [{ ScheduleExpression, Targets }] = Object.values(propertiesOf(stack, 'AWS::Events::Rule'));
    expect([ScheduleExpression, Targets[0].Input]).toEqual(['rate(1 minute)', '{"task":"sweep"}']);
    expect(Targets[0]).toMatchObject({
      DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 1 },
    });
  });

  test('lets each function do what its calls are, and nothing else', () => {
    const KEYS = ['kms:Decrypt', 'kms:GenerateDataKey'];
    expect([...new Set(actionsOf(stack, DISPATCH))]).toEqual([
      'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', 'dynamodb:UpdateItem',
      ...KEYS, 'sqs:SendMessage',
    ]);
    expect([...new Set(actionsOf(stack, SWEEP))]).toEqual(['dynamodb:Query', 'dynamodb:UpdateItem', ...KEYS, 'sqs:SendMessage']);
    expect(allowedTo(stack, SWEEP).find(([actions]) => actions === 'dynamodb:Query')![1]).toContain('/index/queue');
  });

  test('tells of dead events, faults, old ones, and of a sweeper that fails or does not run', () => {
    expect(alarmsOf(stack, 'InboxAlarms')).toEqual({ Dead: 1, Fault: 1, OldestPending: 3600, SweepFailure: 1, Unattended: 1 });
    const unattended = Object.entries(propertiesOf(stack, 'AWS::CloudWatch::Alarm')).find(([id]) => id.startsWith('InboxAlarmsUnattended'))![1];
    expect(unattended).toMatchObject({ ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', EvaluationPeriods: 3 });
  });

  test('counts outcomes that both functions say', () => {
    const filters = Object.values(propertiesOf(stack, 'AWS::Logs::MetricFilter'));
    const [, alarm] = Object.entries(propertiesOf(stack, 'AWS::CloudWatch::Alarm')).find(([id]) => id.startsWith('InboxAlarmsDead'))!;
    expect(filters.find(({ MetricTransformations: [{ MetricName }] }) => MetricName === alarm.MetricName)!.FilterPattern).toBe('{ $.message.outcome = "dead" }');
    const dead = filters.filter(({ FilterPattern }) => FilterPattern === '{ $.message.outcome = "dead" }');
    expect(dead).toHaveLength(2);
    expect(new Set(dead.map(({ MetricTransformations: [{ MetricName }] }) => MetricName)).size).toBe(1);
    expect(filters.map(({ MetricTransformations: [{ MetricValue }] }) => MetricValue)).toContain('$.message.ageSeconds');
  });

  test('shows itself on one page', () => {
    const page = JSON.stringify(Object.values(propertiesOf(stack, 'AWS::CloudWatch::Dashboard')));
    expect(page).toContain('Attempts by outcome');
    expect(page).toContain('postponed');
  });

  test('keeps table, bucket and queues when the stack goes', () => {
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string; DeletionPolicy?: string }> };
    const stateful = Object.values(Resources).filter(({ Type }) => /^AWS::(DynamoDB::Table|S3::Bucket|SQS::Queue)$/.test(Type));
    expect(new Set(stateful.map(({ DeletionPolicy }) => DeletionPolicy === 'Delete'))).toEqual(new Set([false]));
  });

  test('says to cdk-nag where it does not follow a rule, and why', () => {
    const said = acknowledgedBelow(inbox).join('\n');
    for (const rule of ['LambdaDLQ', 'LambdaInsideVPC', 'IAMNoInlinePolicy', 'IAM5[Resource::*]']) expect(said).toContain(rule);
  });
});

test('takes other limits', () => {
  const { stack } = inboxWorld({ maxAttempts: 3, maxAge: Duration.minutes(10), maxConcurrency: 40, bodyRetention: Duration.days(30) });
  expect(functionIn(stack, DISPATCH)).toMatchObject({ ReservedConcurrentExecutions: 40, Environment: { Variables: { MAX_ATTEMPTS: '3' } } });
  expect(alarmsOf(stack, 'InboxAlarms').OldestPending).toBe(600);
});

test('takes a number that only deployment knows', () => {
  expect(() => inboxWorld({ maxAttempts: Lazy.number({ produce: () => 5 }) })).not.toThrow();
});

test.each<[Partial<webhooks.WebhookInboxProps>, string]>([
  [{ maxAttempts: 0 }, "[Stack/Inbox] 'maxAttempts' must be a whole number between 1 and 100, got 0; choose one in that range"],
  [{ maxConcurrency: 1001 }, "[Stack/Inbox] 'maxConcurrency' must be a whole number between 1 and 1000, got 1001; choose one in that range"],
  [{ bodyRetention: Duration.days(6) }, "[Stack/Inbox] 'bodyRetention' must be between 7 and 3650 days, got 6; choose a whole number of days in that range"],
  [{ maxAge: Duration.minutes(1) }, "[Stack/Inbox] 'maxAge' must be between 300 and 86400 seconds, got 60; choose a whole number of seconds in that range"],
])('refuses %o', (props, message) => {
  expect(() => inboxWorld(props)).toThrow(new Error(message));
});

describe('grants', () => {
  const { stack, inbox } = inboxWorld();
  const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
  const [operator, consumer, nobody] = ['Operator', 'Consumer', 'Nobody'].map(role);
  inbox.grantRedrive(operator);
  inbox.grantReadBodies(consumer, 'github', 'stripe');

  test('an operator may invoke the sweeper, and nothing else', () => {
    expect(allowedTo(stack, /^Operator/)).toEqual([['lambda:InvokeFunction', JSON.stringify(stack.resolve(inbox.redriveFunction.functionArn))]]);
  });

  test('a consumer may read the bodies of the endpoints that are named', () => {
    expect(actionsOf(stack, /^Consumer/)).toEqual(['kms:Decrypt', 's3:GetObject']);
    const [, resources] = allowedTo(stack, /^Consumer/).find(([actions]) => actions === 's3:GetObject')!;
    expect(resources).toMatch(/\/github\/\*.*\/stripe\/\*/);
  });

  test.each(['*', 'unverified', '', 'git*', 'a/../unverified'])('a consumer of %p, which would stand for what nobody verified, is refused', (endpoint) => {
    expect(() => inbox.grantReadBodies(nobody, 'github', endpoint)).toThrow(new Error(
      `[Stack/Inbox] 'endpoints' must be 1 to 64 lower-case letters, digits and hyphens, not 'unverified', got '${endpoint}'; write for example 'github'`));
  });

  test('a consumer of no endpoint is refused', () => {
    expect(() => inbox.grantReadBodies(nobody))
      .toThrow(new Error("[Stack/Inbox] 'endpoints' must name at least one, got none; name those whose events the grantee gets"));
  });
});

