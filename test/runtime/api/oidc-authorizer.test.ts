import { confusedToken, encode, signer, token } from './tokens';
import { AUDIENCE, claims, EC, ED, event, ISSUER, ISSUERS, NOW, OTHER_ISSUER, RSA, World } from './world';
import { parseIssuers } from '../../../src/runtime/api/issuers';
import { oidcAuthorizer } from '../../../src/runtime/api/oidc-authorizer';
import { scopeVariable } from '../../../src/runtime/api/scope-variable';

const SECONDS = NOW / 1000;

let world: World;

beforeEach(() => { world = new World(); });

/** Expects 401, and the one line of the log that says why. */
async function expectRefused(text: string, reason: string, issuer: string | undefined = ISSUER) {
  expect(await world.bearing(text)).toBe('Unauthorized');
  expect(world.logged).toEqual([{ outcome: 'denied', reason, route: 'GET /orders/{id}', ...issuer && { issuer } }]);
}

describe('a good token', () => {
  test.each([['RS256', RSA], ['ES256', EC], ['EdDSA', ED]])('passes when signed with %s, and logs nothing', async (_alg, key) => {
    expect(await world.bearing(token(key, claims()))).toBe('allow');
    expect(world.logged).toEqual([]);
  });

  test.each(['RS384', 'RS512', 'ES384', 'ES512'])('passes when signed with %s', async (alg) => {
    const key = signer(alg, 'k');
    world.documents.set(`${ISSUER}/keys`, { keys: [key.jwk] });
    expect(await world.bearing(token(key, claims()))).toBe('allow');
  });

  test('is allowed on its route for every value of the path parameter, and nowhere else', async () => {
    expect(await world.handler(event(`Bearer ${token(RSA, claims())}`))).toEqual({
      principalId: `${ISSUER}|user-7`,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/*' }],
      },
      context: { issuer: ISSUER, subject: 'user-7', clientId: 'partner-app', scope: 'orders:read orders:write' },
    });
  });

  test('passes when the keys are found by discovery', async () => {
    expect(await world.bearing(token(EC, claims({ iss: OTHER_ISSUER })))).toBe('allow');
    expect(world.fetched).toEqual(['https://id.example.org/.well-known/openid-configuration', 'https://keys.example.org/set?tenant=1']);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['several audiences', { aud: ['billing', 'orders'] }, {}],
    ['scopes in scp as text', { scope: undefined, scp: 'orders:read' }, { typ: 'JWT' }],
    ['scopes in scp as an array', { scope: undefined, scp: ['orders:read', 7] }, { typ: undefined }],
    ['the full media type', {}, { typ: 'application/at+JWT' }],
    ['a nbf and an iat that a slow clock has not reached', { nbf: SECONDS + 30, iat: SECONDS + 30 }, {}],
    ['an exp that a fast clock has passed', { exp: SECONDS - 29 }, {}],
    ['no client id', { client_id: undefined }, {}],
    ['a token type in lower case', {}, { typ: 'jwt' }],
    ['a Cognito access token, whose client stands in for the audience', { aud: undefined, client_id: 'orders', token_use: 'access' }, { typ: undefined }],
  ])('passes with %s', async (_name, changes, header) => {
    expect(await world.bearing(token(RSA, claims(changes), header))).toBe('allow');
  });

  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['its client for a subject it does not name', { sub: undefined }, { subject: 'partner-app', clientId: 'partner-app' }],
    ['the client that azp names', { client_id: undefined, azp: 'spa' }, { subject: 'user-7', clientId: 'spa' }],
    ['the client that cid names', { client_id: undefined, cid: 'native' }, { subject: 'user-7', clientId: 'native' }],
    ['an empty client id that no claim names', { client_id: undefined }, { subject: 'user-7', clientId: '' }],
    ['each scope once', { scp: ['orders:read', 'x"y', ''] }, { scope: 'orders:read orders:write' }],
  ])('tells the integration %s', async (_name, changes, context) => {
    expect((await world.handler(event(`Bearer ${token(RSA, claims(changes))}`))).context).toMatchObject(context);
  });

  test('tells the integration as many whole scopes as fit', async () => {
    const scopes = ['orders:read', ...Array.from({ length: 200 }, (_, index) => `scope-number-${index}`)];
    const { context } = await world.handler(event(`Bearer ${token(RSA, claims({ scope: scopes.join(' ') }))}`));
    expect(context.scope.length).toBeLessThanOrEqual(1024);
    expect(scopes.join(' ').startsWith(`${context.scope} `)).toBe(true);
  });
});

describe('a route', () => {
  const granting = (resourcePath: string, methodArn: string) => event(`Bearer ${token(RSA, claims())}`, {
    methodArn: `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/${methodArn}`,
    requestContext: { httpMethod: 'POST', resourcePath },
    stageVariables: { [scopeVariable('POST', resourcePath)]: 'orders:write' },
  });

  test.each([
    ['/', 'POST/', 'POST/'],
    ['/orders', 'POST/orders', 'POST/orders'],
    ['/{proxy+}', 'POST/a/b/c', 'POST/*'],
    ['/partners/{partner}/orders/{id}', 'POST/partners/*/orders/../..', 'POST/partners/*/orders/*'],
  ])('%s is allowed by the API\'s definition, whatever the path', async (resourcePath, methodArn, resource) => {
    const { policyDocument } = await world.handler(granting(resourcePath, methodArn));
    expect(policyDocument.Statement[0]).toMatchObject({ Effect: 'Allow', Resource: `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/${resource}` });
  });

  test('denies a token without one of its scopes', async () => {
    const { policyDocument, context } = await world.handler(event(`Bearer ${token(RSA, claims({ scope: 'orders:readonly orders' }))}`));
    expect(policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/*' }]);
    expect(context.subject).toBe('user-7');
    expect(world.logged).toEqual([{ outcome: 'denied', reason: 'missing-scope', route: 'GET /orders/{id}', issuer: ISSUER }]);
  });

  test('denies a token that says it is an access token and bears no scope', async () => {
    expect(await world.bearing(token(RSA, claims({ scope: undefined })))).toBe('deny');
  });

  test.each<[string, Record<string, unknown> | null]>([
    ['no stage variables', null],
    ['no variable of the route', { [scopeVariable('POST', '/orders/{id}')]: 'orders:read' }],
    ['an empty variable', { [scopeVariable('GET', '/orders/{id}')]: '' }],
    ['a variable of commas', { [scopeVariable('GET', '/orders/{id}')]: ',,' }],
    ['a variable that is no text', { [scopeVariable('GET', '/orders/{id}')]: ['orders:read'] }],
  ])('with %s lets no one in, and says that it is not configured', async (_name, stageVariables) => {
    expect(await world.outcome(event(`Bearer ${token(RSA, claims())}`, { stageVariables }))).toBe('deny');
    expect(world.logged).toEqual([{ outcome: 'misconfigured', reason: 'no-scopes-configured', route: 'GET /orders/{id}' }]);
  });

  test('keeps the name of its stage variable', () => {
    expect(scopeVariable('POST', '/orders/{id}')).toBe('scopes_a49e745e52bfeac9');
  });
});

describe('a request', () => {
  test.each<[string, Record<string, unknown>]>([
    ['no header', { headers: {}, multiValueHeaders: null }],
    ['another scheme', { headers: { Authorization: 'Basic dXNlcjpwYXNz' }, multiValueHeaders: {} }],
    ['no scheme', { headers: { Authorization: token(RSA, claims()) }, multiValueHeaders: {} }],
    ['two tokens in one header', { headers: { Authorization: 'Bearer a, Bearer b' }, multiValueHeaders: {} }],
    ['a header that is no text', { headers: { Authorization: 7 }, multiValueHeaders: {} }],
  ])('with %s is refused', async (_name, headers) => {
    expect(await world.outcome(event(undefined, headers))).toBe('Unauthorized');
    expect(world.reasons).toEqual(['no-bearer-token']);
  });

  test('may write the header and its scheme in any case', async () => {
    const headers = { headers: { authorization: `bearer  ${token(RSA, claims())}` }, multiValueHeaders: null };
    expect(await world.outcome(event(undefined, headers))).toBe('allow');
  });

  const good = `Bearer ${token(RSA, claims())}`;
  test.each<[string, Record<string, unknown>]>([
    ['two values', { headers: { Authorization: good }, multiValueHeaders: { Authorization: [good, 'Bearer x'] } }],
    ['the same value twice', { headers: { Authorization: good }, multiValueHeaders: { Authorization: [good, good] } }],
    ['two ways to write its name', { headers: { Authorization: good, authorization: 'Bearer x' }, multiValueHeaders: null }],
    ['one value under two ways to write its name', { headers: { Authorization: good, authorization: good }, multiValueHeaders: null }],
    ['another value than all its values', { headers: { Authorization: good }, multiValueHeaders: { Authorization: ['Bearer x'] } }],
  ])('whose header has %s is refused', async (_name, headers) => {
    expect(await world.outcome(event(undefined, headers))).toBe('Unauthorized');
    expect(world.reasons).toEqual(['several-tokens']);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['no ARN', event(good, { methodArn: undefined })],
    ['an ARN of another method', event(good, { methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/POST/orders/1' })],
    ['an ARN without a stage', event(good, { methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3' })],
    ['an ARN with a wildcard', event(good, { methodArn: 'arn:aws:execute-api:*:111122223333:a1b2c3/live/GET/' })],
    ['a stage with a wildcard', event(good, { methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*/GET/' })],
    ['no request context', event(good, { requestContext: undefined })],
    ['a resource path with a wildcard', event(good, { requestContext: { httpMethod: 'GET', resourcePath: '/*' } })],
    ['a method with a wildcard', event(good, { requestContext: { httpMethod: '*', resourcePath: '/orders' } })],
  ])('that is %s is a fault, which is never allowed', async (_name, request) => {
    expect(await world.outcome(request as never)).toBe('the event is not one of a REQUEST authorizer of a REST API');
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'unusable-event' }]);
  });
});

