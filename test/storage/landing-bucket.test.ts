import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { acknowledgedBelow, identityActions, identityStatements, keyStatements, propertiesOf, queueStatements } from './templates';
import { core, foundation, storage } from '../../src';

const waiver = core.Waiver.because('legacy scanner cannot speak TLS', { owner: 'edi-team', expires: '2027-01-31' });

interface Landed {
  readonly stack: Stack;
  readonly landing: storage.LandingBucket;
  readonly properties: () => Record<string, any>;
}

function land(props?: storage.LandingBucketProps): Landed {
  const stack = new Stack(new App(), 'Stack');
  const landing = new storage.LandingBucket(stack, 'Landing', props);
  const id = stack.getLogicalId(landing.bucket.node.defaultChild as s3.CfnBucket);
  return { stack, landing, properties: () => propertiesOf(stack, 'AWS::S3::Bucket')[id] };
}

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

describe('by default', () => {
  test('encrypts with the data key of the stack and a bucket key, and refuses keys of the caller', () => {
    const { stack, properties } = land();

    expect(properties().BucketEncryption.ServerSideEncryptionConfiguration).toEqual([{
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.DATA).keyArn),
      },
    }]);
  });

  test('lets nobody in from outside, and nobody but its owner own an object', () => {
    expect(land().properties()).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test.each([
    ['plain HTTP', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['TLS below 1.2', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ])('denies %s', (_what, condition) => {
    const { stack, landing } = land();
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: stack.resolve(landing.bucket.bucketName),
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Condition: condition })]) },
    });
  });

  test('keeps versions, and objects for 90 days', () => {
    expect(land().properties()).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            ExpirationInDays: 90,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
          { Status: 'Enabled', ExpiredObjectDeleteMarker: true },
        ],
      },
    });
  });

  test('logs each request in the foundation, under its path', () => {
    const { stack, properties } = land();

    expect(properties().LoggingConfiguration).toEqual({
      DestinationBucketName: stack.resolve(foundation.Foundation.of(stack).accessLogBucket.bucketName),
      LogFilePrefix: 'Stack/Landing/',
    });
  });

  test('tells EventBridge of each object, without a custom resource', () => {
    const { stack, properties } = land();

    expect(properties().NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('outlives the stack and locks no version', () => {
    const { stack, properties } = land();

    Template.fromStack(stack).allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(properties()).not.toHaveProperty('ObjectLockEnabled');
    expect(properties()).not.toHaveProperty('ObjectLockConfiguration');
  });

  test('waives nothing', () => {
    expect(acknowledgedBelow(land().landing).join()).not.toContain('STORAGE-');
  });
});

describe('with props', () => {
  test('keeps objects as long as the retention says', () => {
    expect(land({ retention: Duration.days(7) }).properties().LifecycleConfiguration.Rules[0].ExpirationInDays).toBe(7);
  });

  test('uses the key given', () => {
    const stack = new Stack(new App(), 'Stack');
    const encryptionKey = new kms.Key(stack, 'Own');
    const landing = new storage.LandingBucket(stack, 'Landing', { encryptionKey });

    expect(landing.encryptionKey).toBe(encryptionKey);
    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [Match.objectLike({
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: stack.resolve(encryptionKey.keyArn) },
        })],
      },
    });
  });

  test.each([
    ['GOVERNANCE', s3.ObjectLockRetention.governance(Duration.days(90))],
    ['COMPLIANCE', s3.ObjectLockRetention.compliance(Duration.days(30))],
  ])('locks versions in %s mode', (Mode, objectLock) => {
    expect(land({ objectLock }).properties()).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days: objectLock.duration.toDays() } } },
    });
  });

  test('accepts a retention that only deployment knows', () => {
    const retention = Duration.days(Token.asNumber({ Ref: 'Days' }));
    const rules = land({ retention, objectLock: s3.ObjectLockRetention.governance(Duration.days(9000)) }).properties().LifecycleConfiguration.Rules;

    expect(rules[0].ExpirationInDays).toEqual({ Ref: 'Days' });
  });
});

