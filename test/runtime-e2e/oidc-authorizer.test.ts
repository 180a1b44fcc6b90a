import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { scopeVariable } from '../../src/runtime/api/scope-variable';
import { RFC_CERTIFICATE, RFC_THUMBPRINT } from '../runtime/api/certificates';
import { confusedToken, encode, Signer, signer, token } from '../runtime/api/tokens';
import { Certificate, HttpsServer, loopbackCertificate } from '../runtime/https-server';

const BUNDLE = join(__dirname, '../../assets/api/oidc-authorizer/index.js');
const UNAVAILABLE = 'the keys of the issuer are not available';
const RSA = signer('RS256', 'rsa-1');
const EC = signer('ES256', 'ec-1');
const ED = signer('EdDSA', 'ed-1');

let folder: string;
let certificate: Certificate;
let issuer: HttpsServer;
let other: HttpsServer;
let bundle: RunningBundle;
let keys: Signer[];
/** What the issuer's server does instead of answering with its documents. */
let fault: ((response: ServerResponse) => void) | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'authorizer-'));
  certificate = await loopbackCertificate();
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  keys = [RSA, EC, ED];
  fault = undefined;
  issuer = await HttpsServer.start(certificate, (url, response) => {
    if (fault) return fault(response);
    const documents: Record<string, unknown> = {
      '/tenant/.well-known/openid-configuration': { issuer: `${issuer.origin}/tenant`, jwks_uri: `${issuer.origin}/tenant/keys` },
      '/tenant/keys': { keys: keys.map(({ jwk }) => jwk) },
    };
    return void response.setHeader('content-type', 'application/json').end(JSON.stringify(documents[url]));
  });
  other = await HttpsServer.start(certificate, (_url, response) => void response.end(JSON.stringify({ keys: [EC.jwk] })));
  bundle = await start([
    { issuer: `${issuer.origin}/tenant`, audiences: ['orders'] },
    { issuer: other.origin, audiences: ['orders'], algorithms: ['ES256'], jwksUri: `${other.origin}/keys` },
  ]);
});

afterEach(async () => {
  await Promise.all([bundle.stop(), issuer.stop(), other.stop()]);
});

function start(issuers: unknown, environment: Record<string, string> = {}): Promise<RunningBundle> {
  return RunningBundle.start(BUNDLE, { ISSUERS: JSON.stringify(issuers), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), ...environment });
}

function claims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const seconds = Math.floor(Date.now() / 1000);
  return { iss: `${issuer.origin}/tenant`, aud: 'orders', sub: 'user-7', client_id: 'app', scope: 'orders:read', iat: seconds, exp: seconds + 300, ...changes };
}

/** The effect of the policy, or the message of the error. */
async function present(text: string, scopes = 'orders:read,orders:admin', identity: unknown = undefined): Promise<string> {
  const event = {
    type: 'REQUEST',
    methodArn: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/4711',
    headers: { Authorization: `Bearer ${text}` },
    multiValueHeaders: { Authorization: [`Bearer ${text}`] },
    stageVariables: { [scopeVariable('GET', '/orders/{id}')]: scopes },
    requestContext: { httpMethod: 'GET', resourcePath: '/orders/{id}', identity },
  };
  try {
    const { policyDocument } = await bundle.invoke(event) as { policyDocument: { Statement: Array<{ Effect: string; Resource: string }> } };
    expect(policyDocument.Statement[0].Resource).toBe('arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/*');
    return policyDocument.Statement[0].Effect;
  } catch (error) {
    return (error as Error).message;
  }
}

function reasons(): string[] {
  return bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: { reason: string } }).message.reason);
}

test.each([['RS256', RSA], ['ES256', EC], ['EdDSA', ED]])('a token signed with %s passes, by keys that discovery found', async (_alg, key) => {
  expect(await present(token(key, claims()))).toBe('Allow');
  expect(issuer.urls).toEqual(['/tenant/.well-known/openid-configuration', '/tenant/keys']);
  expect(bundle.log).toEqual([]);
});

test('a token of the second issuer passes, by the keys and the algorithm that were configured', async () => {
  expect(await present(token(EC, claims({ iss: other.origin })))).toBe('Allow');
  expect(await present(token(RSA, claims({ iss: other.origin })))).toBe('Unauthorized');
  expect(other.urls).toEqual(['/keys']);
  expect(issuer.urls).toEqual([]);
});

