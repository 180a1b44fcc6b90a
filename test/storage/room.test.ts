import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { identityStatements, keyStatements } from './templates';
import { core, foundation, policy, storage } from '../../src';
import { check, RULES } from '../../src/rules';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { outcomesWithout } from '../rules/weakened';

interface Everything {
  readonly landing: storage.LandingBucket;
  readonly evidence: storage.EvidenceBucket;
  readonly orders: storage.IntegrationQueue;
  readonly shipments: storage.IntegrationTopic;
  readonly seen: storage.IntegrationTable;
  readonly log: storage.EncryptedLogGroup;
}

/** Each construct of the room, wired to the others. */
function everythingIn(stack: Stack, shared?: foundation.IFoundation): Everything {
  const props = { foundation: shared };
  const landing = new storage.LandingBucket(stack, 'Landing', props);
  const evidence = new storage.EvidenceBucket(stack, 'Evidence', props);
  const orders = new storage.IntegrationQueue(stack, 'Orders', props);
  const shipments = new storage.IntegrationTopic(stack, 'Shipments', props);
  const seen = new storage.IntegrationTable(stack, 'Seen', { ...props, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const log = new storage.EncryptedLogGroup(stack, 'Log', props);
  orders.receiveFrom(landing.onDelivered('OrderDelivered', { prefix: 'orders/' }));
  shipments.subscribe(new storage.IntegrationQueue(stack, 'Billing', props));
  new storage.IntegrationQueue(stack, 'Sorted', { ...props, fifo: true });
  return { landing, evidence, orders, shipments, seen, log };
}

function grantAll({ landing, evidence, orders, shipments, seen, log }: Everything, grantee: iam.IGrantable): void {
  landing.grantDeliver(grantee);
  landing.grantRead(grantee);
  evidence.grantRecord(grantee, 'reviews/');
  evidence.grantRead(grantee);
  orders.grantSend(grantee);
  orders.grantConsume(grantee);
  orders.grantRedrive(grantee);
  shipments.grantPublish(grantee);
  seen.grantReadWrite(grantee);
  log.grantWrite(grantee);
  log.grantRead(grantee);
}

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Worker', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

function findingsIn(...stacks: Stack[]): string[] {
  const templates = stacks.map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON() }));
  return check(templates, RULES)
    .filter(({ finding, constructPath }) => finding !== '' && !constructPath.includes('/Worker/'))
    .map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`);
}

describe('what the room creates', () => {
  test('violates no control', () => {
    const stack = new Stack(new App(), 'Stack');
    grantAll(everythingIn(stack), roleIn(stack));

    expect(findingsIn(stack)).toEqual([]);
  });

  test('violates no control with a foundation in another stack', () => {
    const app = new App();
    const home = new Stack(app, 'Home');
    const stack = new Stack(app, 'Stack');
    grantAll(everythingIn(stack, new foundation.Foundation(home, 'Shared')), roleIn(stack));
    app.synth();

    expect(findingsIn(home, stack)).toEqual([]);
  });

  test('passes the policy of the library at synthesis', () => {
    const app = new App();
    everythingIn(new Stack(app, 'Stack'));
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-24' });

    expect(() => app.synth()).not.toThrow();
  });

  test.each([...NAG_PACKS])('has no finding of %s that is not acknowledged with a reason', (_name, pack) => {
    const app = new App();
    everythingIn(new Stack(app, 'Stack'));
    const { conclusion, violations, reasons } = judgedBy(pack(), app);
    expect([conclusion, violations]).toEqual(['success', []]);
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(60);
  });
});

describe('waivers of the room', () => {
  const waiver = core.Waiver.because('legacy scanner cannot speak TLS', { owner: 'edi-team', expires: '2027-01-31' });
  const appOn = (asOf: string) => {
    const app = new App();
    new storage.LandingBucket(new Stack(app, 'Stack'), 'Landing', { allowPlainHttp: waiver, withoutAccessLog: waiver });
    policy.IntegrationPolicy.enforce(app, { asOf });
    return app;
  };

  test('cover what they switch off, and no more than that', () => {
    expect(() => appOn('2027-01-31').synth()).not.toThrow();
  });

  test('fail the check once they have expired', () => {
    expect(() => appOn('2027-02-01').synth()).toThrow(/expired/i);
  });
});

describe('a default that is switched off', () => {
  const template = () => {
    const stack = new Stack(new App(), 'Stack');
    everythingIn(stack);
    return Template.fromStack(stack).toJSON();
  };
  const original = template();
  /** Logical ids end in eight characters of hash. */
  const idOf = (type: string, name: string) =>
    Object.keys(original.Resources).find((id) => original.Resources[id].Type === type && id.slice(0, -8) === name)!;

  const bucket = idOf('AWS::S3::Bucket', 'Landing');
  const bucketPolicy = idOf('AWS::S3::BucketPolicy', 'LandingPolicy');
  const evidence = idOf('AWS::S3::Bucket', 'Evidence');
  const queue = idOf('AWS::SQS::Queue', 'Orders');
  const queuePolicy = idOf('AWS::SQS::QueuePolicy', 'OrdersPolicy');
  const deadLetters = idOf('AWS::SQS::Queue', 'OrdersDeadLetters');
  const deadLetterAlarm = idOf('AWS::CloudWatch::Alarm', 'OrdersDeadLettersAlarm');
  const topic = idOf('AWS::SNS::Topic', 'Shipments');
  const topicPolicy = idOf('AWS::SNS::TopicPolicy', 'ShipmentsPolicy');
  const table = idOf('AWS::DynamoDB::Table', 'Seen');
  const log = idOf('AWS::Logs::LogGroup', 'Log');
  const rule = idOf('AWS::Events::Rule', 'LandingOrderDelivered');

  test.each<[string, string, string]>([
    ['STORAGE-CMK', bucket, 'Properties.BucketEncryption'],
    ['STORAGE-BUCKET-KEY', bucket, 'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.BucketKeyEnabled'],
    ['STORAGE-SSE-C', bucket, 'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.BlockedEncryptionTypes'],
    ['STORAGE-PUBLIC-ACCESS', bucket, 'Properties.PublicAccessBlockConfiguration.BlockPublicPolicy'],
    ['STORAGE-OWNERSHIP', bucket, 'Properties.OwnershipControls'],
    ['STORAGE-VERSIONING', bucket, 'Properties.VersioningConfiguration'],
    ['STORAGE-ACCESS-LOG', bucket, 'Properties.LoggingConfiguration'],
    ['STORAGE-LIFECYCLE', bucket, 'Properties.LifecycleConfiguration.Rules.0.AbortIncompleteMultipartUpload'],
    ['STORAGE-RETAIN', bucket, 'DeletionPolicy'],
    ['STORAGE-TLS', bucketPolicy, 'Properties.PolicyDocument.Statement.0'],
    ['STORAGE-TLS-VERSION', bucketPolicy, 'Properties.PolicyDocument.Statement.1'],
    ['STORAGE-OBJECT-LOCK', evidence, 'Properties.ObjectLockConfiguration'],
    ['QUEUE-CMK', queue, 'Properties.KmsMasterKeyId'],
    ['QUEUE-DLQ', queue, 'Properties.RedrivePolicy'],
    ['QUEUE-TLS', queuePolicy, 'Properties.PolicyDocument.Statement.0'],
    ['DELIVERY-RULE-TARGET', queuePolicy, 'Properties.PolicyDocument.Statement.1'],
    ['QUEUE-DLQ-RETENTION', deadLetters, 'Properties.MessageRetentionPeriod'],
    ['QUEUE-DLQ-ALARM', deadLetterAlarm, 'Properties.MetricName'],
    ['ALARM-ACTION', deadLetterAlarm, 'Properties.AlarmActions'],
    ['ALARM-MISSING-DATA', deadLetterAlarm, 'Properties.TreatMissingData'],
    ['EVENT-RULE-DLQ', rule, 'Properties.Targets.0.DeadLetterConfig'],
    ['TOPIC-CMK', topic, 'Properties.KmsMasterKeyId'],
    ['TOPIC-TLS', topicPolicy, 'Properties.PolicyDocument.Statement.0'],
    ['TABLE-CMK', table, 'Properties.SSESpecification'],
    ['TABLE-PITR', table, 'Properties.PointInTimeRecoverySpecification'],
    ['TABLE-DELETION-PROTECTION', table, 'Properties.DeletionProtectionEnabled'],
    ['TABLE-RETAIN', table, 'DeletionPolicy'],
    ['LOG-CMK', log, 'Properties.KmsKeyId'],
    ['LOG-RETENTION', log, 'Properties.RetentionInDays'],
  ])('violates %s', (control, id, path) => {
    expect(outcomesWithout(original, id, path, control)).toContain('violation');
  });
});

describe('grants to a role', () => {
  test('of the same stack name it in the policy of each key that it uses', () => {
    const stack = new Stack(new App(), 'Stack');
    grantAll(everythingIn(stack), roleIn(stack));

    const actions = keyStatements(stack, 'Worker').flatMap((statement) => statement.Action);
    expect(new Set(actions)).toEqual(new Set(['kms:Decrypt', 'kms:GenerateDataKey']));
  });

  test('of another stack close no cycle, and reach the key through the services of its domain alone', () => {
    const app = new App();
    const home = new Stack(app, 'Home');
    const made = everythingIn(home);
    const stack = new Stack(app, 'Workers');
    grantAll(made, roleIn(stack));
    app.synth();

    const onKeys = identityStatements(stack).filter((statement) => [statement.Action].flat().every((action) => action.startsWith('kms:')));
    expect(onKeys.length).toBeGreaterThan(0);
    for (const statement of onKeys) expect(JSON.stringify(statement.Resource)).not.toContain('"*"');

    const delegated = keyStatements(home, ':root').filter((statement) => [statement.Action].flat().includes('kms:Decrypt'));
    expect(delegated.length).toBeGreaterThan(0);
    for (const statement of delegated) {
      expect(statement.Condition).toMatchObject({ StringEquals: { 'kms:CallerAccount': expect.anything(), 'kms:ViaService': expect.anything() } });
    }
    expect(keyStatements(home, 'Worker')).toEqual([]);
  });
});

test('the same input gives the same template', () => {
  const templates = [1, 2].map(() => {
    const stack = new Stack(new App(), 'Stack');
    everythingIn(stack);
    return JSON.stringify(Template.fromStack(stack).toJSON());
  });

  expect(templates[0]).toBe(templates[1]);
});
