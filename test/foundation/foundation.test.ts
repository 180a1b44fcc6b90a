import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Duration, Stack, Token, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AccessLogBucket, AlertTopic, DataDomain, Foundation, FoundationAttributes, IFoundation, ServiceKeyGrants } from '../../src/foundation';
import { check, RULES } from '../../src/rules';
import { nagPacks } from '../nag-packs';

const env = { account: '111111111111', region: 'eu-west-1' };
const keyArn = 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ofAlarms = {
  ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:eu-west-1:111111111111:alarm:*']] } },
  StringEquals: { 'aws:SourceAccount': '111111111111' },
};
const ofRules = {
  ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:111111111111:rule/*']] } },
  StringEquals: { 'aws:SourceAccount': '111111111111' },
};
const anyBucket = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] };

function stackIn(app = new App(), id = 'Stack', place: { account?: string; region?: string } = env): Stack {
  return new Stack(app, id, { env: place });
}

function alarmIn(scope: Construct, id = 'Alarm'): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    metric: new cloudwatch.Metric({ namespace: 'Test', metricName: 'Failures' }),
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

function ruleIn(scope: Construct, id = 'Rule'): events.Rule {
  return new events.Rule(scope, id, { eventPattern: { source: ['aws.s3'] } });
}

/** A bucket of which only its access log is of interest. */
function loggedBucketIn(scope: Construct, foundation: IFoundation, id = 'Bucket'): s3.Bucket {
  const bucket = new s3.Bucket(scope, id);
  (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = { destinationBucketName: foundation.accessLogBucket.bucketName, logFilePrefix: `${id}/` };
  foundation.grantAccessLogDelivery(bucket);
  return bucket;
}

/** Everything that a foundation can create, in use. */
function wireAll(foundation: IFoundation, users: Stack): void {
  foundation.notify(alarmIn(users));
  foundation.notifyOnRule(ruleIn(users));
  loggedBucketIn(users, foundation);
  for (const domain of Object.values(DataDomain)) foundation.key(domain);
  ServiceKeyGrants.of(foundation.key(DataDomain.AUDIT)).logs();
  new logs.LogGroup(users, 'Log', { encryptionKey: foundation.key(DataDomain.AUDIT), retention: logs.RetentionDays.ONE_YEAR });
}

/** Findings of the rules at what a foundation created, or about a delivery. */
function findingsIn(foundation: Foundation, stacks: Stack[]): string[] {
  const own = new Set(foundation.node.findAll().filter((each) => Stack.of(each) === Stack.of(foundation)).map((each) => each.node.path));
  return check(stacks.map((stack) => ({
    name: stack.stackName,
    template: Template.fromStack(stack).toJSON(),
    ...(!Token.isUnresolved(stack.account) && { account: stack.account, region: stack.region }),
  })), RULES)
    .filter(({ outcome }) => outcome === 'violation' || outcome === 'cannot-tell')
    .map((verdict) => ({ ...verdict, path: pathOf(stacks, verdict.template, verdict.logicalId) }))
    .filter(({ control, path }) => own.has(path) || control.startsWith('DELIVERY-') || control.startsWith('EVENT-RULE'))
    .map(({ path, control, finding, message }) => `${path} ${control}[${finding}]: ${message}`);
}

function pathOf(stacks: Stack[], template: string, logicalId: string): string {
  const stack = stacks.find(({ stackName }) => stackName === template)!;
  return stack.node.findAll().find((each) => Stack.of(each) === stack && 'logicalId' in each && stack.resolve(each.logicalId) === logicalId)?.node.path ?? '';
}

describe('Foundation', () => {
  test('creates nothing until it is used', () => {
    const stack = stackIn();
    new Foundation(stack, 'Foundation');

    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });

  test('creates a key for each domain, once', () => {
    const stack = stackIn();
    const foundation = new Foundation(stack, 'Foundation');
    for (const domain of Object.values(DataDomain)) expect(foundation.key(domain)).toBe(foundation.key(domain));

    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 4);
  });

  test('creates one topic and one bucket', () => {
    const stack = stackIn();
    const foundation = new Foundation(stack, 'Foundation');

    expect(foundation.alertTopic).toBe(foundation.alertTopic);
    expect(foundation.accessLogBucket).toBe(foundation.accessLogBucket);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 1);
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });

  test('is the stack\'s own, whatever its id, and made where there is none', () => {
    const app = new App();
    const [one, two] = [stackIn(app, 'One'), stackIn(app, 'Two')];
    const shared = new Foundation(one, 'Shared');

    expect(Foundation.of(new Construct(one, 'User'))).toBe(shared);
    expect(Foundation.of(two)).toBe(Foundation.of(new Construct(two, 'User')));
    expect(Foundation.of(two).node.path).toBe('Two/Foundation');
  });

  test('is not confused with another construct of its id', () => {
    const stack = stackIn();
    new Construct(stack, 'Foundation');

    expect(() => Foundation.of(stack))
      .toThrow("[Stack] 'Foundation' must be a Foundation, got another construct of that id; rename that, or pass a foundation");
  });

  test('subscribes the addresses at once', () => {
    const stack = stackIn();
    new Foundation(stack, 'Foundation', { alertEmails: ['on-call@example.com', 'lead@example.com'] });

    Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 2);
  });

  test('keeps access logs as long as told', () => {
    const stack = stackIn();
    new Foundation(stack, 'Foundation', { accessLogRetention: Duration.days(30) }).accessLogBucket;

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 30 })]) },
    });
  });

  test.each([0, 3651])('rejects an accessLogRetention of %d days, before the bucket is made', (days) => {
    expect(() => new Foundation(stackIn(), 'Foundation', { accessLogRetention: Duration.days(days) }))
      .toThrow(`[Stack/Foundation] 'accessLogRetention' must be between 1 and 3650 days, got ${days}; choose a whole number of days in that range`);
  });

  test.each([['a known account', env], ['any account', {}]])('wires everything within a stack of %s, and no rule objects', (_, place) => {
    const stack = stackIn(new App(), 'Stack', place);
    const foundation = new Foundation(stack, 'Foundation', { alertEmails: ['on-call@example.com'] });
    wireAll(foundation, stack);

    expect(findingsIn(foundation, [stack])).toEqual([]);
  });

  test.each([['a known account', env], ['any account', {}]])('wires everything among stacks of %s, and no rule objects', (_, place) => {
    const app = new App();
    const shared = stackIn(app, 'Shared', place);
    const users = [stackIn(app, 'Users', place), stackIn(app, 'MoreUsers', place)];
    const foundation = new Foundation(shared, 'Foundation', { alertEmails: ['on-call@example.com'] });
    users.forEach((stack) => wireAll(foundation, stack));
    app.synth();

    expect(shared.dependencies).toEqual([]);
    expect(findingsIn(foundation, [shared, ...users])).toEqual([]);
  });

  test('passes the packs of cdk-nag, with each exception on record', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'foundation-'));
    const app = new App({ outdir });
    const stack = stackIn(app);
    const foundation = new Foundation(stack, 'Foundation', { alertEmails: ['on-call@example.com'] });
    foundation.notify(alarmIn(stack));
    foundation.notifyOnRule(ruleIn(stack));
    foundation.accessLogBucket;
    for (const domain of Object.values(DataDomain)) foundation.key(domain);
    Validations.of(app).addPlugins(...nagPacks());
    app.synth();

    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    const inPacks = report.pluginReports.map(({ pluginName, violations, suppressedViolations }: any) =>
      [pluginName, violations.length, suppressedViolations.map(({ acknowledgedId }: any) => acknowledgedId.split('::')[1]).sort()]);
    const logs3 = ['S3BucketLoggingEnabled', 'S3BucketReplicationEnabled', 'S3DefaultEncryptionKMS'];
    expect(inPacks).toEqual([
      ['AwsSolutions', 0, ['AwsSolutions-S1', 'AwsSolutions-SQS3']],
      ['HIPAA.Security', 0, logs3.map((rule) => `HIPAA.Security-${rule}`)],
      ['NIST.800.53.R4', 0, ['S3BucketDefaultLockEnabled', 'S3BucketLoggingEnabled', 'S3BucketReplicationEnabled'].map((rule) => `NIST.800.53.R4-${rule}`)],
      ['NIST.800.53.R5', 0, logs3.map((rule) => `NIST.800.53.R5-${rule}`)],
      ['PCI.DSS.321', 0, logs3.map((rule) => `PCI.DSS.321-${rule}`)],
      ['Serverless', 0, ['Serverless-SQSRedrivePolicy']],
    ]);
  });

  test('gives the same template for the same input', () => {
    const synthesize = () => {
      const app = new App();
      const [shared, users] = [stackIn(app, 'Shared'), stackIn(app, 'Users')];
      wireAll(new Foundation(shared, 'Foundation', { alertEmails: ['on-call@example.com'] }), users);
      return JSON.stringify([shared, users].map((stack) => Template.fromStack(stack).toJSON()));
    };

    expect(synthesize()).toBe(synthesize());
  });
});

