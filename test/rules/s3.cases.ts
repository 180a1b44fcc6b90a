import { ControlCase, Template } from './control-case';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PARTNER = 'arn:aws:iam::444455556666:root';
const BUCKET_ARN = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const OBJECTS = { 'Fn::Join': ['', [BUCKET_ARN, '/*']] };

const bucket = (properties: object, attributes: object = {}): Template => ({
  Parameters: { Told: { Type: 'String' } },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: properties, ...attributes } },
});

const encrypted = (byDefault: object, rule: object = {}): object => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault, ...rule }] },
});

/** The bucket receives the access log of a second one. */
const logBucket = (properties: object): Template => {
  const template = bucket(properties);
  template.Resources.Source = {
    Type: 'AWS::S3::Bucket',
    Properties: { ...encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN }), LoggingConfiguration: { DestinationBucketName: { Ref: 'Bucket' } } },
  };
  return template;
};

const withPolicy = (...statements: any[]): Template => {
  const template = bucket({});
  template.Resources.Policy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: statements } } };
  return template;
};

const denyHttp = (change: object = {}) => ({
  Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [BUCKET_ARN, OBJECTS], Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...change,
});

const denyOldTls = (change: object = {}) => denyHttp({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } }, ...change });

const allow = (change: object = {}) => ({
  Sid: 'Read', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, ...change,
});

const allowPartner = (change: object = {}) => ({ Effect: 'Allow', Principal: { AWS: PARTNER }, Action: ['s3:GetObject', 's3:PutObject'], Resource: OBJECTS, ...change });

const allowService = (change: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: OBJECTS,
  Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  ...change,
});

/** A policy whose bucket is a parameter, so it may be for any bucket. */
const elsewhere = (...statements: any[]): Template => {
  const template = withPolicy(...statements);
  template.Resources.Policy.Properties.Bucket = { Ref: 'Told' };
  return template;
};

const blocked = (change: object = {}): object => ({
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true, ...change },
});

const ruled = (rules: any, properties: object = { VersioningConfiguration: { Status: 'Enabled' } }): Template =>
  bucket({ ...properties, LifecycleConfiguration: { Rules: rules } });

const CLEAN_UP = { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } };

const locked = (retention?: object): object => ({
  ObjectLockEnabled: true,
  ...(retention && { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: retention } } }),
});

const trailBucket = (properties: object): Template => {
  const template = bucket(properties);
  template.Resources.Trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Bucket' } } };
  return template;
};

const propertiesOf = (template: Template) => template.Resources.Bucket.Properties;
const sseRuleOf = (template: Template) => propertiesOf(template).BucketEncryption.ServerSideEncryptionConfiguration[0];
const statementOf = (template: Template, index = 0) => template.Resources.Policy.Properties.PolicyDocument.Statement[index];