describe('with a waiver', () => {
  test('allowPlainHttp serves plain HTTP and old TLS, and records why', () => {
    const { stack, landing } = land({ allowPlainHttp: waiver });

    expect(Object.values(propertiesOf(stack, 'AWS::S3::BucketPolicy')).map((each) => each.Bucket)).not.toContainEqual(stack.resolve(landing.bucket.bucketName));
    for (const control of ['STORAGE-TLS', 'STORAGE-TLS-VERSION']) {
      expect(acknowledgedBelow(landing)).toContainEqual(
        expect.stringMatching(`${control}\\[.*legacy scanner cannot speak TLS \\(owner: edi-team, expires: 2027-01-31\\)`));
    }
  });

  test('withoutAccessLog logs nothing, and records why', () => {
    const { landing, properties } = land({ withoutAccessLog: waiver });

    expect(properties()).not.toHaveProperty('LoggingConfiguration');
    expect(acknowledgedBelow(landing)).toContainEqual(expect.stringMatching(/STORAGE-ACCESS-LOG\[.*legacy scanner.*edi-team.*2027-01-31/));
  });
});

describe('refuses', () => {
  test.each([0, 3651])('a retention of %d days', (days) => {
    expect(() => land({ retention: Duration.days(days) }))
      .toThrow(`[Stack/Landing] 'retention' must be between 1 and 3650 days, got ${days}; choose a whole number of days in that range`);
  });

  test('a lock that outlasts the retention', () => {
    expect(() => land({ retention: Duration.days(30), objectLock: s3.ObjectLockRetention.governance(Duration.days(31)) })).toThrow(
      "[Stack/Landing] 'objectLock' must be no longer than the retention of 30 days, got 31; S3 cannot expire a locked version");
  });
});

describe('grantDeliver', () => {
  test('lets a role write objects and encrypt them, and no more', () => {
    const { stack, landing } = land();
    landing.grantDeliver(roleIn(stack), 'orders/').assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:PutObject']);
    expect(JSON.stringify(identityStatements(stack)[0].Resource)).toContain('"/orders/*"');
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }]);
  });

  test('covers each key without a prefix', () => {
    const { stack, landing } = land();
    landing.grantDeliver(roleIn(stack));

    expect(JSON.stringify(identityStatements(stack)[0].Resource)).toContain('"/*"');
  });

  test('reaches a role of another account through the policies of bucket and key', () => {
    const { stack, landing } = land();
    landing.grantDeliver(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/partner'), 'orders/').assertSuccess();

    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/partner' },
          Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
        })]),
      },
    });
    expect(keyStatements(stack, '111122223333')).toHaveLength(1);
  });
});

describe('grantRead', () => {
  test('lets a role list, read and decrypt', () => {
    const { stack, landing } = land();
    landing.grantRead(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:Decrypt', 's3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:ListBucket']);
    expect(identityStatements(stack)[0]).not.toHaveProperty('Condition');
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Effect: 'Allow', Action: 'kms:Decrypt' }]);
  });

  test('is narrowed by a prefix, the listing included', () => {
    const { stack, landing } = land();
    landing.grantRead(roleIn(stack), 'orders/');

    expect(identityStatements(stack)[0].Condition).toEqual({ StringLike: { 's3:prefix': 'orders/*' } });
    expect(JSON.stringify(identityStatements(stack)[1].Resource)).toContain('"/orders/*"');
  });

  test('is as narrow for a role of another account', () => {
    const { stack, landing } = land();
    landing.grantRead(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/partner'), 'orders/').assertSuccess();

    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'orders/*' } } })]),
      },
    });
  });
});

describe('grantReadDelivered', () => {
  test('lets a role read versions and decrypt, and neither list nor read without a version', () => {
    const { stack, landing } = land();
    landing.grantReadDelivered(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:Decrypt', 's3:GetObjectVersion']);
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Effect: 'Allow', Action: 'kms:Decrypt' }]);
  });

  test('is narrowed by a prefix', () => {
    const { stack, landing } = land();
    landing.grantReadDelivered(roleIn(stack), 'orders/');

    expect(JSON.stringify(identityStatements(stack)[0].Resource)).toContain('"/orders/*"');
  });
});

describe('onDelivered', () => {
  const patternOf = (stack: Stack) => Object.values(propertiesOf(stack, 'AWS::Events::Rule'))[0].EventPattern;

  test('makes a rule for each object of the bucket', () => {
    const { stack, landing } = land();
    landing.onDelivered('Delivered', { description: 'starts the import' });

    expect(patternOf(stack)).toEqual({
      'source': ['aws.s3'],
      'detail-type': ['Object Created'],
      'detail': { bucket: { name: [stack.resolve(landing.bucket.bucketName)] } },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { Description: 'starts the import', Targets: Match.absent() });
  });

  test('is narrowed by a prefix', () => {
    const { stack, landing } = land();
    landing.onDelivered('Delivered', { prefix: 'orders/' });

    expect(patternOf(stack).detail.object).toEqual({ key: [{ prefix: 'orders/' }] });
  });

  test('gives a target without a dead-letter queue the one of the bucket, which the rules share', () => {
    const { stack, landing } = land();
    const fn = lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-central-1:111122223333:function:import');
    landing.onDelivered('Orders', { prefix: 'orders/', target: new targets.LambdaFunction(fn) });
    landing.onDelivered('Invoices', { prefix: 'invoices/', target: new targets.LambdaFunction(fn) });

    const [queueId] = Object.keys(propertiesOf(stack, 'AWS::SQS::Queue'));
    for (const rule of Object.values(propertiesOf(stack, 'AWS::Events::Rule'))) {
      expect(rule.Targets[0].DeadLetterConfig).toEqual({ Arn: { 'Fn::GetAtt': [queueId, 'Arn'] } });
    }
    expect(queueStatements(stack, 'events.amazonaws.com')).toHaveLength(2);
    expect(keyStatements(stack, 'events.amazonaws.com').length).toBeGreaterThan(0);
  });

  test("leaves a target's own dead-letter queue alone", () => {
    const { stack, landing } = land();
    const own = new sqs.Queue(stack, 'Own');
    const target: events.IRuleTarget = { bind: () => ({ arn: 'arn:aws:sqs:eu-central-1:111122223333:orders', deadLetterConfig: { arn: own.queueArn } }) };
    landing.onDelivered('Orders', { target });

    expect(Object.values(propertiesOf(stack, 'AWS::Events::Rule'))[0].Targets[0].DeadLetterConfig).toEqual({ Arn: stack.resolve(own.queueArn) });
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 1);
  });
});
