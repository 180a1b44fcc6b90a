import { Call } from './iam/call';
import { judge } from './iam/judge';
import { Grant, Identity, Statement } from './iam/role';
import { siblingsOf } from './iam/siblings';

const ACCOUNT = '222222222222';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/00000000-0000-0000-0000-000000000000`;

const put: Call = { action: 'dynamodb:PutItem', resource: TABLE, context: {}, because: 'test' };
const decrypt: Call = {
  action: 'kms:Decrypt',
  resource: KEY,
  context: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:dynamodb:tableName': 'orders' },
  because: 'test',
};
const allow = (Action: string, resource: string): Grant => ({ Effect: 'Allow', Action, Resource: resource });

function identity(grants: readonly Grant[], denials: readonly Statement[] = [], boundary?: Grant): Identity {
  return {
    roleArn: ROLE,
    sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/function`,
    account: ACCOUNT,
    grants,
    denials,
    boundaries: boundary ? [{ name: 'boundary', policy: { Version: '2012-10-17', Statement: [boundary] } }] : [],
  };
}

const keyPolicy = (Condition: object, AWS = `arn:aws:iam::${ACCOUNT}:root`) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:Decrypt', Resource: '*', Condition }],
});
const judged = (who: Identity, calls: readonly Call[], policy?: unknown) =>
  judge(who, calls, { of: () => policy, all: policy === undefined ? [] : [{ arn: KEY, policy }] });

test('a role that grants what is called, and no more, passes', async () => {
  expect(await judged(identity([allow('dynamodb:PutItem', TABLE)]), [put, put])).toEqual({ calls: 2, denied: [], unexercised: [], siblings: 1, reachable: [] });
});

test('a missing permission is a denied call', async () => {
  expect(await judged(identity([]), [put])).toMatchObject({ denied: [`dynamodb:PutItem on ${TABLE} (test)`], unexercised: [] });
});

test.each<[string, Identity]>([
  ['the role', identity([allow('dynamodb:PutItem', TABLE)], [{ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }])],
  ['a boundary', identity([allow('dynamodb:PutItem', TABLE)], [], allow('s3:GetObject', '*'))],
])('what %s forbids is denied, and what is granted of it is unexercised', async (_, who) => {
  expect(await judged(who, [put])).toMatchObject({ denied: [expect.any(String)], unexercised: [`dynamodb:PutItem on ${TABLE}`] });
});

test.each<[string, Grant]>([
  ['another action', allow('dynamodb:DeleteItem', TABLE)],
  ['another resource', allow('dynamodb:PutItem', `${TABLE}-archive`)],
  ['the same again', allow('dynamodb:PutItem', `${TABLE}*`)],
])('a grant of %s is unexercised', async (_, more) => {
  const { unexercised } = await judged(identity([allow('dynamodb:PutItem', TABLE), more]), [put]);
  expect(unexercised).toContain(`${more.Action} on ${more.Resource}`);
});

test('a pattern that reaches beyond the resource is told', async () => {
  expect(await judged(identity([allow('dynamodb:PutItem', `${TABLE}*`)]), [put])).toMatchObject({ unexercised: [], reachable: [`dynamodb:PutItem on ${TABLE}-sibling (test)`] });
});

describe('a key', () => {
  const granted = identity([allow('kms:Decrypt', KEY)]);

  test('is closed to a role that its policy does not let in', async () => {
    expect((await judged(granted, [decrypt])).denied).toHaveLength(1);
    expect((await judged(granted, [decrypt], keyPolicy({}, `arn:aws:iam::${ACCOUNT}:role/other`))).denied).toHaveLength(1);
  });

  test.each<[string, object, number]>([
    ['its service', { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com', 'kms:CallerAccount': ACCOUNT } }, 0],
    ['another service', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, 1],
    ['its encryption context', { StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'orders' } }, 0],
    ['another encryption context', { StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'users' } }, 1],
  ])('that IAM opens for requests with %s decides so', async (_, condition, denied) => {
    expect((await judged(granted, [decrypt], keyPolicy(condition))).denied).toHaveLength(denied);
  });

  test('that names the role, which has the grant too, is one grant in two places', async () => {
    const policy = keyPolicy({}, ROLE);
    expect(await judged(granted, [decrypt], policy)).toMatchObject({ denied: [], unexercised: [], siblings: 1, reachable: [] });
    expect(await judged(identity([]), [decrypt], policy)).toMatchObject({ denied: [], unexercised: [], reachable: [] });
  });

  test('that names the role for what no call needs has a grant too many', async () => {
    expect((await judged(granted, [], keyPolicy({}, ROLE))).unexercised).toEqual([`kms:Decrypt on ${KEY}`, `kms:Decrypt by the policy of ${KEY}`]);
  });

  test('that names the role keeps another key closed, unless the role reaches it', async () => {
    expect((await judged(identity([allow('kms:Decrypt', '*')]), [decrypt], {
      Version: '2012-10-17', Statement: [...keyPolicy({}, ROLE).Statement, ...keyPolicy({}).Statement],
    })).reachable).toHaveLength(1);
  });

  test('that IAM opens is still closed to a role without a grant', async () => {
    expect((await judged(identity([]), [decrypt], keyPolicy({}))).denied).toHaveLength(1);
  });
});

