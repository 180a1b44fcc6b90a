import { App, Aws, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { secrets, storage } from '../../src';
import { parseBearerKeySettings, parseSftpPasswordSettings } from '../../src/runtime/secrets/stored-credential-settings';
import { decide } from '../proofs/iam/simulate';

type Json = Record<string, any>;

const SORTED = {
  partitionKey: { name: 'holder', type: dynamodb.AttributeType.STRING }, sortKey: { name: 'credential', type: dynamodb.AttributeType.STRING },
};

function tableIn(stack: Stack): storage.IntegrationTable {
  return new storage.IntegrationTable(stack, 'Credentials', SORTED);
}

function macKeyIn(stack: Stack): kms.Key {
  return new kms.Key(stack, 'Mac', { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC });
}

function bearerKey(changes: Partial<secrets.BearerKeyRotationOptions> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const { table, encryptionKey } = tableIn(stack);
  const macKey = macKeyIn(stack);
  const meteringKeyId = new apigateway.ApiKey(stack, 'Metering').keyId;
  const options = { table, tableKey: encryptionKey, macKey, holder: '0a1b2c3d4e', prefix: 'acme', meteringKeyId, ...changes };
  const secret = new secrets.RotatingSecret(stack, 'Key', { strategy: secrets.RotationStrategy.bearerKey(options) });
  return { stack, table, tableKey: encryptionKey, macKey, meteringKeyId, secret };
}

function password(changes: Partial<secrets.SftpPasswordOptions> = {}, secretProps: Partial<secrets.RotatingSecretProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const { table, encryptionKey } = tableIn(stack);
  const strategy = secrets.RotationStrategy.sftpPassword({ table, userName: 'acme.edi', ...changes });
  const secret = new secrets.RotatingSecret(stack, 'Key', { strategy, ...secretProps });
  return { stack, table, tableKey: encryptionKey, secret };
}

const variables = (stack: Stack): Json => Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))[0].Properties.Environment.Variables;
const rights = (stack: Stack): Json[] =>
  Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith('KeyRole'))![1].Properties.PolicyDocument.Statement;
const rightsTo = (stack: Stack, action: string) => rights(stack).filter(({ Action }) => JSON.stringify(Action).includes(action));

/** The holder's rows alone: all partitions that a request names, of which there has to be one. */
const ROWS_OF = (holder: string) => ({
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [holder] },
  'Null': { 'dynamodb:LeadingKeys': 'false' },
});

describe.each<[string, () => { stack: Stack; table: dynamodb.ITable; tableKey: kms.IKey }, string]>([
  ['a bearer key', bearerKey, '0a1b2c3d4e'], ['the password of an SFTP user', password, 'acme.edi'],
])('%s', (_name, make, holder) => {
  const { stack, table, tableKey } = make();

  test('lets the function reach the rows of one holder, and scan nothing', () => {
    expect(rightsTo(stack, 'dynamodb:')).toEqual([{
      Effect: 'Allow',
      Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: stack.resolve(table.tableArn),
      Condition: ROWS_OF(holder),
    }]);
  });

  test.each<[string, string[] | undefined, string]>([
    ['its partition', [holder], 'Allowed'],
    ['another partition', ['somebody'], 'ImplicitlyDenied'],
    ['its partition and another one', [holder, 'somebody'], 'ImplicitlyDenied'],
    ['no partition at all', undefined, 'ImplicitlyDenied'],
  ])('decides on a request for %s', async (_request, keys, decision) => {
    const [statement] = rightsTo(stack, 'dynamodb:');
    const resource = 'arn:aws:dynamodb:eu-west-1:111122223333:table/credentials';
    const identity = { roleArn: 'arn:aws:iam::111122223333:role/r', sessionArn: 'arn:aws:sts::111122223333:assumed-role/r/f', account: '111122223333', grants: [], denials: [], boundaries: [] };
    const grants = [{ ...statement, Action: 'dynamodb:Query', Resource: resource }] as never;
    const context: Record<string, string[]> = keys === undefined ? {} : { 'dynamodb:LeadingKeys': keys };
    const call = { action: 'dynamodb:Query', resource, context, because: 'test' };
    expect(await decide(call, identity, grants, undefined)).toBe(decision);
  });

  test('lets the function have DynamoDB decrypt the table', () => {
    expect(rightsTo(stack, 'kms:Decrypt').map(({ Resource }) => Resource)).toContainEqual(stack.resolve(tableKey.keyArn));
  });

  test('has its value nowhere in the template', () => {
    const template = Template.fromStack(stack);
    for (const { Properties } of Object.values(template.findResources('AWS::ApiGateway::ApiKey'))) expect(Properties).not.toHaveProperty('Value');
    expect(template.toJSON().Outputs).toBeUndefined();
  });
});

