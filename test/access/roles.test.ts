import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { allowed, EVERYTHING } from './judge';
import { rightsOf, trustOf } from './statements';
import { ACCOUNT, catalogueIn, INSTANCE, REGION, resourcesOf, stackIn } from './world';
import { access, foundation } from '../../src';
import { throughServices } from '../../src/access/private/through-services';
import { Context } from '../proofs/iam/call';

const stack = stackIn();
catalogueIn(stack);
const resources = resourcesOf(stack);
const [keyId] = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::KMS::Key');
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${keyId}`;
const OTHER_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/other`;
const SOURCE_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/source`;
const OBJECT = 'arn:aws:s3:::orders/1.csv';
const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:partner-a1b2c3`;
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:detokenise`;
const PARAMETER = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/break-glass/arming`;

/** A key that lets the account administer and use it. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** Whether a role may do something by its own rights and those that are granted to it besides. */
function may(name: string, action: string, resource: string, context: Context = {}, granted: readonly unknown[] = []): Promise<boolean> {
  const arn = `arn:aws:iam::${ACCOUNT}:role/access/any/${name}`;
  return allowed({
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/ann`,
    action,
    resource,
    context: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalType': 'AssumedRole', ...context },
  }, { identity: [...rightsOf(resources, name), ...granted], resource: action.startsWith('kms:') ? KEY_POLICY : undefined });
}

const evenSo = (name: string, action: string, resource: string, context: Context = {}) => may(name, action, resource, context, [EVERYTHING]);

describe('a key administrator', () => {
  test.each(['kms:DescribeKey', 'kms:DisableKey', 'kms:EnableKeyRotation', 'kms:RotateKeyOnDemand', 'kms:RevokeGrant'])('may %s of its keys alone', async (action) => {
    expect(await may('KeyAdministrator', action, KEY)).toBe(true);
    expect(await may('KeyAdministrator', action, OTHER_KEY)).toBe(false);
  });

  test.each([
    'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:CreateGrant',
    'kms:Sign', 'kms:Verify', 'kms:GenerateMac', 'kms:VerifyMac', 'kms:DeriveSharedSecret',
  ])('may not %s, whatever is granted', async (action) => {
    expect(await evenSo('KeyAdministrator', action, KEY)).toBe(false);
  });

  test.each<[string, boolean]>([['30', true], ['7', false]])('deletes a key in %s days: %s', async (days, expected) => {
    expect(await may('KeyAdministrator', 'kms:ScheduleKeyDeletion', KEY, { 'kms:ScheduleKeyDeletionPendingWindowInDays': days })).toBe(expected);
  });

  test('replaces the policy of no key but those that it is let', async () => {
    expect(await may('KeyAdministrator', 'kms:PutKeyPolicy', KEY)).toBe(false);

    const other = stackIn();
    const key = foundation.Foundation.of(other).key(foundation.DataDomain.DATA);
    new access.KeyAdministratorRole(other, 'KeyAdministrator', { workforce: access.Workforce.iamUsers(), keys: [key] }).allowKeyPolicies(key);
    expect(rightsOf(resourcesOf(other), 'KeyAdministrator')).toContainEqual({ Effect: 'Allow', Action: 'kms:PutKeyPolicy', Resource: expect.stringContaining(':key/') });
  });
});

describe('an auditor', () => {
  test('sees who may do what and what was done', async () => {
    for (const action of ['iam:GetAccountAuthorizationDetails', 'cloudtrail:LookupEvents', 'config:SelectResourceConfig']) {
      expect([action, await may('Auditor', action, '*')]).toEqual([action, true]);
    }
    expect(await may('Auditor', 'ssm:UpdateOpsItem', `arn:aws:ssm:${REGION}:${ACCOUNT}:opsitem/oi-0a1b2c3d4e5f`)).toBe(true);
  });

  test('sees data by grants alone, and secrets by none', async () => {
    expect(await may('Auditor', 's3:GetObject', OBJECT)).toBe(false);
    expect(await evenSo('Auditor', 's3:GetObject', OBJECT)).toBe(true);
    expect(await evenSo('Auditor', 'secretsmanager:GetSecretValue', SECRET)).toBe(false);
  });
});

describe('an operator', () => {
  test('sees metrics, works on OpsItems, and runs the functions that it is let', async () => {
    expect(await may('Operator', 'logs:StopQuery', '*')).toBe(true);
    expect(await may('Operator', 'ssm:GetOpsItem', `arn:aws:ssm:${REGION}:${ACCOUNT}:opsitem/oi-0a1b2c3d4e5f`)).toBe(true);
    expect(await may('Operator', 'lambda:InvokeFunction', FUNCTION)).toBe(true);
    expect(await may('Operator', 'lambda:InvokeFunction', `${FUNCTION}-other`)).toBe(false);
  });

  test.each([['s3:GetObject', OBJECT], ['dynamodb:Query', TABLE], ['dynamodb:GetItem', TABLE], ['secretsmanager:GetSecretValue', SECRET]])(
    'sees no data by %s, whatever is granted', async (action, resource) => {
      expect(await evenSo('Operator', action, resource)).toBe(false);
    });

  test('sees the alarms that it is let', () => {
    const other = stackIn();
    const alarm = { alarmArn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:failed` } as import('aws-cdk-lib/aws-cloudwatch').IAlarm;
    new access.OperatorRole(other, 'Operator', { workforce: access.Workforce.iamUsers() }).allowAlarms(alarm);

    expect(rightsOf(resourcesOf(other), 'Operator')).toContainEqual({
      Effect: 'Allow', Action: ['cloudwatch:DescribeAlarmHistory', 'cloudwatch:DescribeAlarms'], Resource: alarm.alarmArn,
    });
  });
});