test('a bucket policy that asks for TLS is obeyed', async () => {
  const get = (tls: string): Call => ({ action: 's3:GetObject', resource: 'arn:aws:s3:::b/orders/a', context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': tls }, because: 'test' });
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }],
  };
  const who = identity([allow('s3:GetObject', 'arn:aws:s3:::b/orders/*')]);
  expect((await judged(who, [get('1.3')], policy)).denied).toEqual([]);
  expect((await judged(who, [get('1.1')], policy)).denied).toHaveLength(1);
});

test.each<[string, Call, string]>([
  ['an action that does not exist', { ...put, action: 'dynamodb:PutItems' }, 'invalid.action'],
  ['a resource of another type', { ...put, resource: 'arn:aws:s3:::b' }, 'no.resource.types'],
  ['a pattern', { ...put, resource: `${TABLE}*` }, 'a pattern'],
  ['a context key that the action does not have', { ...put, context: { 's3:TlsVersion': '1.3' } }, 'knows no s3:TlsVersion'],
])('%s is not judged', async (_, call, message) => {
  await expect(judged(identity([allow('dynamodb:PutItem', '*')]), [call])).rejects.toThrow(message);
});

test.each<[string, string[]]>([
  ['arn:aws:s3:::b/orders/a.csv', ['arn:aws:s3:::b-sibling/orders/a.csv', 'arn:aws:s3:::b/orders-sibling/a.csv', 'arn:aws:s3:::b/sibling/orders/a.csv']],
  ['arn:aws:s3:::b/a.csv', ['arn:aws:s3:::b-sibling/a.csv']],
  ['arn:aws:s3:::b', ['arn:aws:s3:::b-sibling']],
  ['arn:aws:sqs:r:1:q', ['arn:aws:sqs:r:1:q-sibling']],
  ['arn:aws:transfer:r:1:host-key/s-1/hostkey-1', ['arn:aws:transfer:r:1:host-key/s-1-sibling/hostkey-1']],
  ['arn:aws:transfer:r:1:server/s-1', ['arn:aws:transfer:r:1:server/s-1-sibling']],
  ['arn:aws:dynamodb:r:1:table/t/index/i', ['arn:aws:dynamodb:r:1:table/t-sibling/index/i']],
  ['arn:aws:logs:r:1:log-group:g:log-stream:s', ['arn:aws:logs:r:1:log-group:g-sibling:log-stream:s']],
  ['arn:aws:kms:r:1:key/a0', ['arn:aws:kms:r:1:key/a1']],
  ['arn:aws:apigateway:r::/usageplans/p/keys', ['arn:aws:apigateway:r::/usageplans/psibling/keys']],
  ['arn:aws:apigateway:r::/apikeys/k', []],
  ['arn:aws:secretsmanager:r:1:secret:s-AbCdEf', ['arn:aws:secretsmanager:r:1:secret:s-sibling-AbCdEf']],
  ['*', []],
])('beside %s is %j', (arn, expected) => {
  expect(siblingsOf({ action: 'any:Call', resource: arn, context: {}, because: 'test' }, []).map(({ resource }) => resource)).toEqual(expected);
});

test.each<[string, Record<string, string | string[]>, Record<string, string | string[]>]>([
  ['other tags', { 'aws:ResourceTag/owner': 'a' }, { 'aws:ResourceTag/owner': 'a-sibling' }],
  ['another partition', { 'dynamodb:LeadingKeys': ['a'] }, { 'dynamodb:LeadingKeys': ['a-sibling'] }],
  ['another folder', { 's3:prefix': 'in/a/' }, { 's3:prefix': 'in/a-sibling/' }],
])('a call that a policy narrows is repeated for what has %s', (_, context, expected) => {
  const call = { action: 'any:Call', resource: '*', context, because: 'test' };
  const narrowed = { Effect: 'Allow', Action: 'any:Call', Resource: '*', Condition: { StringEquals: context } };
  expect(siblingsOf(call, [narrowed])).toEqual([{ ...call, context: expected }]);
  expect(siblingsOf(call, [{ ...narrowed, Condition: undefined }])).toEqual([]);
});
