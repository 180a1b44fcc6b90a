import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { identityActions, identityStatements, keyStatements, propertiesOf } from './templates';
import { foundation, storage } from '../../src';

interface Kept {
  readonly stack: Stack;
  readonly evidence: storage.EvidenceBucket;
  readonly properties: () => Record<string, any>;
}

function keep(props?: storage.EvidenceBucketProps): Kept {
  const stack = new Stack(new App(), 'Stack');
  const evidence = new storage.EvidenceBucket(stack, 'Evidence', props);
  const id = stack.getLogicalId(evidence.bucket.node.defaultChild as s3.CfnBucket);
  return { stack, evidence, properties: () => propertiesOf(stack, 'AWS::S3::Bucket')[id] };
}

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

describe('by default', () => {
  const { stack, evidence, properties: rendered } = keep();
  const properties = rendered();

  test('locks each version for 400 days, against root as well', () => {
    expect(properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 400 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  test('expires what is no longer locked', () => {
    expect(properties.LifecycleConfiguration.Rules).toEqual([
      expect.objectContaining({
        ExpirationInDays: 400,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      }),
      expect.objectContaining({ ExpiredObjectDeleteMarker: true }),
    ]);
  });

  test('encrypts with the audit key of the stack and a bucket key, and refuses keys of the caller', () => {
    expect(properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([{
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.AUDIT).keyArn),
      },
    }]);
  });

  test('lets nobody in from outside, and nobody but its owner own an object', () => {
    expect(properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test.each([
    ['plain HTTP', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['TLS below 1.2', 's3:*', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
    ['deletion by anyone, delete markers included', ['s3:DeleteObject', 's3:DeleteObjectVersion'], Match.absent()],
  ])('denies %s', (_what, action, condition) => {
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: stack.resolve(evidence.bucket.bucketName),
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Action: action, Principal: { AWS: '*' }, Condition: condition })]) },
    });
  });

  test('logs each request in the foundation, under its path', () => {
    expect(properties.LoggingConfiguration).toEqual({
      DestinationBucketName: stack.resolve(foundation.Foundation.of(stack).accessLogBucket.bucketName),
      LogFilePrefix: 'Stack/Evidence/',
    });
  });

  test('outlives the stack, with its policy', () => {
    Template.fromStack(stack).allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    Template.fromStack(stack).hasResource('AWS::S3::BucketPolicy', {
      DeletionPolicy: 'Retain',
      Properties: { Bucket: stack.resolve(evidence.bucket.bucketName) },
    });
  });
});

describe('with props', () => {
  test('locks and keeps as long as the retention says', () => {
    const { ObjectLockConfiguration: lock, LifecycleConfiguration: lifecycle } = keep({ retention: Duration.days(2557) }).properties();

    expect(lock.Rule.DefaultRetention.Days).toBe(2557);
    expect(lifecycle.Rules[0].ExpirationInDays).toBe(2557);
  });

  test('accepts a retention that only deployment knows', () => {
    const { ObjectLockConfiguration: lock } = keep({ retention: Duration.days(Token.asNumber({ Ref: 'Days' })) }).properties();

    expect(lock.Rule.DefaultRetention.Days).toEqual({ Ref: 'Days' });
  });

  test('uses the key given', () => {
    const stack = new Stack(new App(), 'Stack');
    const encryptionKey = new kms.Key(stack, 'Own');
    const evidence = new storage.EvidenceBucket(stack, 'Evidence', { encryptionKey });

    expect(evidence.encryptionKey).toBe(encryptionKey);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('logs in the foundation given', () => {
    const stack = new Stack(new App(), 'Stack');
    const shared = new foundation.Foundation(stack, 'Shared');
    new storage.EvidenceBucket(stack, 'Evidence', { foundation: shared });

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: stack.resolve(shared.accessLogBucket.bucketName) },
    });
  });
});

describe('grantRecord', () => {
  test('lets a role write new objects below a prefix, never over another, and no more', () => {
    const { stack, evidence } = keep();
    evidence.grantRecord(roleIn(stack), 'reviews/').assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:GenerateDataKey', 's3:PutObject']);
    const [put] = identityStatements(stack);
    expect(JSON.stringify(put.Resource)).toContain('"/reviews/*"');
    expect(put.Condition).toEqual({ Null: { 's3:if-none-match': 'false' } });
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Effect: 'Allow', Action: 'kms:GenerateDataKey' }]);
  });

  test('reaches a role of another account on the same terms', () => {
    const { stack, evidence } = keep();
    evidence.grantRecord(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/reviewer'), 'reviews/').assertSuccess();

    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/reviewer' },
          Action: 's3:PutObject',
          Condition: { Null: { 's3:if-none-match': 'false' } },
        })]),
      },
    });
  });

  test.each(['', '/', 'reviews', '*/', '/reviews/'])("refuses the prefix '%s'", (prefix) => {
    const { stack, evidence } = keep();
    expect(() => evidence.grantRecord(roleIn(stack), prefix)).toThrow(
      `[Stack/Evidence] 'prefix' must be the start of keys that ends in a slash, got '${prefix}'; write for example 'reviews/'`);
  });
});

describe('grantRead', () => {
  test('lets a role list, read and decrypt', () => {
    const { stack, evidence } = keep();
    evidence.grantRead(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:Decrypt', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']);
    expect(identityStatements(stack)[0]).not.toHaveProperty('Condition');
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Effect: 'Allow', Action: 'kms:Decrypt' }]);
  });

  test('lets it decrypt by way of Amazon S3 alone', () => {
    const { stack, evidence } = keep();
    evidence.grantRead(roleIn(stack));

    const [byS3] = [{ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } }];
    expect(identityStatements(stack).find(({ Action }) => Action === 'kms:Decrypt')).toMatchObject({ Condition: byS3 });
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Condition: byS3 }]);
  });

  test('is narrowed by a prefix, the listing included', () => {
    const { stack, evidence } = keep();
    evidence.grantRead(roleIn(stack), 'reviews/');

    expect(identityStatements(stack)[0].Condition).toEqual({ StringLike: { 's3:prefix': 'reviews/*' } });
    expect(JSON.stringify(identityStatements(stack)[1].Resource)).toContain('"/reviews/*"');
  });
});

test.each([364, 3651])('refuses a retention of %d days', (days) => {
  expect(() => keep({ retention: Duration.days(days) }))
    .toThrow(`[Stack/Evidence] 'retention' must be between 365 and 3650 days, got ${days}; choose a whole number of days in that range`);
});