describe('a developer', () => {
  test.each<[string, Context, boolean]>([
    ['of this account', { 'aws:ResourceAccount': ACCOUNT }, true],
    ['that does not say whose it is', {}, true],
    ['of another account', { 'aws:ResourceAccount': '444455556666' }, false],
    ['for tests', { 'aws:ResourceAccount': ACCOUNT, 'aws:ResourceTag/environment': 'test' }, true],
    ['of production', { 'aws:ResourceAccount': ACCOUNT, 'aws:ResourceTag/environment': 'Production' }, false],
    ['of prod', { 'aws:ResourceAccount': ACCOUNT, 'aws:ResourceTag/environment': 'prod' }, false],
  ])('reads a table %s, once it is granted: %s', async (_name, context, expected) => {
    expect(await evenSo('Developer', 'dynamodb:Query', TABLE, context)).toBe(expected);
  });

  test('does not take the tag of production off', async () => {
    expect(await evenSo('Developer', 'dynamodb:UntagResource', TABLE, { 'aws:TagKeys': ['Environment'] })).toBe(false);
  });

  test('reads no table that is not granted', async () => {
    expect(await may('Developer', 'dynamodb:Query', TABLE, { 'aws:ResourceAccount': ACCOUNT })).toBe(false);
  });
});

describe('a detokeniser', () => {
  test.each<[string, string, Context, boolean]>([
    ['in its context', KEY, { 'kms:EncryptionContext:purpose': 'card-number', 'kms:EncryptionContextKeys': ['purpose'] }, true],
    ['in another context', KEY, { 'kms:EncryptionContext:purpose': 'name', 'kms:EncryptionContextKeys': ['purpose'] }, false],
    ['without a context', KEY, {}, false],
    ['with another key', OTHER_KEY, { 'kms:EncryptionContext:purpose': 'card-number', 'kms:EncryptionContextKeys': ['purpose'] }, false],
  ])('decrypts %s, with its own rights', async (_name, key, context, expected) => {
    expect(await may('Detokeniser', 'kms:Decrypt', key, context)).toBe(expected);
  });

  test('decrypts nothing without a context, and decides nothing about keys, whatever is granted', async () => {
    expect(await evenSo('Detokeniser', 'kms:Decrypt', KEY)).toBe(false);
    for (const action of ['kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion']) expect(await evenSo('Detokeniser', action, KEY)).toBe(false);
  });

  test('is named, with the context, in the policy of a key of its stack, and in no other', () => {
    const named = (from: typeof resources, id: string) => JSON.stringify(from[id].Properties.KeyPolicy).includes('DetokeniserRole');
    expect(named(resources, keyId)).toBe(true);
    expect(resources[keyId].Properties.KeyPolicy.Statement).toContainEqual(expect.objectContaining({
      Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:EncryptionContext:purpose': 'card-number' } },
    }));

    const sets = stackIn();
    catalogueIn(sets, access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: ['a1b2c3d4'] }));
    const [id, { Properties }] = Object.entries(resourcesOf(sets)).find(([, { Type }]) => Type === 'AWS::KMS::Key')!;
    expect([id, JSON.stringify(Properties.KeyPolicy).includes('kms:Decrypt')]).toEqual([id, false]);
  });
});

