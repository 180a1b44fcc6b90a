import * as fc from 'fast-check';
import { overMutualTls, RFC_CERTIFICATE, RFC_THUMBPRINT } from './certificates';
import { token } from './tokens';
import { claims, event, ISSUER, ISSUERS, RSA, World } from './world';
import { MUTUAL_TLS } from '../../../src/runtime/api/mutual-tls';
import { loopbackCertificate } from '../https-server';

const BOUND = { 'x5t#S256': RFC_THUMBPRINT };

let world: World;

beforeEach(() => { world = new World(ISSUERS, MUTUAL_TLS); });

/** What becomes of a token with that `cnf`, sent over a connection with that certificate. */
function sent(cnf: unknown, certificate: unknown = RFC_CERTIFICATE): Promise<string> {
  return world.outcome(event(`Bearer ${token(RSA, claims({ cnf }))}`, overMutualTls(certificate)));
}

test('a token passes over the connection whose certificate it is bound to, as RFC 8705 has it', async () => {
  expect(await sent(BOUND)).toBe('allow');
  expect(world.logged).toEqual([]);
});

test('a certificate that comes with its chain is the first one', async () => {
  expect(await sent(BOUND, `${RFC_CERTIFICATE}${(await loopbackCertificate()).cert}`)).toBe('allow');
});

test('a token that somebody else stole is refused', async () => {
  expect(await sent(BOUND, (await loopbackCertificate()).cert)).toBe('Unauthorized');
  expect(world.logged).toEqual([{ outcome: 'denied', reason: 'wrong-client-certificate', route: 'GET /orders/{id}', issuer: ISSUER }]);
});

test('a token that anybody may send is refused', async () => {
  expect(await sent(undefined)).toBe('Unauthorized');
  expect(world.reasons).toEqual(['not-sender-constrained']);
});

test.each<[string, unknown]>([
  ['to a key', { jkt: RFC_THUMBPRINT }],
  ['to a certificate and a key', { ...BOUND, jkt: RFC_THUMBPRINT }],
  ['to a hash of another length', { 'x5t#S256': 'A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v' }],
  ['to a hash with padding', { 'x5t#S256': `${RFC_THUMBPRINT}=` }],
  ['to several hashes', { 'x5t#S256': [RFC_THUMBPRINT] }],
  ['to nothing', {}],
  ['to null', null],
  ['to text', RFC_THUMBPRINT],
])('a token that is bound %s is refused', async (_name, cnf) => {
  expect(await sent(cnf)).toBe('Unauthorized');
  expect(world.reasons).toEqual(['sender-constrained']);
});

test.each<[string, unknown]>([
  ['no certificate', null], ['an empty one', ''], ['something that is none', 'CANARY'], ['a list', [RFC_CERTIFICATE]],
])('a good token over a connection with %s is refused, and somebody is told, since the API has another door', async (_name, certificate) => {
  expect(await sent(BOUND, certificate)).toBe('Unauthorized');
  expect(world.logged).toEqual([{ outcome: 'misconfigured', reason: 'no-client-certificate', route: 'GET /orders/{id}', issuer: ISSUER }]);
});

test.each([
  ['no identity', { httpMethod: 'GET', resourcePath: '/orders/{id}' }],
  ['no certificate in it', { httpMethod: 'GET', resourcePath: '/orders/{id}', identity: {} }],
])('an event with %s is one without a certificate', async (_name, requestContext) => {
  expect(await world.outcome(event(`Bearer ${token(RSA, claims({ cnf: BOUND }))}`, { requestContext }))).toBe('Unauthorized');
  expect(world.reasons).toEqual(['no-client-certificate']);
});

test('a bad token is refused for what it is, whatever the certificate', async () => {
  expect(await world.outcome(event(`Bearer ${token(RSA, claims({ cnf: BOUND, exp: 1 }))}`, overMutualTls(RFC_CERTIFICATE)))).toBe('Unauthorized');
  expect(world.reasons).toEqual(['expired']);
});

test('without a constraint a bound token is refused, whatever it is bound to', async () => {
  world = new World();
  for (const cnf of [BOUND, { jkt: RFC_THUMBPRINT }, {}, null]) expect(await sent(cnf)).toBe('Unauthorized');
  expect(new Set(world.reasons)).toEqual(new Set(['sender-constrained']));
});

test('whatever is claimed and presented, nothing passes but the certificate that was claimed, and nothing of it is logged', async () => {
  const anything = fc.oneof(fc.jsonValue(), fc.string().map((text) => `CANARY${text}`), fc.constant(BOUND), fc.dictionary(fc.constantFrom('jkt', 'x5t#S256', 'x'), fc.string()));
  await fc.assert(fc.asyncProperty(anything, fc.oneof(fc.jsonValue(), fc.constant(RFC_CERTIFICATE), fc.string()), async (cnf, certificate) => {
    world = new World(ISSUERS, MUTUAL_TLS);
    const isRight = JSON.stringify(cnf) === JSON.stringify(BOUND) && certificate === RFC_CERTIFICATE;
    expect(await sent(cnf, certificate)).toBe(isRight ? 'allow' : 'Unauthorized');
    expect(JSON.stringify(world.logged)).not.toMatch(/CANARY|CERTIFICATE/);
  }), { numRuns: 500 });
}, 60_000);
