import { App, Aws, CfnCondition, CfnResource, Duration, Fn, Mixin, Mixins, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { core, storage } from '../../src';
import { check, RULES } from '../../src/rules';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';
const DENY_HTTP = Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const DENY_OLD_TLS = Match.objectLike({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } });
const READ = { Sid: 'Read', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::inbox/*' };

let app: App;
let stack: Stack;
let key: kms.IKey;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  key = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
});

function statementsOf(type: string, of = stack): any[] {
  const policies = Object.values<any>(Template.fromStack(of).findResources(type));
  expect(policies).toHaveLength(1);
  return [policies[0].Properties.PolicyDocument.Statement].flat();
}

function sidsOf(type: string, of = stack): string[] {
  return statementsOf(type, of).map(({ Sid }) => Sid);
}

const bucketProperties = () => Object.values<any>(Template.fromStack(stack).findResources('AWS::S3::Bucket'))[0].Properties;

describe('encryption of a bucket', () => {
  test('names the key and keeps the rest of the rule', () => {
    new s3.CfnBucket(stack, 'Inbox', {
      bucketEncryption: { serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
    }).with(new storage.mixins.BucketEncryption(key), new storage.mixins.BucketBlockSseC());

    expect(bucketProperties().BucketEncryption.ServerSideEncryptionConfiguration).toEqual([{
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: { KMSMasterKeyID: KEY_ARN, SSEAlgorithm: 'aws:kms' },
    }]);
  });

  test('keeps two layers of encryption', () => {
    new s3.Bucket(stack, 'Inbox', { encryption: s3.BucketEncryption.DSSE_MANAGED }).with(new storage.mixins.BucketEncryption(key));
    expect(bucketProperties().BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault)
      .toEqual({ KMSMasterKeyID: KEY_ARN, SSEAlgorithm: 'aws:kms:dsse' });
  });

  test('leaves SSE-S3 to a bucket that receives access logs, to which S3 delivers no other way', () => {
    const target = new s3.Bucket(stack, 'Logs');
    new s3.CfnBucket(stack, 'Inbox', { loggingConfiguration: { destinationBucketName: target.bucketName } });
    Mixins.of(stack).apply(new storage.mixins.BucketEncryption(key));

    const algorithms = Object.entries<any>(Template.fromStack(stack).findResources('AWS::S3::Bucket'))
      .map(([id, { Properties }]) => [id.slice(0, 4), Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault])
      .map(([id, { SSEAlgorithm }]) => [id, SSEAlgorithm]);
    expect(algorithms).toEqual([['Logs', 'AES256'], ['Inbo', 'aws:kms']]);
  });

  test('replaces what only deployment tells, while a smaller change refuses to', () => {
    const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
    const told = Fn.conditionIf(isProd.logicalId, { ServerSideEncryptionConfiguration: [] }, Aws.NO_VALUE);
    new s3.CfnBucket(stack, 'Inbox', { bucketEncryption: told }).with(new storage.mixins.BucketEncryption(key));
    expect(bucketProperties().BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);

    new s3.CfnBucket(stack, 'Outbox', { bucketEncryption: told }).with(new storage.mixins.BucketKey());
    new s3.CfnBucket(stack, 'Third', { bucketEncryption: { serverSideEncryptionConfiguration: told } }).with(new storage.mixins.BucketKey());
    expect(() => app.synth({ force: true })).toThrow(/\[Stack\/Outbox\] STORAGE-BUCKET-KEY does not hold[^]*\[Stack\/Third\] STORAGE-BUCKET-KEY does not hold/);
  });
});

describe('TLS of a bucket', () => {
  test('makes a policy for an L1 bucket, under the condition of the bucket', () => {
    const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    bucket.cfnOptions.condition = isProd;
    bucket.with(new storage.mixins.BucketTls());

    Template.fromStack(stack).hasResource('AWS::S3::BucketPolicy', {
      Condition: 'IsProd',
      Properties: { Bucket: { Ref: 'Inbox' }, PolicyDocument: Match.objectLike({ Statement: [DENY_HTTP, DENY_OLD_TLS] }) },
    });
  });

  test('goes through the L2, so that what is added later joins it', () => {
    const bucket = new s3.Bucket(stack, 'Inbox');
    bucket.with(new storage.mixins.BucketTls());
    bucket.grantRead(new iam.AccountPrincipal('444455556666'));
    expect(statementsOf('AWS::S3::BucketPolicy')).toHaveLength(3);
  });

  test('joins the policy of an L2', () => {
    const bucket = new s3.Bucket(stack, 'Inbox', { enforceSSL: true });
    bucket.with(new storage.mixins.BucketTls());
    expect(sidsOf('AWS::S3::BucketPolicy')).toEqual([undefined, 'DenyPlainHttp', 'DenyOldTls']);
  });

  test.each<[string, (bucket: s3.CfnBucket) => string]>([
    ['by reference', (bucket) => bucket.ref],
    ['by name', () => 'inbox'],
    ['by Fn::Sub', () => Fn.sub('${Inbox}')],
  ])('joins the policy that an L1 names its bucket in, %s', (_how, target) => {
    const bucket = new s3.CfnBucket(stack, 'Inbox', { bucketName: 'inbox' });
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: target(bucket), policyDocument: { Version: '2012-10-17', Statement: READ } });
    bucket.with(new storage.mixins.BucketTls());

    expect(sidsOf('AWS::S3::BucketPolicy')).toEqual(['Read', 'DenyPlainHttp', 'DenyOldTls']);
  });

  test('leaves the policy of another bucket alone', () => {
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: 'outbox', policyDocument: { Statement: [READ] } });
    new s3.CfnBucketPolicy(stack, 'PolicyOfNothing', { bucket: Fn.importValue('Elsewhere'), policyDocument: { Statement: [READ] } });
    new s3.CfnBucket(stack, 'Inbox', { bucketName: 'inbox' }).with(new storage.mixins.BucketTls());
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 3);
  });

  test('finds the policy in another stack', () => {
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    const other = new Stack(app, 'Other');
    new s3.CfnBucketPolicy(other, 'Inbox', { bucket: bucket.ref, policyDocument: new iam.PolicyDocument() });
    bucket.with(new storage.mixins.BucketTls());

    expect(sidsOf('AWS::S3::BucketPolicy', other)).toEqual(['DenyPlainHttp', 'DenyOldTls']);
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('stays where the documents of L2 and of L1 are extended later', () => {
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: { Statement: [READ] } });
    bucket.with(new storage.mixins.BucketTls());
    iam.ResourceWithPolicies.of(bucket)!.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Late', principals: [new iam.AccountPrincipal('444455556666')], actions: ['s3:ListBucket'], resources: [bucket.attrArn],
    }));
    expect(sidsOf('AWS::S3::BucketPolicy')).toEqual(['Read', 'DenyPlainHttp', 'DenyOldTls', 'Late']);
  });

  test('reaches each branch that deployment may choose', () => {
    const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    new s3.CfnBucketPolicy(stack, 'Policy', {
      bucket: bucket.ref,
      policyDocument: Fn.conditionIf(isProd.logicalId, { Statement: [READ] }, { Statement: Fn.conditionIf(isProd.logicalId, [READ], []) }),
    });
    bucket.with(new storage.mixins.BucketTls(), new storage.mixins.BucketTls());

    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    const [, first, second] = Properties.PolicyDocument['Fn::If'];
    const sids = (list: any[]) => list.map(({ Sid }) => Sid);
    expect(sids(first.Statement)).toEqual(['Read', 'DenyPlainHttp', 'DenyOldTls']);
    expect(sids(second.Statement['Fn::If'][1])).toEqual(['Read', 'DenyPlainHttp', 'DenyOldTls']);
    expect(sids(second.Statement['Fn::If'][2])).toEqual(['DenyPlainHttp', 'DenyOldTls']);
  });

  test.each<[string, object]>([
    ['as a document', new iam.PolicyDocument()],
    ['as an object', { Statement: [] }],
    ['as nothing', {}],
  ])('is there once when applied twice to a policy %s', (_how, policyDocument) => {
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument });
    bucket.with(new storage.mixins.BucketTls(), new storage.mixins.BucketTls());
    expect(sidsOf('AWS::S3::BucketPolicy')).toEqual(['DenyPlainHttp', 'DenyOldTls']);
  });

  test('refuses a policy of which the template does not tell the statements', () => {
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: Fn.importValue('Policy') });
    bucket.with(new storage.mixins.BucketTls());
    expect(() => app.synth()).toThrow('[Stack/Inbox] STORAGE-TLS does not hold');
  });

  test('refuses a second policy, which would replace the first', () => {
    const bucket = new s3.CfnBucket(stack, 'Inbox');
    bucket.with(new storage.mixins.BucketTls());
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: { Statement: [READ] } });
    expect(() => app.synth()).toThrow('the bucket must have one policy, which denies requests without TLS');
  });
});

describe('access log of a bucket', () => {
  test('goes to the log bucket under the path of the bucket, and S3 may write it there', () => {
    const target = new s3.Bucket(stack, 'Logs');
    new s3.CfnBucket(stack, 'Inbox');
    new s3.CfnBucket(stack, 'Outbox');
    Mixins.of(stack).apply(new storage.mixins.BucketAccessLog(target));

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('Logs') }, LogFilePrefix: 'Stack/Inbox/' } });
    template.resourcePropertiesCountIs('AWS::S3::Bucket', { LoggingConfiguration: Match.anyValue() }, 2);
    expect(statementsOf('AWS::S3::BucketPolicy')).toEqual([{
      Action: 's3:PutObject',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Resource: stack.resolve(target.arnForObjects('*')),
    }]);
  });

  test('takes a prefix, and does not make two stacks need each other', () => {
    const target = new s3.Bucket(new Stack(app, 'Shared'), 'Logs');
    new s3.CfnBucket(stack, 'Inbox').with(new storage.mixins.BucketAccessLog(target, 'inbox/'));
    expect(bucketProperties().LoggingConfiguration.LogFilePrefix).toBe('inbox/');
    expect(statementsOf('AWS::S3::BucketPolicy', Stack.of(target))[0].Resource).toEqual(Stack.of(target).resolve(target.arnForObjects('inbox/*')));
  });
});

describe('lifecycle of a bucket', () => {
  test('joins the rules of an L2, also later ones, once', () => {
    const bucket = new s3.Bucket(stack, 'Inbox');
    bucket.with(new storage.mixins.BucketLifecycle(Duration.days(30)), new storage.mixins.BucketLifecycle(Duration.days(60)));
    bucket.addLifecycleRule({ id: 'tmp', prefix: 'tmp/', expiration: Duration.days(1) });

    expect(bucketProperties().LifecycleConfiguration.Rules).toEqual([
      { Id: 'tmp', Prefix: 'tmp/', ExpirationInDays: 1, Status: 'Enabled' },
      {
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        ExpirationInDays: 60,
        Id: 'retention',
        NoncurrentVersionExpiration: { NoncurrentDays: 60 },
        Status: 'Enabled',
      },
    ]);
  });

  test('takes a retention that only deployment tells', () => {
    new s3.CfnBucket(stack, 'Inbox').with(new storage.mixins.BucketLifecycle(Duration.days(Token.asNumber({ Ref: 'Days' }))));
    expect(bucketProperties().LifecycleConfiguration.Rules[0].ExpirationInDays).toEqual({ Ref: 'Days' });
  });

  test.each([0, 3651])('rejects a retention of %d days', (days) => {
    expect(() => new s3.CfnBucket(stack, 'Inbox').with(new storage.mixins.BucketLifecycle(Duration.days(days))))
      .toThrow(`[Stack/Inbox] 'retention' must be between 1 and 3650 days, got ${days}; choose a whole number of days in that range`);
  });

  test('refuses rules that only deployment tells', () => {
    new s3.CfnBucket(stack, 'Inbox', { lifecycleConfiguration: { rules: Token.asAny({ Ref: 'Rules' }) } }).with(new storage.mixins.BucketLifecycle(Duration.days(30)));
    expect(() => app.synth()).toThrow("[Stack/Inbox] STORAGE-LIFECYCLE does not hold although storage.mixins.BucketLifecycle applied it: 'LifecycleConfiguration' must have the rule 'retention', enabled");
  });
});

test('ownership drops a canned ACL, which S3 refuses without ACLs', () => {
  new s3.Bucket(stack, 'Inbox', { accessControl: s3.BucketAccessControl.LOG_DELIVERY_WRITE }).with(new storage.mixins.BucketOwnership());
  expect(bucketProperties()).toEqual({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } });
});

describe('a queue', () => {
  test('gives up the encryption of SQS for that of the key', () => {
    new sqs.Queue(stack, 'Orders', { encryption: sqs.QueueEncryption.SQS_MANAGED }).with(new storage.mixins.QueueEncryption(key));
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: KEY_ARN, SqsManagedSseEnabled: Match.absent() });
  });

  test('denies plain HTTP in the policy that it has, in a shared one under an id of its own', () => {
    const first = new sqs.CfnQueue(stack, 'First');
    const second = new sqs.CfnQueue(stack, 'Second', { queueName: 'second' });
    new sqs.CfnQueuePolicy(stack, 'Policy', { queues: [first.ref, 'https://sqs.eu-west-1.amazonaws.com/111122223333/second'], policyDocument: { Statement: [] } });
    Mixins.of(stack).apply(new storage.mixins.QueueTls());

    expect(statementsOf('AWS::SQS::QueuePolicy').map(({ Sid, Resource }) => [Sid, Resource['Fn::GetAtt'][0]]))
      .toEqual([['DenyPlainHttp', 'First'], ['DenyPlainHttp2', 'Second']]);
    expect(second.node.children).toEqual([]);
  });

  test('has its inline policy extended', () => {
    const queue = new sqs.CfnQueue(stack, 'Orders');
    new sqs.CfnQueueInlinePolicy(stack, 'Policy', { queue: queue.ref, policyDocument: { Statement: [] } });
    queue.with(new storage.mixins.QueueTls());
    expect(sidsOf('AWS::SQS::QueueInlinePolicy')).toEqual(['DenyPlainHttp']);
  });

  test('keeps messages for 14 days', () => {
    new sqs.Queue(stack, 'Failures').with(new storage.mixins.QueueRetention());
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1209600 });
  });
});

describe('TLS of a topic', () => {
  test('repeats what the default policy lets the account do, before it replaces that', () => {
    new sns.CfnTopic(stack, 'Alerts').with(new storage.mixins.TopicTls());
    expect(statementsOf('AWS::SNS::TopicPolicy')).toEqual([
      {
        Sid: 'AllowOwnAccount',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sns:Publish',
        Resource: { Ref: 'Alerts' },
        Condition: { StringEquals: { 'aws:SourceOwner': { Ref: 'AWS::AccountId' } } },
      },
      { Sid: 'DenyPlainHttp', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: { Ref: 'Alerts' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('does not widen a policy that is there', () => {
    const topic = new sns.Topic(stack, 'Alerts');
    topic.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
    topic.with(new storage.mixins.TopicTls());
    expect(statementsOf('AWS::SNS::TopicPolicy').map(({ Effect }) => Effect)).toEqual(['Allow', 'Deny']);
  });

  test('keeps each topic of a shared policy apart', () => {
    const topics = ['First', 'Second'].map((id) => new sns.Topic(stack, id));
    new sns.TopicPolicy(stack, 'Policy', { topics });
    Mixins.of(stack).apply(new storage.mixins.TopicTls());
    expect(sidsOf('AWS::SNS::TopicPolicy')).toEqual(['DenyPlainHttp', 'DenyPlainHttp2']);
  });

  test('extends an inline policy, and one whose topics are a token', () => {
    const first = new sns.CfnTopic(stack, 'First');
    new sns.CfnTopicInlinePolicy(stack, 'Inline', { topicArn: first.ref, policyDocument: { Statement: [] } });
    const second = new sns.CfnTopic(stack, 'Second');
    new sns.CfnTopicPolicy(stack, 'Policy', { topics: Token.asList([second.ref]), policyDocument: { Statement: [] } });
    new sns.CfnTopicPolicy(stack, 'Untold', { topics: Token.asList({ Ref: 'Topics' }), policyDocument: { Statement: [] } });
    Mixins.of(stack).apply(new storage.mixins.TopicTls());

    expect(sidsOf('AWS::SNS::TopicInlinePolicy')).toEqual(['DenyPlainHttp']);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::TopicPolicy', 2);
  });
});

describe('a global table', () => {
  const definition = { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } };

  test('gets every setting on each replica, those added later too', () => {
    const regional = new Stack(app, 'Regional', { env: { region: 'eu-west-1' } });
    const table = new dynamodb.TableV2(regional, 'Orders', definition);
    table.with(
      new storage.mixins.TableEncryption(key, { 'eu-central-1': key }), new storage.mixins.TableDeletionProtection(),
      new storage.mixins.TablePointInTimeRecovery(), new storage.mixins.TableRetain(),
    );
    table.addReplica({ region: 'eu-central-1' });

    const replica = Match.objectLike({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { KMSMasterKeyId: KEY_ARN },
    });
    Template.fromStack(regional).hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [replica, replica], SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } });
  });

  test('finds the replica of a stack that does not know its region', () => {
    new dynamodb.TableV2(stack, 'Orders', definition).with(new storage.mixins.TableEncryption(key));
    Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [Match.objectLike({ SSESpecification: { KMSMasterKeyId: KEY_ARN } })] });
  });

  test('must have a key in each region', () => {
    const regional = new Stack(app, 'Regional', { env: { region: 'eu-west-1' } });
    new dynamodb.TableV2(regional, 'Orders', { ...definition, replicas: [{ region: 'us-east-1' }] }).with(new storage.mixins.TableEncryption(key));
    expect(() => app.synth())
      .toThrow("[Regional/Orders/Resource] 'replicaKeys' must have a key for each replica, got none for 'us-east-1'; a KMS key serves one region");
  });

  test('whose replicas only deployment tells is refused', () => {
    new dynamodb.CfnGlobalTable(stack, 'Orders', { attributeDefinitions: [], keySchema: [], replicas: Token.asAny({ Ref: 'Replicas' }) })
      .with(new storage.mixins.TableDeletionProtection());
    expect(() => app.synth()).toThrow("TABLE-DELETION-PROTECTION does not hold although storage.mixins.TableDeletionProtection applied it: 'DeletionProtectionEnabled' must be true");
  });
});

test('recovery of a table keeps the period that it states', () => {
  new dynamodb.CfnTable(stack, 'Orders', { keySchema: [], pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false, recoveryPeriodInDays: 7 } })
    .with(new storage.mixins.TablePointInTimeRecovery());
  Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::Table', {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
  });
});

describe('a log group', () => {
  test('is encrypted, and CloudWatch Logs may use the key', () => {
    const own = new kms.Key(stack, 'Own');
    new logs.LogGroup(stack, 'First');
    new logs.LogGroup(stack, 'Second');
    Mixins.of(stack).apply(new storage.mixins.LogGroupEncryption(own));

    const template = Template.fromStack(stack);
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(own.keyArn) });
    const [{ Properties }] = Object.values<any>(template.findResources('AWS::KMS::Key'));
    const service = { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } };
    expect(Properties.KeyPolicy.Statement.slice(1).map(({ Principal }: any) => Principal)).toEqual([service, service]);
    expect(findings(template, ['DELIVERY-LOG-KEY', 'LOG-CMK'])).toEqual([]);
  });

  test('keeps events for a year, unless told otherwise', () => {
    new logs.CfnLogGroup(stack, 'First').with(new storage.mixins.LogGroupRetention());
    new logs.CfnLogGroup(stack, 'Second').with(new storage.mixins.LogGroupRetention(logs.RetentionDays.ONE_MONTH));
    expect(Object.values<any>(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties.RetentionInDays)).toEqual([365, 30]);
  });

  test.each([[logs.RetentionDays.ONE_WEEK, '7 days'], [logs.RetentionDays.INFINITE, 'INFINITE']])('rejects a retention of %d', (retention, got) => {
    expect(() => new logs.CfnLogGroup(stack, 'Requests').with(new storage.mixins.LogGroupRetention(retention)))
      .toThrow(`[Stack/Requests] 'retention' must be a time of at least 30 days, got ${got}; choose for example RetentionDays.ONE_YEAR`);
  });

  test('of class DELIVERY keeps its fixed time', () => {
    new logs.CfnLogGroup(stack, 'Requests', { logGroupClass: 'DELIVERY' }).with(new storage.mixins.LogGroupRetention());
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.absent() });
  });
});

describe('what a later line undoes', () => {
  const bucket = () => new s3.CfnBucket(stack, 'It');
  const queue = () => new sqs.CfnQueue(stack, 'It');
  const topic = () => new sns.CfnTopic(stack, 'It');
  const table = () => new dynamodb.CfnTable(stack, 'It', { keySchema: [] });
  const group = () => new logs.CfnLogGroup(stack, 'It');
  const drop = (property: string) => (it: CfnResource) => it.addPropertyDeletionOverride(property);
  const destroy = (it: CfnResource) => it.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const dropPolicy = (it: CfnResource) => { it.node.tryRemoveChild('Policy'); };
  const { mixins } = storage;
  const logBucket = () => s3.Bucket.fromBucketName(stack, 'Logs', 'logs');

  test.each<[string, () => CfnResource, () => Mixin, (it: CfnResource) => void]>([
    ['STORAGE-CMK', bucket, () => new mixins.BucketEncryption(key), drop('BucketEncryption')],
    ['STORAGE-BUCKET-KEY', bucket, () => new mixins.BucketKey(), drop('BucketEncryption')],
    ['STORAGE-SSE-C', bucket, () => new mixins.BucketBlockSseC(), drop('BucketEncryption')],
    ['STORAGE-PUBLIC-ACCESS', bucket, () => new mixins.BucketPublicAccess(), drop('PublicAccessBlockConfiguration.BlockPublicAcls')],
    ['STORAGE-TLS', bucket, () => new mixins.BucketTls(), dropPolicy],
    ['STORAGE-TLS-VERSION', bucket, () => new mixins.BucketTls(), dropPolicy],
    ['STORAGE-OWNERSHIP', bucket, () => new mixins.BucketOwnership(), (it) => it.addPropertyOverride('AccessControl', 'PublicRead')],
    ['STORAGE-VERSIONING', bucket, () => new mixins.BucketVersioning(), (it) => { (it as s3.CfnBucket).versioningConfiguration = { status: 'Suspended' }; }],
    ['STORAGE-ACCESS-LOG', bucket, () => new mixins.BucketAccessLog(logBucket()), drop('LoggingConfiguration')],
    ['STORAGE-LIFECYCLE', bucket, () => new mixins.BucketLifecycle(Duration.days(1)), drop('LifecycleConfiguration')],
    ['STORAGE-RETAIN', bucket, () => new mixins.BucketRetain(), destroy],
    ['QUEUE-CMK', queue, () => new mixins.QueueEncryption(key), drop('KmsMasterKeyId')],
    ['QUEUE-TLS', queue, () => new mixins.QueueTls(), dropPolicy],
    ['QUEUE-DLQ-RETENTION', queue, () => new mixins.QueueRetention(), drop('MessageRetentionPeriod')],
    ['TOPIC-CMK', topic, () => new mixins.TopicEncryption(key), drop('KmsMasterKeyId')],
    ['TOPIC-TLS', topic, () => new mixins.TopicTls(), dropPolicy],
    ['TABLE-CMK', table, () => new mixins.TableEncryption(key), drop('SSESpecification')],
    ['TABLE-PITR', table, () => new mixins.TablePointInTimeRecovery(), drop('PointInTimeRecoverySpecification')],
    ['TABLE-DELETION-PROTECTION', table, () => new mixins.TableDeletionProtection(), drop('DeletionProtectionEnabled')],
    ['TABLE-RETAIN', table, () => new mixins.TableRetain(), destroy],
    ['LOG-CMK', group, () => new mixins.LogGroupEncryption(key), drop('KmsKeyId')],
    ['LOG-RETENTION', group, () => new mixins.LogGroupRetention(), drop('RetentionInDays')],
  ])('%s fails the synthesis, unless it is waived', (control, make, mixin, undo) => {
    const it = make();
    const applied = mixin();
    it.with(applied);
    undo(it);
    expect(() => app.synth()).toThrow(`[Stack/It] ${control} does not hold although storage.mixins.${applied.constructor.name} applied it: `);

    if (!core.Control.of(control).waivable) return;
    for (const each of ['STORAGE-TLS', 'STORAGE-TLS-VERSION', control]) {
      core.Waiver.because('the vendor forbids it until the migration', { owner: 'edi-team', expires: '2027-06-30' }).applyTo(it, each);
    }
    expect(() => app.synth({ force: true })).not.toThrow();
  });

  test('is told with the remedy', () => {
    bucket().with(new mixins.BucketVersioning()).node.defaultChild;
    (stack.node.findChild('It') as s3.CfnBucket).versioningConfiguration = undefined;
    expect(() => app.synth()).toThrow('[Stack/It] STORAGE-VERSIONING does not hold although storage.mixins.BucketVersioning applied it: '
      + "'VersioningConfiguration.Status' must be Enabled; remove what undid it, or give the resource a waiver if the control allows one");
  });
});

test('mixins leave other resources alone', () => {
  const { mixins } = storage;
  const all = [
    new mixins.BucketEncryption(key), new mixins.BucketKey(), new mixins.BucketBlockSseC(), new mixins.BucketPublicAccess(), new mixins.BucketTls(),
    new mixins.BucketOwnership(), new mixins.BucketVersioning(), new mixins.BucketLifecycle(Duration.days(1)), new mixins.BucketRetain(),
    new mixins.BucketAccessLog(s3.Bucket.fromBucketName(stack, 'Logs', 'logs')), new mixins.QueueEncryption(key), new mixins.QueueTls(),
    new mixins.QueueRetention(), new mixins.TopicEncryption(key), new mixins.TopicTls(), new mixins.TableEncryption(key),
    new mixins.TablePointInTimeRecovery(), new mixins.TableDeletionProtection(), new mixins.TableRetain(), new mixins.LogGroupEncryption(key),
    new mixins.LogGroupRetention(),
  ];
  const other = new CfnResource(stack, 'Other', { type: 'Custom::Other' });
  for (const mixin of all) {
    expect(mixin.supports(other)).toBe(false);
    mixin.applyTo(other);
  }
  Template.fromStack(stack).templateMatches({ Resources: { Other: { Type: 'Custom::Other' } } });
});

test('every mixin together leaves nothing for the rules to find', () => {
  const own = new kms.Key(stack, 'Own');
  const target = new s3.Bucket(stack, 'Logs');
  new s3.Bucket(stack, 'Inbox');
  new s3.CfnBucket(stack, 'Outbox');
  new sqs.Queue(stack, 'Orders');
  new sns.Topic(stack, 'Events');
  new dynamodb.CfnTable(stack, 'Table', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
  new logs.LogGroup(stack, 'Requests');
  const { mixins } = storage;
  Mixins.of(stack).apply(
    new mixins.BucketAccessLog(target), new mixins.BucketEncryption(own), new mixins.BucketKey(), new mixins.BucketBlockSseC(),
    new mixins.BucketPublicAccess(), new mixins.BucketTls(), new mixins.BucketOwnership(), new mixins.BucketVersioning(),
    new mixins.BucketLifecycle(Duration.days(90)), new mixins.BucketRetain(), new mixins.QueueEncryption(own), new mixins.QueueTls(),
    new mixins.TopicEncryption(own), new mixins.TopicTls(), new mixins.TableEncryption(own), new mixins.TablePointInTimeRecovery(),
    new mixins.TableDeletionProtection(), new mixins.TableRetain(), new mixins.LogGroupEncryption(own), new mixins.LogGroupRetention(),
  );

  const left = findings(Template.fromStack(stack));
  expect(left.filter((each) => !/^(KEY-|QUEUE-DLQ)/.test(each))).toEqual([]);
});

function findings(template: Template, controls?: string[]): string[] {
  return check([{ name: 'Stack', template: template.toJSON() }], RULES.filter(({ control }) => !controls || controls.includes(control)))
    .filter(({ finding }) => finding !== '').map(({ control, finding, logicalId, message }) => `${control}[${finding}] at ${logicalId}: ${message}`);
}
