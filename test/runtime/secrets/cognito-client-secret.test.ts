import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { CLIENT_ID, USER_POOL_ID, appClientOf, COGNITO } from './harness/fake-cognito';
import { announce, callSecretsManager } from './harness/fake-secrets-manager';
import { clientOf, ServiceError } from './harness/service';
import { bytesOf, DAY, FIRST, freshWorld, MINUTES, NOW, pass, SECRET_ARN, settledWorld } from './harness/world';
import { Scene } from './scene';
import { clientCheck } from '../../../src/runtime/secrets/cognito-client-check';
import { BESIDE } from '../../../src/runtime/secrets/cognito-client-secret';
import { parseCognitoSettings } from '../../../src/runtime/secrets/cognito-settings';

const STRATEGY = 'cognito-client-secret';
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

let scene: Scene;
beforeEach(() => { scene = new Scene(STRATEGY, settledWorld(STRATEGY)); });

const valuesOf = () => appClientOf(scene.world).secrets.map(({ value }) => value);
const valueIn = (version: string) => (JSON.parse(scene.contentOf(version)!) as Record<string, string>).clientSecret;

describe('a secret of an app client', () => {
  test('has 64 letters and digits, names client and version, and is added with that value beside the one there is', async () => {
    announce(scene.world.secret, 'p', NOW);
    await scene.steps('createSecret', 'setSecret');
    expect(JSON.parse(scene.contentOf('p')!)).toEqual({ clientId: CLIENT_ID, clientSecret: expect.stringMatching(/^[0-9a-f]{64}$/), kid: 'p' });
    expect(valuesOf()).toEqual([valueIn(FIRST), valueIn('p')]);
    expect(scene.calls.find(({ operation }) => operation === 'AddUserPoolClientSecret')!.input)
      .toEqual({ UserPoolId: USER_POOL_ID, ClientId: CLIENT_ID, ClientSecret: valueIn('p') });
  });

  test('whose answer was lost is not added again, and is known again', async () => {
    announce(scene.world.secret, 'p', NOW);
    await scene.step('createSecret');
    scene.before = (call) => {
      if (call.operation !== 'AddUserPoolClientSecret') return;
      COGNITO.call(scene.world, call.operation, call.input);
      throw new ServiceError('TimeoutError');
    };
    await expect(scene.step('setSecret')).rejects.toThrow('setSecret failed: TimeoutError');
    scene.before = () => undefined;
    await scene.steps(...STEPS);
    expect(valuesOf()).toEqual([valueIn(FIRST), valueIn('p')]);
    pass(scene.world, DAY);
    await scene.reconcile();
    expect(valuesOf()).toEqual([valueIn('p')]);
  });

  test('that Cognito made with the client works until the first overlap has ended, and then goes', async () => {
    scene = new Scene(STRATEGY, freshWorld(STRATEGY));
    const [original] = valuesOf();
    await scene.rotate();
    pass(scene.world, 119 * MINUTES);
    await scene.reconcile();
    expect(valuesOf()).toEqual([original, valueIn('p')]);
    pass(scene.world, 1 * MINUTES);
    await scene.reconcile();
    expect(valuesOf()).toEqual([valueIn('p')]);
  });

  test('of a rotation that was abandoned goes, and the current one stays', async () => {
    announce(scene.world.secret, 'p', NOW);
    await scene.steps('createSecret', 'setSecret');
    pass(scene.world, DAY);
    await scene.reconcile();
    await scene.reconcile();
    expect(valuesOf()).toEqual([valueIn(FIRST)]);
  });

  test('that somebody added by hand stops the rotation, and is not deleted', async () => {
    appClientOf(scene.world).secrets.push({ id: 'by hand', value: 'by hand', created: NOW - DAY });
    announce(scene.world.secret, 'p', NOW);
    await scene.step('createSecret');
    await expect(scene.step('setSecret')).rejects.toThrow('the client has two secrets already');
    pass(scene.world, DAY);
    await scene.reconcile();
    expect(valuesOf()).toEqual([valueIn(FIRST), 'by hand']);
  });

  test('stays beside the older one where a value was put by hand within its overlap, until somebody deletes one', async () => {
    await scene.rotate();
    callSecretsManager(scene.world.secret, 'PutSecretValue', { SecretId: SECRET_ARN, ClientRequestToken: 'm', SecretString: '{"by":"hand"}' }, NOW);
    pass(scene.world, DAY);
    await scene.reconcile();
    expect(valuesOf()).toEqual([valueIn(FIRST), valueIn('p')]);
    expect(scene.reasons).toEqual(expect.arrayContaining(['kept: current-does-not-work', 'fault: current-does-not-work']));
    await expect(scene.rotate('q')).rejects.toThrow('the client has two secrets already');
    appClientOf(scene.world).secrets.shift();
    for (const step of STEPS) await scene.step(step, 'q');
    expect([scene.works('q'), scene.works('p')]).toEqual([true, true]);
  });

  test('is refused for a client without any', async () => {
    appClientOf(scene.world).secrets.length = 0;
    announce(scene.world.secret, 'p', NOW);
    await scene.step('createSecret');
    await expect(scene.step('setSecret')).rejects.toThrow('the client has no secret');
  });

  test('waits while another version may be adding its own, and leaves one label when it is its turn', async () => {
    const label = `${BESIDE}${appClientOf(scene.world).secrets[0].id}`;
    const { versions } = scene.world.secret;
    versions.other = { stages: [label], created: NOW, content: '{}' };
    versions.older = { stages: [`${BESIDE}gone`], created: NOW - DAY, content: '{}' };
    announce(scene.world.secret, 'p', NOW);
    await scene.step('createSecret');
    await expect(scene.step('setSecret')).rejects.toThrow('another rotation may be adding a secret');
    versions.other.created = NOW - DAY;
    await scene.step('setSecret');
    expect([versions.p.stages, versions.other.stages, versions.older.stages]).toEqual([['AWSPENDING', label], [], []]);
  });

  test('whose place was taken by another invocation is left to the probe', async () => {
    announce(scene.world.secret, 'p', NOW);
    await scene.step('createSecret');
    scene.before = ({ operation }) => (operation === 'AddUserPoolClientSecret' ? { error: 'LimitExceededException', message: 'two' } : undefined);
    await scene.step('setSecret');
    await expect(scene.step('testSecret')).rejects.toThrow('does not accept the secret');
    expect(scene.operations.filter((operation) => operation === 'InitiateAuth')).toHaveLength(2);
  });

  test.each(['{"clientId":"other","clientSecret":"V","kid":"p"}', `{"clientId":"${CLIENT_ID}","clientSecret":"V","kid":"q"}`, '{}', 'canary', `{"clientId":"${CLIENT_ID}","clientSecret":"short","kid":"p"}`,
    `{"clientId":"${CLIENT_ID}","clientSecret":"V","kid":"p","more":1}`])('is not taken from %s', async (content) => {
    announce(scene.world.secret, 'p', NOW);
    Object.assign(scene.world.secret.versions.p, { content: content.replace('V', bytesOf(1)(32).toString('hex')) });
    await expect(scene.step('setSecret')).rejects.toThrow(/^the version holds something that rotation did not make for it$/);
  });

  test('is not touched where a listing has no id, and is never old without a date', async () => {
    await scene.rotate();
    pass(scene.world, DAY);
    scene.before = ({ operation }) => (operation === 'ListUserPoolClientSecrets' ? { output: { ClientSecrets: [{}] } } : undefined);
    await expect(scene.reconcile()).rejects.toThrow('lists a secret without an id');
    const [{ id: older }, { id: newer }] = appClientOf(scene.world).secrets;
    scene.before = ({ operation }) => (operation === 'ListUserPoolClientSecrets'
      ? { output: { ClientSecrets: [{ ClientSecretId: newer }, { ClientSecretId: older }] } } : undefined);
    await scene.reconcile();
    expect(valuesOf()).toHaveLength(2);
    scene.before = ({ operation }) => (operation === 'ListUserPoolClientSecrets' ? { output: {} } : undefined);
    await scene.reconcile();
    expect(valuesOf()).toHaveLength(2);
  });

  test('may be gone already', async () => {
    await scene.rotate();
    pass(scene.world, DAY);
    scene.before = ({ operation }) => (operation === 'DeleteUserPoolClientSecret' ? { error: 'ResourceNotFoundException', message: 'gone' } : undefined);
    await scene.reconcile();
    expect(scene.reasons).toContain('revoked: deleted');
  });

  test('that cannot be deleted keeps the label of the previous version, so that it is tried again', async () => {
    await scene.rotate();
    pass(scene.world, DAY);
    scene.before = ({ operation }) => (operation === 'DeleteUserPoolClientSecret' ? { error: 'TooManyRequestsException', message: 'slow' } : undefined);
    await expect(scene.reconcile()).rejects.toThrow('reconcile failed: TooManyRequestsException');
    expect(scene.stagesOf(FIRST)).toEqual(['AWSPREVIOUS']);
  });
});