describe('AlertTopic', () => {
  test('lets the account\'s alarms through, on topic and key', () => {
    const stack = stackIn();
    const alerts = new AlertTopic(stack, 'Alerts');
    alerts.notify(alarmIn(stack));

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          { Sid: 'AlarmsPublish', Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' }, Resource: { Ref: 'AlertsE664E991' }, Condition: ofAlarms },
        ],
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          Match.objectLike({ Sid: 'AccountAdministers' }),
          { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Principal: { Service: 'cloudwatch.amazonaws.com' }, Resource: '*', Condition: ofAlarms },
        ],
      },
    });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AlertsKey'), 'Arn'] } });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: 'AlertsE664E991' }] });
  });

  test('lets rules through once one asks, and keeps what they could not deliver', () => {
    const stack = stackIn();
    const alerts = new AlertTopic(stack, 'Alerts');
    alerts.notifyOnRule(ruleIn(stack, 'One'));
    alerts.notifyOnRule(ruleIn(stack, 'Two'));

    const template = Template.fromStack(stack);
    const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    expect(policy.Properties.PolicyDocument.Statement.filter(({ Sid }: any) => Sid.startsWith('RulesPublish'))).toEqual([
      { Sid: 'RulesPublish', Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'events.amazonaws.com' }, Resource: { Ref: 'AlertsE664E991' } },
    ]);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Principal: { Service: 'events.amazonaws.com' }, Resource: '*' },
        ]),
      },
    });
    template.allResourcesProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({ Arn: { Ref: 'AlertsE664E991' }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'Arn'] } } })],
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'RulesSend', Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' }, Condition: ofRules }),
        ]),
      },
    });
  });

  test('keeps undelivered alerts under a key of their own, and raises an alarm', () => {
    const stack = stackIn();
    new AlertTopic(stack, 'Alerts', { emails: ['on-call@example.com'] });

    const template = Template.fromStack(stack);
    template.hasResource('AWS::SQS::Queue', {
      DeletionPolicy: 'Retain',
      Properties: { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('UndeliveredKey'), 'Arn'] }, MessageRetentionPeriod: 1209600 },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1, TreatMissingData: 'notBreaching', AlarmActions: [{ Ref: 'AlertsE664E991' }],
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email', Endpoint: 'on-call@example.com', RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'Arn'] } },
    });
  });

  test('lets its own topic alone have undelivered alerts encrypted', () => {
    const stack = stackIn();
    new AlertTopic(stack, 'Alerts', { emails: ['on-call@example.com'] });

    const template = Template.fromStack(stack);
    const [{ Properties: { TopicName: name } }] = Object.values(template.findResources('AWS::SNS::Topic'));
    expect(name).toMatch(/^Stack-?Alerts/);
    const [{ Properties: key }] = Object.values(template.findResources('AWS::KMS::Key', { Properties: { Description: Match.stringLikeRegexp('undelivered') } }));
    const [source, ...others] = key.KeyPolicy.Statement.filter(({ Principal }: any) => Principal.Service === 'sns.amazonaws.com').map(({ Condition }: any) => Condition);
    expect(others).toEqual([]);
    expect(JSON.stringify(source.ArnLike['aws:SourceArn'])).toContain(`:${name}"`);
  });

  test('keeps undelivered alerts under a given key', () => {
    const stack = stackIn();
    const key = new kms.Key(stack, 'Key');
    new AlertTopic(stack, 'Alerts', { emails: ['on-call@example.com'], undeliveredKey: key });

    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: stack.resolve(key.keyArn) });
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 2);
  });

  test('lets a role of its own stack publish', () => {
    const stack = stackIn();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    new AlertTopic(stack, 'Alerts').topic.grantPublish(role);

    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { AWS: stack.resolve(role.roleArn) }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]) },
    });
  });

  test('rejects what is no address', () => {
    expect(() => new AlertTopic(stackIn(), 'Alerts', { emails: ['on-call'] }))
      .toThrow("[Stack/Alerts] 'address' must be an e-mail address, got 'on-call'; write for example 'on-call@example.com'");
  });

  test('takes an address that only deployment knows', () => {
    const stack = stackIn();
    new AlertTopic(stack, 'Alerts', { emails: [new CfnParameter(stack, 'Address').valueAsString] });

    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', { Endpoint: { Ref: 'Address' } });
  });
});