describe('a token is refused', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['that has expired', 'expired', { exp: SECONDS - 30 }],
    ['that never expires', 'expired', { exp: undefined }],
    ['that is not valid yet', 'not-yet-valid', { nbf: SECONDS + 31 }],
    ['that was issued in the future', 'not-yet-valid', { iat: SECONDS + 31 }],
    ['for another audience', 'wrong-audience', { aud: 'https://other.example.com' }],
    ['for other audiences', 'wrong-audience', { aud: ['a', 'b'] }],
    ['for no audience', 'wrong-audience', { aud: undefined }],
    ['for an empty list of audiences', 'wrong-audience', { aud: [] }],
    ['whose client would do as audience, but is no Cognito token', 'wrong-audience', { aud: undefined, client_id: AUDIENCE }],
    ['of Cognito for another client', 'wrong-audience', { aud: undefined, token_use: 'access' }],
    ['of Cognito whose client would do, but which has another audience', 'wrong-audience', { aud: 'x', client_id: AUDIENCE, token_use: 'access' }],
    ['with a nonce', 'not-an-access-token', { nonce: 'n' }],
    ['with an at_hash', 'not-an-access-token', { at_hash: 'h' }],
    ['with a c_hash', 'not-an-access-token', { c_hash: 'h' }],
    ['that is an ID token of Cognito', 'not-an-access-token', { token_use: 'id' }],
    ['bound to a key whose proof is not verified', 'sender-constrained', { cnf: { jkt: 'x' } }],
    ['about no one', 'unusable-subject', { sub: undefined, client_id: undefined }],
    ['about an empty subject', 'unusable-subject', { sub: '' }],
    ['about a subject with a line break', 'unusable-subject', { sub: 'a\nb' }],
    ['about a subject that is too long', 'unusable-subject', { sub: 'a'.repeat(256) }],
    ['of a client with a control character', 'unusable-subject', { client_id: 'a\u0000b' }],
    ['of a client that is no text', 'unusable-subject', { client_id: { a: 1 } }],
  ])('%s', async (_name, reason, changes) => {
    await expectRefused(token(RSA, claims(changes)), reason);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['says nothing that only an access token says', { scope: undefined }, { typ: 'JWT' }],
    ['has empty scopes and no type', { scope: ' ' }, { typ: undefined }],
    ['has scopes but another type', {}, { typ: 'logout+jwt' }],
    ['has a type that is no text', {}, { typ: 7 }],
  ])('that %s', async (_name, changes, header) => {
    await expectRefused(token(RSA, claims(changes), header), 'not-an-access-token');
  });

  test('of an issuer that is not configured, without naming it', async () => {
    await expectRefused(token(RSA, claims({ iss: `${ISSUER}/` })), 'unknown-issuer', '');
    expect(world.fetched).toEqual([]);
  });

  test('of no issuer', async () => {
    await expectRefused(token(RSA, claims({ iss: undefined })), 'unknown-issuer', '');
  });

  test('of one issuer signed by another', async () => {
    world.documents.set('https://keys.example.org/set?tenant=1', { keys: [signer('RS256', RSA.kid).jwk] });
    await expectRefused(token(RSA, claims({ iss: OTHER_ISSUER })), 'bad-signature', OTHER_ISSUER);
  });

  test('whose claims were changed', async () => {
    const [header, , signature] = token(RSA, claims({ scope: 'none' })).split('.');
    await expectRefused(`${header}.${encode(claims())}.${signature}`, 'bad-signature');
  });

  test.each([
    ['alg none and a signature', `${encode({ alg: 'none', kid: RSA.kid })}.${encode(claims())}.AAAA`, 'algorithm'],
    ['HS256 under the public key', confusedToken(RSA, claims()), 'algorithm'],
    ['PS256, which the library does not know', token({ ...RSA, alg: 'PS256' }, claims()), 'algorithm'],
    ['no algorithm', token(RSA, claims(), { alg: undefined }), 'algorithm'],
    ['ES256 and the id of an RSA key', token({ ...EC, kid: RSA.kid }, claims()), 'algorithm'],
    ['RS256 and the id of an EC key', token({ ...RSA, kid: EC.kid }, claims()), 'algorithm'],
    ['RS512 and a key that is for RS256', token({ ...RSA, alg: 'RS512' }, claims()), 'algorithm'],
    ['ES384 and the id of a P-256 key', token(EC, claims(), { alg: 'ES384' }), 'algorithm'],
    ['EdDSA and the id of an EC key', token({ ...ED, kid: EC.kid }, claims()), 'algorithm'],
    ['no key id', token(RSA, claims(), { kid: undefined }), 'unknown-key'],
    ['a key id that the issuer does not have', token(RSA, claims(), { kid: 'x' }), 'unknown-key'],
  ])('with %s', async (_name, text, reason) => {
    await expectRefused(text, reason);
  });

  test('whose algorithm is for another curve than that of a key that states no algorithm', async () => {
    const { alg: _stated, ...jwk } = EC.jwk;
    world.documents.set(`${ISSUER}/keys`, { keys: [jwk] });
    expect(await world.bearing(token(EC, claims()))).toBe('allow');
    await expectRefused(token({ ...EC, alg: 'ES384' }, claims()), 'algorithm');
  });

  test.each(['crit', 'jku', 'jwk', 'x5u', 'x5c'])('whose header has %s', async (name) => {
    await expectRefused(token(RSA, claims(), { [name]: name === 'jwk' ? RSA.jwk : ['x'] }), 'unsupported-header', '');
  });

  test.each([
    ['alg none and no signature', `${encode({ alg: 'none' })}.${encode(claims())}.`],
    ['two parts', 'a.b'],
    ['five parts', 'a.b.c.d.e'],
    ['a header that is no JSON', `${encode('{')}.${encode(claims())}.AAAA`],
    ['a header that is an array', `${encode([])}.${encode(claims())}.AAAA`],
    ['claims that are null', token(RSA, null)],
    ['an exp that is text', token(RSA, claims({ exp: '9999999999' }))],
    ['a scope that is an array', token(RSA, claims({ scope: ['orders:read'] }))],
    ['an issuer that is an array', token(RSA, claims({ iss: [ISSUER] }))],
  ])('with %s', async (_name, text) => {
    await expectRefused(text, 'malformed-token', '');
  });

  test('of more than 8 KiB', async () => {
    await expectRefused(token(RSA, claims({ pad: 'x'.repeat(7000) })), 'token-too-large', '');
  });

  test('by an algorithm that its issuer is not configured for', async () => {
    world = new World(parseIssuers(JSON.stringify([{ issuer: ISSUER, audiences: [AUDIENCE], algorithms: ['ES256'], jwksUri: `${ISSUER}/keys` }])));
    await expectRefused(token(RSA, claims()), 'algorithm');
    expect(await world.bearing(token(EC, claims()))).toBe('allow');
  });
});

describe('our own fault', () => {
  test('is never allowed and tells what happened: the keys cannot be fetched', async () => {
    world.documents.set(`${ISSUER}/keys`, new Error('GET https://login.example.com/tenant/keys: ECONNREFUSED'));
    const fault = await world.handler(event(`Bearer ${token(RSA, claims())}`)).catch((error: unknown) => error as Error);
    expect(fault).toMatchObject({ message: 'the keys of the issuer are not available', cause: { message: expect.stringContaining('ECONNREFUSED') } });
    expect(world.logged).toEqual([
      { outcome: 'fault', reason: 'keys-not-fetched', issuer: ISSUER, detail: 'GET https://login.example.com/tenant/keys: ECONNREFUSED' },
      { outcome: 'fault', reason: 'keys-unavailable', route: 'GET /orders/{id}', issuer: ISSUER },
    ]);
  });

  test('is passed on when it is none that is known', async () => {
    const handler = oidcAuthorizer(ISSUERS, { ...world.ports(), now: () => { throw new Error('no clock'); } });
    await expect(handler(event(`Bearer ${token(RSA, claims())}`))).rejects.toThrow('no clock');
    expect(world.logged).toEqual([]);
  });
});