describe('the check by a sign-in', () => {
  const check = (answers: Record<string, string | undefined>) => {
    let asked = 0;
    return clientCheck({
      clientId: CLIENT_ID,
      randomBytes: bytesOf(1),
      fetch,
      client: clientOf<CognitoIdentityProviderClient>(async () => {
        const answer = answers[asked++ === 0 ? 'secret' : 'control'];
        if (answer) throw new ServiceError(answer, 'canary');
        return { ChallengeName: 'PASSWORD_VERIFIER' };
      }),
    })('a'.repeat(64));
  };

  test.each([['UserNotFoundException'], [undefined]])('accepts a secret that is answered by %s, where a wrong one is not', async (secret) => {
    expect(await check({ secret, control: 'NotAuthorizedException' })).toBe(true);
  });

  test('does not accept one that is not authorized', async () => {
    expect(await check({ secret: 'NotAuthorizedException' })).toBe(false);
  });

  test.each([
    ['UserNotFoundException', 'UserNotFoundException'], [undefined, undefined], ['InvalidParameterException', 'InvalidParameterException'],
    ['InvalidParameterException', 'NotAuthorizedException'], [undefined, 'InvalidParameterException'],
  ])('cannot tell if %s is answered to the secret and %s to a wrong one', async (secret, control) => {
    await expect(check({ secret, control })).rejects.toMatchObject({ reason: 'probe-cannot-tell' });
  });

  test('fails with what the pool fails with', async () => {
    await expect(check({ secret: 'TooManyRequestsException' })).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});

describe('the check by the token endpoint', () => {
  const asked: Array<RequestInit & { url: string }> = [];
  const check = (...answers: Array<[status: number, body: string]>) => clientCheck({
    clientId: CLIENT_ID,
    randomBytes: bytesOf(1),
    client: clientOf<CognitoIdentityProviderClient>(async () => { throw new Error('not asked'); }),
    tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token',
    fetch: (async (url: string, request: RequestInit) => {
      asked.push({ ...request, url });
      const [status, body] = answers[asked.length - 1];
      return new Response(body, { status });
    }) as typeof fetch,
  })('a'.repeat(64));
  const error = (code: string): [number, string] => [400, JSON.stringify({ error: code })];

  beforeEach(() => { asked.length = 0; });

  test.each(['invalid_grant', 'unauthorized_client'])('accepts a secret that is answered by %s, where a wrong one is not', async (code) => {
    expect(await check(error(code), error('invalid_client'))).toBe(true);
    expect(asked[0]).toMatchObject({ url: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token', method: 'POST', redirect: 'error' });
    expect(asked[0].body).toBe(`grant_type=refresh_token&refresh_token=none&client_id=${CLIENT_ID}`);
    const told = asked.map(({ headers }) => Buffer.from((headers as Record<string, string>).authorization.slice('Basic '.length), 'base64').toString());
    expect(told[0]).toBe(`${CLIENT_ID}:${'a'.repeat(64)}`);
    expect(told[1]).toMatch(new RegExp(`^${CLIENT_ID}:[0-9a-f]{64}$`));
    expect(told[1]).not.toBe(told[0]);
  });

  test('does not accept one that is no secret of the client', async () => {
    expect(await check(error('invalid_client'))).toBe(false);
  });

  test.each<[[number, string], [number, string]]>([
    [error('invalid_request'), error('invalid_request')], [error('invalid_grant'), error('invalid_grant')], [[503, '<html>'], error('invalid_client')],
    [[200, '{"access_token":"canary"}'], error('invalid_client')], [[400, 'null'], error('invalid_client')],
  ])('cannot tell from %j and %j', async (secret, control) => {
    await expect(check(secret, control)).rejects.toMatchObject({ reason: 'probe-cannot-tell' });
  });
});

describe('settings', () => {
  const GOOD = { USER_POOL_ID, CLIENT_ID };

  test('name pool and client, and may name a token endpoint', () => {
    expect(parseCognitoSettings(GOOD)).toEqual({ userPoolId: USER_POOL_ID, clientId: CLIENT_ID });
    expect(parseCognitoSettings({ ...GOOD, TOKEN_ENDPOINT: 'https://login.example.com/oauth2/token' })).toMatchObject({ tokenEndpoint: 'https://login.example.com/oauth2/token' });
  });

  test.each(['', 'http://a.example/oauth2/token', 'https://a.example/token', 'https://u:p@a.example/oauth2/token', 'https://a.example/oauth2/token?x', 'nonsense'])(
    'take no token endpoint such as %p', (TOKEN_ENDPOINT) => {
      expect(() => parseCognitoSettings({ ...GOOD, TOKEN_ENDPOINT })).toThrow('TOKEN_ENDPOINT must be an https URL that ends in /oauth2/token');
    });

  test.each([['USER_POOL_ID', undefined], ['USER_POOL_ID', 'nonsense'], ['CLIENT_ID', undefined], ['CLIENT_ID', 'a/b']])('refuse %s %p', (name, value) => {
    expect(() => parseCognitoSettings({ ...GOOD, [name]: value })).toThrow(`${name} must be the id of`);
  });
});