describe('AccessLogBucket', () => {
  test('is private, versioned, encrypted by S3, TLS 1.2 only, and outlives the stack', () => {
    const stack = stackIn();
    new AccessLogBucket(stack, 'Logs');

    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
          }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            Match.objectLike({
              ExpirationInDays: 400,
              NoncurrentVersionExpiration: { NoncurrentDays: 30 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            }),
            Match.objectLike({ ExpiredObjectDeleteMarker: true }),
          ],
        },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
        ],
      },
    });
  });

  test('names each source bucket of its stack, once, in one statement', () => {
    const stack = stackIn();
    const logBucket = new AccessLogBucket(stack, 'Logs');
    const buckets = ['One', 'Two'].map((id) => new s3.Bucket(stack, id));
    [...buckets, ...buckets].forEach((bucket) => logBucket.grantDelivery(bucket));

    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Sid: 'AccessLogDelivery',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Resource: { 'Fn::Join': ['', [stack.resolve(logBucket.bucket.bucketArn), '/*']] },
          Condition: {
            ArnLike: { 'aws:SourceArn': buckets.map(({ bucketArn }) => stack.resolve(bucketArn)) },
            StringEquals: { 'aws:SourceAccount': '111111111111' },
          },
        }]),
      },
    });
  });

  test.each([
    ['a bucket of another stack by a pattern', (users: Stack) => new s3.Bucket(users, 'Bucket'), anyBucket],
    ['an imported bucket by its name', (users: Stack) => s3.Bucket.fromBucketArn(users, 'Bucket', 'arn:aws:s3:::theirs'), 'arn:aws:s3:::theirs'],
  ])('names %s', (_, make, expected) => {
    const app = new App();
    const shared = stackIn(app, 'Shared');
    new AccessLogBucket(shared, 'Logs').grantDelivery(make(stackIn(app, 'Users')));

    Template.fromStack(shared).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Condition: Match.objectLike({ ArnLike: { 'aws:SourceArn': expected } }) })]) },
    });
  });

  test.each([
    ['account', '111111111111', { account: '222222222222', region: 'eu-west-1' }, '222222222222'],
    ['region', 'eu-west-1', { account: '111111111111', region: 'us-east-1' }, 'us-east-1'],
  ])('refuses a bucket of another %s', (what, own, place, theirs) => {
    const app = new App();
    const logBucket = new AccessLogBucket(stackIn(app, 'Shared'), 'Logs');

    expect(() => logBucket.grantDelivery(new s3.Bucket(stackIn(app, 'Users', place), 'Bucket')))
      .toThrow(`[Shared/Logs] 'bucket' must be in the ${what} of the log bucket, ${own}, got ${theirs}; use a log bucket of that ${what}`);
  });

  test.each([0, 3651])('rejects a retention of %d days', (days) => {
    expect(() => new AccessLogBucket(stackIn(), 'Logs', { retention: Duration.days(days) }))
      .toThrow(`[Stack/Logs] 'retention' must be between 1 and 3650 days, got ${days}; choose a whole number of days in that range`);
  });

  test('takes a retention that only deployment knows', () => {
    const stack = stackIn();
    new AccessLogBucket(stack, 'Logs', { retention: Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber) });

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: { Ref: 'Days' } })]) },
    });
  });
});