describe('people who are granted data with the key that it is under', () => {
  const VIA_S3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };

  const grantedIn = (workforce: access.Workforce) => {
    const other = stackIn();
    const developer = new access.DeveloperRole(other, 'Developer', { workforce, environment: access.EnvironmentKind.TEST });
    kms.Key.fromKeyArn(other, 'Key', OTHER_KEY).grantDecrypt(developer);
    return rightsOf(resourcesOf(other), 'Developer');
  };

  test.each<[string, access.Workforce]>([
    ['a role', access.Workforce.iamUsers()],
    ['a permission set', access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: ['a1b2c3d4'] })],
  ])('decrypt through the service that keeps it, in %s', async (_name, workforce) => {
    const identity = grantedIn(workforce);
    const decrypts = (context: Context) => allowed({
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/developer/ann`, action: 'kms:Decrypt', resource: OTHER_KEY, context,
    }, { identity, resource: KEY_POLICY });

    expect(await decrypts(VIA_S3)).toBe(true);
    expect(await decrypts({ 'kms:ViaService': `lambda.${REGION}.amazonaws.com` })).toBe(false);
    expect(await decrypts({ 'kms:ViaService': 's3.us-east-1.amazonaws.com' })).toBe(false);
    expect(await decrypts({})).toBe(false);
  });

  test.each(['Auditor', 'Operator', 'Developer'])('do not decrypt by themselves as %s, whatever is granted', async (name) => {
    expect(await evenSo(name, 'kms:Decrypt', OTHER_KEY)).toBe(false);
    expect(await evenSo(name, 'kms:Decrypt', OTHER_KEY, VIA_S3)).toBe(true);
  });

  test.each<[string, iam.PolicyStatementProps]>([
    ['names a service', { actions: ['kms:Decrypt'], conditions: { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } } }],
    ['has a context', { actions: ['kms:Decrypt'], conditions: { StringLike: { 'kms:EncryptionContext:purpose': 'card-*' } } }],
    ['encrypts', { actions: ['kms:Encrypt', 'kms:GenerateDataKey'] }],
    ['denies', { actions: ['kms:Decrypt'], effect: iam.Effect.DENY }],
  ])('keep a statement that %s as it is', (_name, props) => {
    const statement = () => new iam.PolicyStatement({ resources: [OTHER_KEY], ...props });
    expect(throughServices(statement(), REGION).toStatementJson()).toEqual(statement().toStatementJson());
  });
});

describe('an armer', () => {
  test('arms, and takes on no role of emergencies, whatever is granted', async () => {
    expect(await may('Armer', 'ssm:PutParameter', PARAMETER)).toBe(true);
    expect(await may('Armer', 'ssm:PutParameter', `${PARAMETER}-other`)).toBe(false);
    expect(await evenSo('Armer', 'sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/break-glass/admin`)).toBe(false);
    expect(await may('Armer', 'sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/other`)).toBe(false);
  });
});

describe('a masking job', () => {
  const HAND_OVER = 'arn:aws:s3:::hand-over/1.json';

  test.each<[string, string, boolean, boolean]>([
    ['s3:GetObject', OBJECT, true, false],
    ['dynamodb:Scan', TABLE, true, false],
    ['s3:PutObject', OBJECT, false, true],
    ['s3:DeleteObject', OBJECT, false, true],
    ['dynamodb:PutItem', TABLE, false, true],
    ['dynamodb:UpdateItem', TABLE, false, true],
    ['s3:PutObject', HAND_OVER, true, true],
    ['s3:GetObject', HAND_OVER, true, true],
    ['kms:Decrypt', SOURCE_KEY, true, false],
    ['kms:Decrypt', OTHER_KEY, true, true],
    ['kms:PutKeyPolicy', SOURCE_KEY, false, false],
    ['secretsmanager:GetSecretValue', SECRET, false, false],
  ])('that is granted everything may %s on %s: the reader %s, the writer %s', async (action, resource, reader, writer) => {
    expect([await evenSo('Reader', action, resource), await evenSo('Writer', action, resource)]).toEqual([reader, writer]);
  });

  test('is granted nothing by itself', async () => {
    expect(await may('Reader', 's3:GetObject', OBJECT)).toBe(false);
    expect(await may('Writer', 's3:PutObject', OBJECT)).toBe(false);
  });

  test('runs in the service that it is for, on its conditions', () => {
    const other = stackIn();
    const handOver = s3.Bucket.fromBucketName(other, 'HandOver', 'hand-over');
    new access.MaskingJobRole(other, 'Job', {
      duty: access.MaskingDuty.writeTarget(handOver),
      service: new iam.ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }),
    });

    expect(trustOf(resourcesOf(other), 'Job').Statement).toEqual([{
      Sid: 'TheService',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'states.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    }]);
    expect(rightsOf(resourcesOf(other), 'Job').map(({ Sid }) => Sid as string)).toEqual(['ReadNowhereElse', 'SeeNoSecrets', 'NeverGovernKeys']);
  });
});

describe('refuses', () => {
  const workforce = access.Workforce.iamUsers();

  test('a key administrator without keys', () => {
    expect(() => new access.KeyAdministratorRole(stackIn(), 'Role', { workforce, keys: [] }))
      .toThrow("[Stack/Role] 'keys' must name a key, got none; pass the keys that the role keeps");
  });

  test('a developer in production', () => {
    expect(() => new access.DeveloperRole(stackIn(), 'Role', { workforce, environment: access.EnvironmentKind.PRODUCTION }))
      .toThrow("[Stack/Role] 'environment' must be development or test, got production; give people there an OperatorRole");
  });

  test('a tag that IAM does not know', () => {
    expect(() => new access.DeveloperRole(stackIn(), 'Role', { workforce, environment: access.EnvironmentKind.TEST, environmentTag: '' }))
      .toThrow("[Stack/Role] 'environmentTag' must be a key of a tag, got ''; write for example 'environment'");
  });

  test('to decrypt in no context', () => {
    const other = stackIn();
    const role = new access.DetokeniserRole(other, 'Role', { workforce });
    expect(() => role.allowDecrypt(kms.Key.fromKeyArn(other, 'Key', OTHER_KEY), {}))
      .toThrow("[Stack/Role] 'encryptionContext' must have an entry, got none; name what the ciphertext was encrypted for");
  });
});