export const S3_CASES: readonly ControlCase[] = [
  {
    control: 'STORAGE-CMK',
    passing: {
      'key by ARN': bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN })),
      'two layers of encryption': bucket(encrypted({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: KEY_ARN })),
      'a log bucket that states AES256': logBucket(encrypted({ SSEAlgorithm: 'AES256' })),
    },
    failing: [
      { finding: 'NoEncryption', template: bucket({}) },
      { finding: 'NotKms', template: bucket(encrypted({ SSEAlgorithm: 'AES256' })) },
      { finding: 'NotKms', template: bucket({ ...encrypted({ SSEAlgorithm: 'AES256' }), LoggingConfiguration: { DestinationBucketName: { Ref: 'Bucket' } } }) },
      { finding: 'NoKey', template: bucket(encrypted({ SSEAlgorithm: 'aws:kms' })) },
      { finding: 'AwsManagedKey', template: bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/aws/s3' })) },
      { finding: 'KeyByAlias', template: bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/data' })) },
      { finding: 'LogBucketUnstated', template: logBucket({}) },
      { finding: 'LogBucketKms', template: logBucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY_ARN })) },
      { finding: 'UntoldEncryption', template: bucket(encrypted({ SSEAlgorithm: { Ref: 'Told' } })) },
      { finding: 'UntoldEncryption', template: bucket({ BucketEncryption: { 'Fn::Transform': {} } }) },
      { finding: 'UntoldKey', template: bucket(encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'Told' } })) },
    ],
    mutations: [
      { name: 'drop the encryption', finding: 'NoEncryption', mutate: (t) => delete propertiesOf(t).BucketEncryption },
      { name: 'drop the key', finding: 'NoKey', mutate: (t) => delete sseRuleOf(t).ServerSideEncryptionByDefault.KMSMasterKeyID },
      { name: 'fall back to AES256', finding: 'NotKms', mutate: (t) => { sseRuleOf(t).ServerSideEncryptionByDefault.SSEAlgorithm = 'AES256'; } },
    ],
  },
  {
    control: 'STORAGE-BUCKET-KEY',
    passing: {
      'a bucket key': bucket(encrypted({ SSEAlgorithm: 'aws:kms' }, { BucketKeyEnabled: true })),
      'a bucket key beside a bucket that needs none': logBucketWithKey(),
    },
    failing: [
      { finding: 'NoBucketKey', template: bucket(encrypted({ SSEAlgorithm: 'aws:kms' })) },
      { finding: 'UntoldBucketKey', template: bucket(encrypted({ SSEAlgorithm: 'aws:kms' }, { BucketKeyEnabled: { Ref: 'Told' } })) },
      { finding: 'UntoldBucketKey', template: bucket(encrypted({ SSEAlgorithm: { Ref: 'Told' } })) },
    ],
    mutations: [
      { name: 'switch it off', finding: 'NoBucketKey', mutate: (t) => { sseRuleOf(t).BucketKeyEnabled = 'false'; } },
      { name: 'drop it', finding: 'NoBucketKey', mutate: (t) => delete sseRuleOf(t).BucketKeyEnabled },
    ],
  },
  {
    control: 'STORAGE-SSE-C',
    passing: { 'SSE-C blocked': bucket(encrypted({ SSEAlgorithm: 'aws:kms' }, { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } })) },
    failing: [
      { finding: 'SseCAllowed', template: bucket({}) },
      { finding: 'SseCAllowed', template: bucket(encrypted({}, { BlockedEncryptionTypes: { EncryptionType: ['SSE-C', 'NONE'] } })) },
      { finding: 'UntoldBlock', template: bucket(encrypted({}, { BlockedEncryptionTypes: { EncryptionType: ['SSE-C', { Ref: 'Told' }] } })) },
      { finding: 'UntoldBlock', template: bucket(encrypted({}, { BlockedEncryptionTypes: { Ref: 'Told' } })) },
    ],
    mutations: [
      { name: 'drop the block', finding: 'SseCAllowed', mutate: (t) => delete sseRuleOf(t).BlockedEncryptionTypes },
      { name: 'lift the block', finding: 'SseCAllowed', mutate: (t) => { sseRuleOf(t).BlockedEncryptionTypes.EncryptionType = ['NONE']; } },
    ],
  },
  {
    control: 'STORAGE-PUBLIC-ACCESS',
    passing: { 'four blocks': bucket(blocked()), 'a block as text': bucket(blocked({ BlockPublicAcls: 'true' })) },
    failing: [
      { finding: 'Open::BlockPublicAcls', template: bucket({}) },
      { finding: 'Open::BlockPublicPolicy', template: bucket(blocked({ BlockPublicPolicy: false })) },
      { finding: 'Open::IgnorePublicAcls', template: bucket(blocked({ IgnorePublicAcls: 'false' })) },
      { finding: 'Untold::RestrictPublicBuckets', template: bucket(blocked({ RestrictPublicBuckets: { Ref: 'Told' } })) },
      { finding: 'Untold::BlockPublicAcls', template: bucket({ PublicAccessBlockConfiguration: { Ref: 'Told' } }) },
    ],
    mutations: ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((flag) => ({
      name: `drop ${flag}`, finding: `Open::${flag}`, mutate: (t: Template) => delete propertiesOf(t).PublicAccessBlockConfiguration[flag],
    })),
  },
  {
    control: 'STORAGE-TLS',
    passing: {
      'one statement': withPolicy(denyHttp()),
      'every principal, action and resource': withPolicy(denyHttp({
        Principal: { AWS: ['*'] }, Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } },
      })),
      'one statement for the bucket and one for the objects': withPolicy(denyHttp({ Resource: BUCKET_ARN }), denyHttp({ Resource: OBJECTS })),
      'an ARN from the name': withPolicy(denyHttp({
        Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}' }, { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/*' }],
      })),
      'a literal name': {
        Resources: {
          Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'landing' } },
          Policy: {
            Type: 'AWS::S3::BucketPolicy',
            Properties: { Bucket: 'landing', PolicyDocument: { Statement: denyHttp({ Resource: ['arn:aws:s3:::landing', 'arn:aws:s3:::landing/*'] }) } },
          },
        },
      },
    },
    failing: [
      { finding: 'NoDeny', template: bucket({}) },
      { finding: 'NoDeny', template: withPolicy(allow()) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Principal: { AWS: PARTNER } })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Principal: { Federated: '*' } })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Principal: { CanonicalUser: '*' } })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Principal: undefined, NotPrincipal: { AWS: PARTNER } })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Action: undefined, NotAction: 's3:GetObject' })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Resource: undefined, NotResource: 'arn:aws:s3:::other' })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Resource: [BUCKET_ARN, { 'Fn::Join': ['', [BUCKET_ARN, '/public/*']] }] })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Condition: { 'ForAllValues:Bool': { 'aws:SecureTransport': 'false' } } })) },
      { finding: 'UntoldPolicy', template: elsewhere(denyHttp()) },
      { finding: 'UntoldPolicy', template: withPolicy(denyHttp({ Condition: { Bool: { 'aws:SecureTransport': { Ref: 'Told' } } } })) },
      { finding: 'UntoldPolicy', template: withPolicy({ 'Fn::Transform': {} }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'NoDeny', mutate: (t) => delete t.Resources.Policy },
      { name: 'allow instead', finding: 'NoDeny', mutate: (t) => { statementOf(t).Effect = 'Allow'; } },
      { name: 'flip the condition', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Condition.Bool['aws:SecureTransport'] = 'true'; } },
      { name: 'narrow the action', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Action = 's3:GetObject'; } },
      { name: 'leave out the objects', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Resource.pop(); } },
      { name: 'leave out the bucket', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Resource.shift(); } },
      { name: 'narrow by a condition', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Condition.StringEquals = { 'aws:PrincipalOrgID': 'o-a' }; } },
    ],
  },
  {
    control: 'STORAGE-TLS-VERSION',
    passing: {
      'below 1.2': withPolicy(denyOldTls()),
      'below 1.3, as a number': withPolicy(denyOldTls({ Condition: { NumericLessThan: { 's3:TlsVersion': 1.3 } } })),
    },
    failing: [
      { finding: 'NoDeny', template: bucket({}) },
      { finding: 'NoDeny', template: withPolicy(denyHttp()) },
      { finding: 'WeakDeny', template: withPolicy(denyOldTls({ Condition: { NumericGreaterThan: { 's3:TlsVersion': '1.2' } } })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Condition: { ...denyHttp().Condition, NumericLessThan: { 's3:TlsVersion': '1.2' } } })) },
      { finding: 'UntoldPolicy', template: elsewhere(denyOldTls()) },
      { finding: 'UntoldPolicy', template: withPolicy(denyOldTls({ Condition: { NumericLessThan: { 's3:TlsVersion': { Ref: 'Told' } } } })) },
    ],
    mutations: [
      { name: 'lower the version', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Condition.NumericLessThan['s3:TlsVersion'] = '1.1'; } },
      { name: 'narrow the caller', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Principal = { AWS: PARTNER }; } },
      { name: 'narrow the action', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Action = 's3:PutObject'; } },
    ],
  },
  {
    control: 'STORAGE-OWNERSHIP',
    passing: { 'owner enforced': bucket({ AccessControl: 'Private', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }) },
    failing: [
      { finding: 'NoOwnership', template: bucket({}) },
      { finding: 'AclsEnabled', template: bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }) },
      { finding: 'CannedAcl', template: bucket({ AccessControl: 'PublicRead' }) },
      { finding: 'UntoldOwnership', template: bucket({ OwnershipControls: { Ref: 'Told' } }) },
      { finding: 'UntoldAcl', template: bucket({ AccessControl: { Ref: 'Told' } }) },
    ],
    mutations: [
      { name: 'drop the controls', finding: 'NoOwnership', mutate: (t) => delete propertiesOf(t).OwnershipControls },
      { name: 'prefer the owner only', finding: 'AclsEnabled', mutate: (t) => { propertiesOf(t).OwnershipControls.Rules[0].ObjectOwnership = 'BucketOwnerPreferred'; } },
      { name: 'add an ACL', finding: 'CannedAcl', mutate: (t) => { propertiesOf(t).AccessControl = 'LogDeliveryWrite'; } },
    ],
  },
  {
    control: 'STORAGE-VERSIONING',
    passing: { versions: bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
    failing: [
      { finding: 'NotVersioned', template: bucket({}) },
      { finding: 'Suspended', template: bucket({ VersioningConfiguration: { Status: 'Suspended' } }) },
      { finding: 'UntoldVersioning', template: bucket({ VersioningConfiguration: { Status: { Ref: 'Told' } } }) },
    ],
    mutations: [
      { name: 'drop it', finding: 'NotVersioned', mutate: (t) => delete propertiesOf(t).VersioningConfiguration },
      { name: 'suspend it', finding: 'Suspended', mutate: (t) => { propertiesOf(t).VersioningConfiguration.Status = 'Suspended'; } },
    ],
  },
  {
    control: 'STORAGE-ACCESS-LOG',
    passing: {
      'logs to a bucket elsewhere': bucket({ LoggingConfiguration: { DestinationBucketName: 'central-logs' } }),
      'logs to a bucket of the template': logBucket({}),
    },
    failing: [
      { finding: 'NoAccessLog', template: bucket({}) },
      { finding: 'LogsToItself', template: bucket({ LoggingConfiguration: { LogFilePrefix: 'log/' } }) },
      { finding: 'LogsToItself', template: bucket({ LoggingConfiguration: { DestinationBucketName: { Ref: 'Bucket' } } }) },
      { finding: 'UntoldDestination', template: bucket({ LoggingConfiguration: { DestinationBucketName: { Ref: 'Told' } } }) },
      { finding: 'UntoldDestination', template: bucket({ LoggingConfiguration: { Ref: 'Told' } }) },
    ],
    mutations: [
      { name: 'drop it', finding: 'NoAccessLog', mutate: (t) => delete propertiesOf(t).LoggingConfiguration },
      { name: 'drop the destination', finding: 'LogsToItself', mutate: (t) => delete propertiesOf(t).LoggingConfiguration.DestinationBucketName },
    ],
  },
  {
    control: 'STORAGE-LIFECYCLE',
    passing: {
      'one rule': ruled([CLEAN_UP]),
      'two rules, empty filters and the old spelling': ruled([
        { Status: 'Enabled', Prefix: '', TagFilters: [], AbortIncompleteMultipartUpload: { DaysAfterInitiation: '1' } },
        { Status: 'Enabled', NoncurrentVersionExpirationInDays: 30 },
      ]),
      'no versions': ruled([{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }], {}),
    },
    failing: [
      { finding: 'NoLifecycle', template: bucket({}) },
      { finding: 'NoLifecycle', template: ruled([{ ...CLEAN_UP, Status: 'Disabled' }]) },
      { finding: 'NoUploadAbort', template: ruled([{ Status: 'Enabled', ExpirationInDays: 30 }]) },
      { finding: 'NoUploadAbort', template: ruled([{ ...CLEAN_UP, ObjectSizeGreaterThan: 1 }]) },
      { finding: 'NoNoncurrentExpiry', template: ruled([{ ...CLEAN_UP, NoncurrentVersionExpiration: undefined }]) },
      { finding: 'UntoldLifecycle', template: ruled({ Ref: 'Told' }) },
      { finding: 'UntoldLifecycle', template: ruled([{ ...CLEAN_UP, Status: { Ref: 'Told' } }]) },
      { finding: 'UntoldLifecycle', template: ruled([{ ...CLEAN_UP, Prefix: { Ref: 'Told' } }]) },
      { finding: 'UntoldLifecycle', template: ruled([{ ...CLEAN_UP, AbortIncompleteMultipartUpload: { DaysAfterInitiation: { Ref: 'Told' } } }]) },
      { finding: 'UntoldLifecycle', template: ruled([CLEAN_UP], { VersioningConfiguration: { Status: { Ref: 'Told' } } }) },
    ],
    mutations: [
      { name: 'drop it', finding: 'NoLifecycle', mutate: (t) => delete propertiesOf(t).LifecycleConfiguration },
      { name: 'disable the rule', finding: 'NoLifecycle', mutate: (t) => { propertiesOf(t).LifecycleConfiguration.Rules[0].Status = 'Disabled'; } },
      { name: 'narrow the rule', finding: 'NoUploadAbort', mutate: (t) => { propertiesOf(t).LifecycleConfiguration.Rules[0].Prefix = 'tmp/'; } },
      { name: 'keep versions', finding: 'NoNoncurrentExpiry', mutate: (t) => delete propertiesOf(t).LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration },
    ],
  },
  {
    control: 'STORAGE-OBJECT-LOCK',
    passing: {
      'a trail bucket locked for a year': trailBucket(locked({ Mode: 'COMPLIANCE', Days: 365 })),
      'a trail bucket locked for years': trailBucket(locked({ Mode: 'COMPLIANCE', Years: 1 })),
      'another bucket locked for a day': bucket(locked({ Mode: 'GOVERNANCE', Days: 1 })),
      'a locked bucket beside one without a lock': { Resources: { ...bucket(locked({ Mode: 'GOVERNANCE', Days: 1 })).Resources, Other: { Type: 'AWS::S3::Bucket' } } },
    },
    failing: [
      { finding: 'NoObjectLock', template: trailBucket({}) },
      { finding: 'NoDefaultRetention', template: bucket(locked()) },
      { finding: 'NoDefaultRetention', template: bucket(locked({ Mode: 'COMPLIANCE' })) },
      { finding: 'AuditGovernance', template: trailBucket(locked({ Mode: 'GOVERNANCE', Days: 400 })) },
      { finding: 'AuditShort', template: trailBucket(locked({ Mode: 'COMPLIANCE', Days: 364 })) },
      { finding: 'UntoldObjectLock', template: trailBucket({ ObjectLockEnabled: { Ref: 'Told' } }) },
      { finding: 'UntoldRetention', template: trailBucket(locked({ Mode: 'COMPLIANCE', Days: { Ref: 'Told' } })) },
      { finding: 'UntoldRetention', template: trailBucket({ ObjectLockEnabled: true, ObjectLockConfiguration: { Ref: 'Told' } }) },
    ],
    mutations: [
      { name: 'switch it off', finding: 'NoObjectLock', mutate: (t) => { propertiesOf(t).ObjectLockEnabled = false; } },
      { name: 'drop the default', finding: 'NoDefaultRetention', mutate: (t) => delete propertiesOf(t).ObjectLockConfiguration },
      { name: 'soften the mode', finding: 'AuditGovernance', mutate: (t) => { propertiesOf(t).ObjectLockConfiguration.Rule.DefaultRetention.Mode = 'GOVERNANCE'; } },
      { name: 'shorten it', finding: 'AuditShort', mutate: (t) => { propertiesOf(t).ObjectLockConfiguration.Rule.DefaultRetention.Days = 90; } },
    ],
  },
  {
    control: 'STORAGE-RETAIN',
    passing: {
      'retained': bucket({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }),
      'retained once created': bucket({}, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }),
    },
    failing: [
      { finding: 'Deletion', template: bucket({}) },
      { finding: 'Replacement', template: bucket({}, { DeletionPolicy: 'Retain' }) },
    ],
    mutations: [
      { name: 'delete with the stack', finding: 'Deletion', mutate: (t) => { t.Resources.Bucket.DeletionPolicy = 'Delete'; } },
      { name: 'delete when replaced', finding: 'Replacement', mutate: (t) => delete t.Resources.Bucket.UpdateReplacePolicy },
    ],
  },
  {
    control: 'STORAGE-POLICY-PUBLIC',
    passing: {
      'everybody of the organization': withPolicy(allow()),
      'a named principal': withPolicy(allowPartner()),
      'a Deny for everybody': withPolicy(denyHttp()),
      'a path of the organization': withPolicy(allow({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } } })),
      'roles of one account': withPolicy(allow({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/read-*' } } })),
      'resources of the own account': withPolicy(allow({ Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:ses:*:${AWS::AccountId}:*' } } } })),
      'one bucket': withPolicy(allow({ Condition: { ArnEquals: { 'aws:SourceArn': [BUCKET_ARN, 'arn:aws:s3:::other', { 'Fn::Sub': '${Bucket.Arn}/*' }] } } })),
      'whoever owns the bucket': withPolicy(allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } })),
      'a bucket without a policy': bucket({}),
      'an access point': {
        Resources: {
          Bare: { Type: 'AWS::S3::AccessPoint', Properties: {} },
          Shared: { Type: 'AWS::S3::AccessPoint', Properties: { Policy: { Statement: [allow({ Resource: '*' })] } } },
        },
      },
    },
    failing: [
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: undefined })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Principal: { AWS: ['*'] }, Condition: undefined })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { StringEquals: { 'aws:UserAgent': 'secret' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { StringLike: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', 'o-*'] } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { StringEquals: { 'aws:PrincipalAccount': [] } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/read' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::app-*' } } })) },
      { finding: 'PublicAllow', template: elsewhere(allow({ Condition: undefined })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: undefined }), allow({ Sid: 'List', Condition: undefined })) },
      { finding: 'AllowNotPrincipal', template: withPolicy(allow({ Principal: undefined, NotPrincipal: { AWS: PARTNER } })) },
      { finding: 'UntoldStatement', template: withPolicy({ 'Fn::Transform': {} }) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Principal: { Ref: 'Told' }, Condition: undefined })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Effect: { Ref: 'Told' }, Condition: undefined })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Condition: { Ref: 'Told' } })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': { Ref: 'Told' } } } })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Condition: { StringLike: { 'aws:PrincipalOrgID': { Ref: 'Told' } } } })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Condition: { ArnLike: { 'aws:PrincipalArn': { 'Fn::Sub': 'arn:aws:iam::${Told}:root' } } } })) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'PublicAllow', mutate: (t) => delete statementOf(t).Condition },
      { name: 'widen the condition', finding: 'PublicAllow', mutate: (t) => { statementOf(t).Condition = { StringLike: { 'aws:PrincipalOrgID': '*' } }; } },
      { name: 'turn the principal round', finding: 'AllowNotPrincipal', mutate: (t) => { statementOf(t).NotPrincipal = { AWS: PARTNER }; delete statementOf(t).Principal; } },
    ],
  },
  {
    control: 'STORAGE-POLICY-SERVICE',
    passing: {
      'by account': withPolicy(allowService()),
      'by ARN': withPolicy(allowService({ Condition: { ArnLike: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:s3:::${Bucket}' } } } })),
      'no service': withPolicy(allow()),
      'a Deny': withPolicy(allowService({ Effect: 'Deny', Condition: undefined })),
    },
    failing: [
      { finding: 'NoSource', template: withPolicy(allowService({ Condition: undefined })) },
      { finding: 'NoSource', template: withPolicy(allowService({ Principal: { Service: '*' }, Condition: undefined })) },
      { finding: 'NoSource', template: withPolicy(allowService({ Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } })) },
      { finding: 'NoSource', template: withPolicy(allowService({ Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } } })) },
      { finding: 'UntoldStatement', template: withPolicy(allowService({ Condition: { ArnLike: { 'aws:SourceArn': { Ref: 'Told' } } } })) },
      { finding: 'UntoldStatement', template: withPolicy(allowService({ Principal: { Ref: 'Told' }, Condition: undefined })) },
      { finding: 'UntoldStatement', template: withPolicy({ 'Fn::Transform': {} }) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'NoSource', mutate: (t) => delete statementOf(t).Condition },
      { name: 'widen the condition', finding: 'NoSource', mutate: (t) => { statementOf(t).Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }; } },
    ],
  },
  {
    control: 'STORAGE-CROSS-ACCOUNT',
    passing: {
      'objects only': withPolicy(allowPartner()),
      'the own root': withPolicy(allowPartner({ Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 's3:*' })),
      'the own account': withPolicy(allowPartner({ Principal: { AWS: { Ref: 'AWS::AccountId' } }, Action: 's3:*' })),
      'a role of the template': withPolicy(allowPartner({ Principal: { AWS: { 'Fn::GetAtt': ['Bucket', 'Role'] } }, Action: 's3:DeleteBucketPolicy' })),
      'everybody of the own account': withPolicy(allow({ Action: 's3:*', Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } } })),
      'everybody of the account that owns it': withPolicy(allow({ Action: 's3:*', Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } } })),
      'a Deny': withPolicy(denyHttp()),
      'a service': withPolicy(allowService({ Action: 's3:*' })),
      'a partner whose account is a parameter': withPolicy(allowPartner({ Principal: { AWS: { Ref: 'Told' } } })),
    },
    failing: [
      { finding: 'Action::s3:*', template: withPolicy(allowPartner({ Action: 's3:*' })) },
      { finding: 'Action::*', template: withPolicy(allowPartner({ Action: '*' })) },
      { finding: 'Action::s3:putbucket*', template: withPolicy(allowPartner({ Action: 's3:PutBucket*' })) },
      { finding: 'Action::s3:*', template: withPolicy(allowPartner({ Action: 's3:*', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::444455556666:role/for-${AWS::AccountId}' } } })) },
      { finding: 'Action::s3:*', template: withPolicy(allowPartner({ Action: 's3:*', Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } })) },
      { finding: 'Action::s3:*', template: elsewhere(allowPartner({ Action: 's3:*' })) },
      { finding: 'Action::NotAction', template: withPolicy(allowPartner({ Action: undefined, NotAction: 's3:GetObject' })) },
      { finding: 'Action::s3:*', template: withPolicy(allow({ Action: 's3:*' })) },
      { finding: 'Action::s3:*', template: withPolicy(allowPartner({ Action: 's3:*', Principal: undefined, NotPrincipal: { AWS: PARTNER } })) },
      { finding: 'ForeignReplication', template: withPolicy(allowPartner({ Action: ['s3:ReplicateObject', 's3:ReplicateDelete'] })) },
      { finding: 'ForeignReplication', template: withPolicy(allowPartner({ Action: 's3:ObjectOwnerOverrideToBucketOwner' })) },
      { finding: 'UntoldStatement', template: withPolicy(allowPartner({ Action: 's3:*', Principal: { AWS: { Ref: 'Told' } } })) },
      { finding: 'UntoldStatement', template: withPolicy(allowPartner({ Action: 's3:*', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${Told}:root' } } })) },
      { finding: 'UntoldStatement', template: withPolicy(allowPartner({ Action: { Ref: 'Told' } })) },
      { finding: 'UntoldStatement', template: withPolicy({ 'Fn::Transform': {} }) },
    ],
    mutations: [
      { name: 'let it change the policy', finding: 'Action::s3:putbucketpolicy', mutate: (t) => { statementOf(t).Action.push('s3:PutBucketPolicy'); } },
      { name: 'let it change ACLs', finding: 'Action::s3:putobjectacl', mutate: (t) => { statementOf(t).Action.push('s3:PutObjectAcl'); } },
      { name: 'let it replicate deletions', finding: 'ForeignReplication', mutate: (t) => { statementOf(t).Action.push('s3:Replicate*'); } },
    ],
  },
];

function logBucketWithKey(): Template {
  const template = bucket(encrypted({ SSEAlgorithm: 'aws:kms' }, { BucketKeyEnabled: 'true' }));
  template.Resources.Logs = { Type: 'AWS::S3::Bucket', Properties: encrypted({ SSEAlgorithm: 'AES256' }) };
  template.Resources.Dual = { Type: 'AWS::S3::Bucket', Properties: encrypted({ SSEAlgorithm: 'aws:kms:dsse' }) };
  return template;
}
