import * as fc from 'fast-check';
import { confusedToken, encode, Signer, signer, token } from './tokens';
import { claims, EC, ED, event, ISSUER, OTHER_ISSUER, RSA, World } from './world';

const CANARY = 'CANARY';
const DECLARED = ['Unauthorized', 'the keys of the issuer are not available', 'the event is not one of a REQUEST authorizer of a REST API'];

/** A key that the issuer does not have, under the id of one that it has. */
const FOREIGN = signer('RS256', RSA.kid);
const KEYS: Signer[] = [RSA, EC, ED, FOREIGN];

const json = fc.jsonValue();
const attackerText = fc.string({ maxLength: 40 }).map((text) => `${CANARY}${text}`);

const header = fc.record({
  alg: fc.oneof(fc.constantFrom('none', 'None', 'HS256', 'RS256', 'ES256', 'EdDSA', 'PS256', ''), json),
  kid: fc.oneof(fc.constantFrom(RSA.kid, EC.kid, ED.kid), attackerText, json),
  typ: fc.oneof(fc.constantFrom('JWT', 'at+jwt'), json),
  jwk: fc.constant(FOREIGN.jwk),
}, { requiredKeys: [] });

const payload = fc.record({
  iss: fc.oneof(fc.constantFrom(ISSUER, OTHER_ISSUER), attackerText, json),
  aud: json,
  sub: fc.oneof(attackerText, json),
  exp: fc.oneof(fc.integer(), fc.double(), json),
  scope: fc.oneof(attackerText, json),
  token_use: fc.oneof(fc.constantFrom('id', 'access'), json),
}, { requiredKeys: [] });

/** Any of the many things that are no token of the issuer. */
const notAToken = fc.oneof(
  attackerText,
  fc.tuple(fc.string(), fc.string(), fc.string()).map((parts) => parts.map(encode).join('.')),
  fc.tuple(header, payload, fc.base64String()).map(([h, p, signature]) => `${encode(h)}.${encode({ ...claims(), ...p })}.${signature.replace(/\W/g, '')}A`),
  fc.tuple(payload, header).map(([p, h]) => token(FOREIGN, { ...claims(), ...p }, h)),
  fc.tuple(payload, header).filter(([p]) => Object.keys(p).length > 0).map(([p, h]) => token(ED, { ...claims(p), nonce: CANARY }, h)),
  payload.map((p) => confusedToken(RSA, { ...claims(), ...p })),
  fc.constantFrom(...KEYS).map((key) => { // claims that were swapped after signing
    const [h, , signature] = token(key, claims()).split('.');
    return `${h}.${encode(claims({ sub: CANARY }))}.${signature}`;
  }),
);

/** One character of a good token replaced by another. */
const damaged = fc.tuple(fc.constantFrom(RSA, EC, ED), fc.nat(), fc.constantFrom(...'AQgwZz09-_.=%')).map(([key, at, character]) => {
  const good = token(key, claims({ sub: CANARY }));
  const index = at % good.length;
  return { good, bad: good.slice(0, index) + character + good.slice(index + 1) };
});

const sent = (world: World) => JSON.stringify(world.logged);

test('nothing but a token of the issuer is allowed, whatever it looks like, and nothing of it is logged or thrown', async () => {
  await fc.assert(fc.asyncProperty(notAToken, async (text) => {
    const world = new World();
    expect(DECLARED).toContain(await world.bearing(text));
    expect(sent(world)).not.toContain(CANARY);
    expect(world.logged.length).toBeGreaterThan(0);
  }), { numRuns: 2000 });
});

test('a token of which one character changed is refused, unless its bytes are the same', async () => {
  await fc.assert(fc.asyncProperty(damaged, async ({ good, bad }) => {
    const bytes = (text: string) => text.split('.').map((part) => Buffer.from(part, 'base64').toString('hex')).join('.');
    const world = new World();
    const outcome = await world.bearing(bad);
    if (bytes(good) === bytes(bad)) expect(['allow', 'Unauthorized']).toContain(outcome);
    else expect(outcome).toBe('Unauthorized');
    expect(sent(world)).not.toContain(CANARY);
  }), { numRuns: 2000 });
});

test('claims of any shape, rightly signed, are judged and never leak', async () => {
  await fc.assert(fc.asyncProperty(payload, fc.constantFrom(RSA, EC, ED), async (changes, key) => {
    const world = new World();
    expect(['allow', 'deny', ...DECLARED]).toContain(await world.bearing(token(key, { ...claims(), ...changes })));
    expect(sent(world)).not.toContain(CANARY);
  }), { numRuns: 1000 });
});

test('an event of any shape is never allowed without a token', async () => {
  const shape = fc.record({
    type: json,
    methodArn: fc.oneof(fc.constant('arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/1'), json),
    headers: fc.oneof(fc.dictionary(fc.constantFrom('Authorization', 'authorization', 'x'), fc.oneof(attackerText, json)), json),
    multiValueHeaders: fc.oneof(fc.dictionary(fc.constantFrom('Authorization', 'AUTHORIZATION'), fc.oneof(fc.array(attackerText), json)), json),
    stageVariables: json,
    requestContext: fc.oneof(fc.record({ httpMethod: fc.oneof(fc.constant('GET'), json), resourcePath: fc.oneof(fc.constant('/orders/{id}'), json) }), json),
  }, { requiredKeys: [] });
  await fc.assert(fc.asyncProperty(fc.oneof(shape, json), async (request) => {
    const world = new World();
    expect(DECLARED).toContain(await world.outcome(request as never));
    expect(sent(world)).not.toContain(CANARY);
  }), { numRuns: 2000 });
});

test('whatever an issuer serves as keys, its tokens are judged or the keys are unavailable', async () => {
  const jwk = fc.oneof(json, fc.record({
    kty: fc.constantFrom('RSA', 'EC', 'OKP', 'oct'),
    kid: fc.constantFrom(RSA.kid, 'other'),
    n: fc.oneof(fc.constant(RSA.jwk.n), json),
    e: fc.oneof(fc.constant('AQAB'), json),
    crv: fc.oneof(fc.constantFrom('P-256', 'Ed25519'), json),
    x: fc.base64String(),
    y: fc.base64String(),
  }, { requiredKeys: [] }));
  await fc.assert(fc.asyncProperty(fc.oneof(fc.array(jwk, { maxLength: 5 }).map((keys) => ({ keys })), json), async (document) => {
    const world = new World();
    world.documents.set(`${ISSUER}/keys`, document);
    expect(['allow', ...DECLARED]).toContain(await world.bearing(token(RSA, claims())));
    expect(DECLARED).toContain(await world.bearing(token(FOREIGN, claims())));
  }), { numRuns: 1000 });
});

test('a path that a caller chose never widens the policy', async () => {
  await fc.assert(fc.asyncProperty(fc.string(), async (path) => {
    const world = new World();
    const request = event(`Bearer ${token(ED, claims())}`, { methodArn: `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/${path}` });
    const { policyDocument } = await world.handler(request);
    expect(policyDocument.Statement[0]).toMatchObject({ Resource: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/*' });
  }));
});