describe('a foundation of another app', () => {
  const attributes: Required<FoundationAttributes> = {
    auditKeyArn: keyArn,
    secretsKeyArn: keyArn,
    messagingKeyArn: keyArn,
    dataKeyArn: keyArn,
    alertKeyArn: keyArn,
    alertTopicArn: 'arn:aws:sns:eu-west-1:111111111111:alerts',
    accessLogBucketArn: 'arn:aws:s3:::access-logs',
  };

  test('gives its keys, topic and bucket, once', () => {
    const stack = stackIn();
    const foundation = Foundation.fromFoundationAttributes(stack, 'Shared', attributes);

    for (const domain of Object.values(DataDomain)) {
      expect(foundation.key(domain).keyArn).toBe(keyArn);
      expect(foundation.key(domain)).toBe(foundation.key(domain));
    }
    expect(foundation.alertTopic.topicArn).toBe(attributes.alertTopicArn);
    expect(foundation.accessLogBucket.bucketName).toBe('access-logs');
    expect(foundation.alertTopic).toBe(foundation.alertTopic);
    expect(foundation.accessLogBucket).toBe(foundation.accessLogBucket);
  });

  test('hears of alarms without further ado', () => {
    const stack = stackIn();
    Foundation.fromFoundationAttributes(stack, 'Shared', attributes).notify(alarmIn(stack));

    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [attributes.alertTopicArn] });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('hears of rules, with a warning that says what its owner must do', () => {
    const stack = stackIn();
    Foundation.fromFoundationAttributes(stack, 'Shared', attributes).notifyOnRule(ruleIn(stack));

    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Arn: attributes.alertTopicArn })] });
    Annotations.fromStack(stack).hasWarning('/Stack/Shared', Match.stringLikeRegexp(
      'the policies of this imported foundation cannot be changed here; its owner must let events.amazonaws.com publish to the alert topic'));
  });

  test('receives access logs, with a warning that says what its owner must do', () => {
    const stack = stackIn();
    Foundation.fromFoundationAttributes(stack, 'Shared', attributes).grantAccessLogDelivery(new s3.Bucket(stack, 'Bucket'));

    Annotations.fromStack(stack).hasWarning('/Stack/Shared', Match.stringLikeRegexp(
      'its owner must let logging.s3.amazonaws.com put objects .* aws:SourceAccount 111111111111 and aws:SourceArn of Stack/Bucket'));
  });

  test('lets grantees in by IAM where its owner has opened the key to it', () => {
    const app = new App();
    const owner = stackIn(app, 'Owner');
    Foundation.of(owner).key(DataDomain.DATA).grantEncryptDecrypt(new iam.AccountRootPrincipal());
    const user = stackIn(app, 'User');
    const role = new iam.Role(user, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    Foundation.fromFoundationAttributes(user, 'Shared', attributes).key(DataDomain.DATA).grantDecrypt(role);

    Template.fromStack(owner).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          Condition: { StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': ['dynamodb.eu-west-1.amazonaws.com', 's3.eu-west-1.amazonaws.com'] } },
        })]),
      },
    });
    Template.fromStack(user).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn }] },
    });
  });

  test.each<[keyof FoundationAttributes, string, string]>([
    ['dataKeyArn', 'arn:aws:kms:eu-west-1:111111111111:alias/data',
      "the ARN of a key, not of an alias, got 'arn:aws:kms:eu-west-1:111111111111:alias/data'; write for example 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'"],
    ['alertKeyArn', '1234abcd', "the ARN of a key, not of an alias, got '1234abcd'; write for example 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'"],
    ['alertTopicArn', 'alerts', "the ARN of a topic, got 'alerts'; write for example 'arn:aws:sns:eu-west-1:111122223333:alerts'"],
    ['accessLogBucketArn', 'access-logs', "the ARN of a bucket, got 'access-logs'; write for example 'arn:aws:s3:::access-logs'"],
  ])('refuses a wrong %s', (attribute, value, message) => {
    expect(() => Foundation.fromFoundationAttributes(stackIn(), 'Shared', { [attribute]: value }))
      .toThrow(`[Stack/Shared] '${attribute}' must be ${message}`);
  });

  test.each<[keyof FoundationAttributes, (foundation: IFoundation) => unknown]>([
    ['auditKeyArn', (foundation) => foundation.key(DataDomain.AUDIT)],
    ['secretsKeyArn', (foundation) => foundation.key(DataDomain.SECRETS)],
    ['messagingKeyArn', (foundation) => foundation.key(DataDomain.MESSAGING)],
    ['dataKeyArn', (foundation) => foundation.key(DataDomain.DATA)],
    ['alertTopicArn', (foundation) => foundation.alertTopic],
    ['accessLogBucketArn', (foundation) => foundation.accessLogBucket],
  ])('says so where %s is missing', (attribute, ask) => {
    expect(() => ask(Foundation.fromFoundationAttributes(stackIn(), 'Shared', {})))
      .toThrow(`[Stack/Shared] '${attribute}' must be given for what is asked of this foundation, got nothing; take it from the app that owns it`);
  });

  test('takes ARNs that only deployment knows', () => {
    const stack = stackIn();
    const token = (id: string) => Token.asString(new CfnParameter(stack, id).value);
    const foundation = Foundation.fromFoundationAttributes(stack, 'Shared', {
      dataKeyArn: token('Key'), alertTopicArn: token('Topic'), accessLogBucketArn: token('Bucket'),
    });

    expect(stack.resolve(foundation.key(DataDomain.DATA).keyArn)).toEqual({ Ref: 'Key' });
    expect(stack.resolve(foundation.alertTopic.topicArn)).toEqual({ Ref: 'Topic' });
    expect(stack.resolve(foundation.accessLogBucket.bucketArn)).toEqual({ Ref: 'Bucket' });
  });
});