test.each<[string, string, () => string]>([
  ['has expired', 'expired', () => token(RSA, claims({ exp: Date.now() / 1000 - 31 }))],
  ['is for another audience', 'wrong-audience', () => token(RSA, claims({ aud: 'billing' }))],
  ['is of another issuer', 'unknown-issuer', () => token(RSA, claims({ iss: issuer.origin }))],
  ['is an ID token', 'not-an-access-token', () => token(RSA, claims({ nonce: 'n' }), { typ: 'JWT' })],
  ['has alg none', 'malformed-token', () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
  ['has alg none and a signature', 'algorithm', () => `${encode({ alg: 'none', kid: RSA.kid })}.${encode(claims())}.AAAA`],
  ['has an HMAC under the public key', 'algorithm', () => confusedToken(RSA, claims())],
  ['has an EC signature under the id of an RSA key', 'algorithm', () => token({ ...EC, kid: RSA.kid }, claims())],
  ['was signed by a stranger', 'bad-signature', () => token(signer('EdDSA', ED.kid), claims())],
])('a token that %s is refused with the word that API Gateway turns into 401, and never logged', async (_name, reason, make) => {
  const text = make();
  expect(await present(text)).toBe('Unauthorized');
  expect(reasons()).toEqual([reason]);
  for (const part of text.split('.').filter((one) => one.length > 4)) expect(bundle.log.join('\n')).not.toContain(part);
});

test('a token without a scope of the route is denied, and so is any on a route without scopes', async () => {
  expect(await present(token(RSA, claims({ scope: 'orders:write' })))).toBe('Deny');
  expect(await present(token(RSA, claims()), '')).toBe('Deny');
  expect(reasons()).toEqual(['missing-scope', 'no-scopes-configured']);
});

test('a flood of unknown keys costs the issuer one request, and no one else', async () => {
  await present(token(RSA, claims()));
  for (let index = 0; index < 50; index++) expect(await present(token(RSA, claims(), { kid: `unknown-${index}` }))).toBe('Unauthorized');
  expect(issuer.urls.filter((url) => url === '/tenant/keys')).toHaveLength(1);
  expect(await present(token(ED, claims()))).toBe('Allow');
});

test.each<[string, string, (response: ServerResponse) => void]>([
  ['answers with an error', 'answered 503', (response) => response.writeHead(503).end()],
  ['redirects', 'answered 302', (response) => response.writeHead(302, { location: `${other.origin}/keys` }).end()],
  ['answers without end', 'answered more than 262144 bytes', (response) => response.end('['.repeat(262_145))],
  ['does not answer', 'no answer within 1500 ms', () => undefined],
  ['breaks the connection', 'ECONNRESET', (response) => response.destroy()],
])('while the issuer %s nothing is allowed, and its tokens are not called unauthorized', async (_name, detail, happens) => {
  fault = happens;
  const asked = Date.now();
  expect(await present(token(RSA, claims()))).toBe(UNAVAILABLE);
  expect(Date.now() - asked).toBeLessThan(3000);
  expect(await present(token(RSA, claims()))).toBe(UNAVAILABLE);
  expect(issuer.requests).toHaveLength(1);
  expect(other.requests).toHaveLength(0);
  expect(bundle.log[0]).toContain(`: ${detail}"`);
  expect(reasons()).toEqual(['keys-not-fetched', 'keys-unavailable', 'keys-unavailable']);
});

test('with mutual TLS a token passes from the certificate that it is bound to, and from no other', async () => {
  await bundle.stop();
  bundle = await start([{ issuer: `${issuer.origin}/tenant`, audiences: ['orders'] }], { SENDER_CONSTRAINT: 'mutual-tls' });
  const bound = token(RSA, claims({ cnf: { 'x5t#S256': RFC_THUMBPRINT } }));
  const from = (clientCertPem: string) => present(bound, 'orders:read', { clientCert: { clientCertPem } });
  expect([await from(RFC_CERTIFICATE), await from(certificate.cert), await present(bound), await present(token(RSA, claims()))])
    .toEqual(['Allow', 'Unauthorized', 'Unauthorized', 'Unauthorized']);
  expect(reasons()).toEqual(['wrong-client-certificate', 'no-client-certificate', 'not-sender-constrained']);
  expect(bundle.log.join('\n')).not.toMatch(/CERTIFICATE|A4DtL2/);
});

test('keys that are known outlive their issuer', async () => {
  expect(await present(token(RSA, claims()))).toBe('Allow');
  fault = (response) => response.destroy();
  expect(await present(token(EC, claims()))).toBe('Allow');
});

test('a server whose certificate no authority vouches for has no keys, whatever the environment says', async () => {
  const unknown = await HttpsServer.start(await loopbackCertificate(), (_url, response) => void response.end(JSON.stringify({ keys: [RSA.jwk] })));
  const stranger = await start([{ issuer: unknown.origin, audiences: ['orders'], jwksUri: `${unknown.origin}/keys` }], { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  await bundle.stop();
  bundle = stranger;
  const outcome = await present(token(RSA, claims({ iss: unknown.origin })));
  await unknown.stop();
  expect(outcome).toBe(UNAVAILABLE);
  expect(bundle.log.join('\n')).toMatch(/keys: (DEPTH_ZERO_SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE)"/);
});

test('with a wrong configuration the function does not start', async () => {
  await bundle.stop();
  bundle = await start([{ issuer: issuer.origin, audiences: ['orders'], algorithms: ['HS256'] }]);
  expect(await present(token(RSA, claims()))).toBe('the process has ended');
  expect(bundle.log.join('')).toContain('ISSUERS[0].algorithms must be among');
});