describe('a bearer key', () => {
  const { stack, macKey, meteringKeyId } = bearerKey();

  test('has its MAC made by one key, and none verified', () => {
    expect(rightsTo(stack, 'kms:GenerateMac')).toEqual([{ Effect: 'Allow', Action: 'kms:GenerateMac', Resource: stack.resolve(macKey.keyArn) }]);
    expect(rightsTo(stack, 'kms:VerifyMac')).toEqual([]);
  });

  test('has one key of API Gateway read, and none made or changed', () => {
    const [statement, ...others] = rightsTo(stack, 'apigateway:');
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Effect: 'Allow', Action: 'apigateway:GET' });
    expect(JSON.stringify(statement.Resource)).toContain(`::/apikeys/",${JSON.stringify(stack.resolve(meteringKeyId))}`);
    expect(JSON.stringify(statement.Resource)).not.toContain('*');
  });

  test('tells the function what it asks for', () => {
    const told = { ...variables(stack), TABLE_NAME: 'table', MAC_KEY_ARN: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b', PLAN_KEY_ID: 'a1b2c3' };
    expect(parseBearerKeySettings(told)).toMatchObject({ holder: '0a1b2c3d4e', prefix: 'acme' });
    expect(variables(stack)).toMatchObject({ MAC_KEY_ARN: stack.resolve(macKey.keyArn), PLAN_KEY_ID: stack.resolve(meteringKeyId) });
  });

  test.each<[Partial<secrets.BearerKeyRotationOptions>, string]>([
    [{ holder: 'ACME' }, "'holder' must be 10 lower-case hexadecimal digits, got 'ACME'; take some that stay the same through all rotations"],
    [{ holder: '0a1b2c3d4e5' }, "'holder' must be 10 lower-case hexadecimal digits, got '0a1b2c3d4e5'; take some that stay the same through all rotations"],
    [{ prefix: 'a' }, "'prefix' must be 2 to 16 lower-case letters and digits, a letter first, got 'a'; take for example the name of the API"],
    [{ prefix: 'ac_me' }, "'prefix' must be 2 to 16 lower-case letters and digits, a letter first, got 'ac_me'; take for example the name of the API"],
    [{ meteringKeyId: '*' }, "'meteringKeyId' must be the id of a key of API Gateway, got '*'; take keyId of an apigateway.ApiKey"],
  ])('of %j is refused', (changes, message) => {
    expect(() => bearerKey(changes)).toThrow(`[Stack/Key] ${message}`);
  });

  test('takes what only deployment knows', () => {
    const holder = Fn.importValue('holder');
    const imported = bearerKey({ holder, prefix: Fn.importValue('prefix'), meteringKeyId: Fn.importValue('key') });
    expect(rightsTo(imported.stack, 'dynamodb:')[0].Condition).toEqual(ROWS_OF({ 'Fn::ImportValue': 'holder' } as never));
  });
});

describe('the password of an SFTP user', () => {
  test('tells the function what it asks for', () => {
    expect(parseSftpPasswordSettings({ ...variables(password().stack), TABLE_NAME: 'table' })).toMatchObject({ userName: 'acme.edi' });
  });

  test('takes the key of the table that is given, or that the table names', () => {
    const { stack } = password();
    expect(rightsTo(stack, 'kms:').length).toBe(rightsTo(password({ tableKey: undefined }).stack, 'kms:').length);
    const other = new Stack(new App(), 'Stack');
    const key = new kms.Key(other, 'TableKey');
    const plain = dynamodb.Table.fromTableName(other, 'Imported', 'credentials');
    const strategy = (tableKey?: kms.IKey) => secrets.RotationStrategy.sftpPassword({ table: plain, tableKey, userName: 'acme' });
    new secrets.RotatingSecret(other, 'Key', { strategy: strategy(key) });
    expect(rightsTo(other, 'kms:Decrypt').map(({ Resource }) => Resource)).toContainEqual(other.resolve(key.keyArn));
    const awsOwned = new Stack(new App(), 'Stack');
    new secrets.RotatingSecret(awsOwned, 'Key', {
      strategy: secrets.RotationStrategy.sftpPassword({ table: dynamodb.Table.fromTableName(awsOwned, 'Imported', 'credentials'), userName: 'acme' }),
    });
    expect(rightsTo(awsOwned, 'kms:').length).toBe(rightsTo(other, 'kms:').length - 1);
  });

  test.each(['ab', 'a'.repeat(101), '.acme', 'acme edi', 'acme/edi', 'acme*', '${aws:username}'])('is refused for the user %j', (userName) => {
    expect(() => password({ userName })).toThrow('[Stack/Key] \'userName\' must be 3 to 100 letters, digits and _ . @ -, of which a letter, digit or _ is first, '
      + `got '${userName}'; AWS Transfer Family lets in no other`);
  });
});

describe('expires', () => {
  test('is told to the function, and by default there is no end', () => {
    expect(variables(password({}, { expires: '2027-06-30' }).stack)).toMatchObject({ EXPIRES: '2027-06-30' });
    expect(variables(password().stack)).not.toHaveProperty('EXPIRES');
    expect(variables(password({}, { expires: Aws.STACK_NAME }).stack)).toMatchObject({ EXPIRES: { Ref: 'AWS::StackName' } });
  });

  test.each(['', 'soon', '2027-02-30', '2027-06-30T00:00:00Z'])('is refused as %j', (expires) => {
    expect(() => password({}, { expires })).toThrow(`[Stack/Key] 'expires' must be a day, YYYY-MM-DD, got '${expires}'; write for example '2027-06-30'`);
  });
});
