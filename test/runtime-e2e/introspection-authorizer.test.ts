import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { outcomeOf, requestWith } from './dpop-cloud';
import { exerciseIntrospection, secretOfCredentials } from './introspection-cloud';
import { RFC_CERTIFICATE, RFC_THUMBPRINT } from '../runtime/api/certificates';
import { Certificate, HttpsServer, loopbackCertificate } from '../runtime/https-server';

const BUNDLE = join(__dirname, '../../assets/api/introspection-authorizer/index.js');
const UNAVAILABLE = 'the issuer does not say whether the token is good';
const TOKEN = 'CANARY-2YotnFZFEjr1zCsicMWpAA';

let folder: string;
let certificate: Certificate;
let issuer: HttpsServer;
let bundle: RunningBundle;
/** What the secret holds, and what the issuer takes. */
let secret: string;
let accepted: string;
/** Forms that the issuer got. */
let forms: string[];
let extra: Record<string, unknown>;
let fault: ((response: ServerResponse) => void) | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-'));
  certificate = await loopbackCertificate();
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Answers as RFC 7662, 2.2 and 2.3, have it. */
async function introspect(response: ServerResponse, request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  forms.push(Buffer.concat(chunks).toString());
  if (fault) return fault(response);
  if (request.headers.authorization !== `Basic ${Buffer.from(accepted).toString('base64')}`) return void response.writeHead(401).end();
  const good = new URLSearchParams(forms[forms.length - 1]).get('token')!.startsWith(TOKEN);
  const said = { active: true, aud: 'orders', sub: 'user-7', scope: 'orders:read', exp: Math.floor(Date.now() / 1000) + 300, ...extra };
  response.end(JSON.stringify(good ? said : { active: false }));
}

beforeEach(async () => {
  secret = '{"clientId":"api","clientSecret":"CANARY-one"}';
  accepted = 'api:CANARY-one';
  forms = [];
  extra = {};
  fault = undefined;
  issuer = await HttpsServer.start(certificate, (_url, response, request) => void introspect(response, request));
  bundle = await start();
});

afterEach(() => Promise.all([bundle.stop(), issuer.stop()]));

function start(environment: Record<string, string> = {}): Promise<RunningBundle> {
  return RunningBundle.start(BUNDLE, {
    ISSUER: issuer.origin, ENDPOINT: `${issuer.origin}/introspect`, AUDIENCES: '["orders"]', SECRET_ARN: 'arn:secret', NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), ...environment,
  }, secretOfCredentials(() => secret));
}

const bearing = (text: string, requestContext = {}) => {
  const event = requestWith({ Authorization: `Bearer ${text}` });
  return outcomeOf(bundle, { ...event, requestContext: { ...event.requestContext, ...requestContext } });
};

function reasons(): string[] {
  return bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: { reason: string } }).message.reason);
}

afterEach(() => expect(bundle.log.join('\n')).not.toMatch(/CANARY|example-secret/));

test('a token passes that its issuer calls active; secret and issuer are asked once', async () => {
  expect([await bearing(TOKEN), await bearing(TOKEN), await bearing('unknown'), await bearing('unknown')]).toEqual(['Allow', 'Allow', 'Unauthorized', 'Unauthorized']);
  expect(forms).toEqual([`token=${TOKEN}&token_type_hint=access_token`, 'token=unknown&token_type_hint=access_token']);
  expect(bundle.seen.map(({ body }) => body)).toEqual(['{"SecretId":"arn:secret"}']);
  expect(reasons()).toEqual(['inactive', 'inactive']);
});

test('a token that is bound to a certificate passes from there alone', async () => {
  await bundle.stop();
  bundle = await start({ SENDER_CONSTRAINT: 'mutual-tls' });
  extra = { cnf: { 'x5t#S256': RFC_THUMBPRINT } };
  const from = (clientCertPem: string) => bearing(TOKEN, { identity: { clientCert: { clientCertPem } } });
  expect([await from(RFC_CERTIFICATE), await from(certificate.cert)]).toEqual(['Allow', 'Unauthorized']);
  expect(forms).toHaveLength(1);
});

test.each<[string, string, (response: ServerResponse) => void]>([
  ['answers with an error', 'answered 503', (response) => response.writeHead(503).end('CANARY')],
  ['redirects', 'answered 302', (response) => response.writeHead(302, { location: '/else' }).end()],
  ['answers no JSON', 'answered no JSON', (response) => response.end('CANARY')],
  ['answers something else', 'answered no introspection response', (response) => response.end('{"error":"CANARY"}')],
  ['answers without end', 'answered more than 262144 bytes', (response) => response.end('['.repeat(262_145))],
  ['does not answer', 'no answer within 1500 ms', () => undefined],
  ['breaks the connection', 'ECONNRESET', (response) => response.destroy()],
])('while the issuer %s nothing is allowed, and the answer is 500', async (_name, detail, happens) => {
  fault = happens;
  expect(await bearing(TOKEN)).toBe(UNAVAILABLE);
  expect(reasons()).toEqual(['introspection-unavailable']);
  expect(bundle.log.join('\n')).toContain(detail);
});

test('an issuer whose certificate no authority vouches for gets no token', async () => {
  const unknown = await HttpsServer.start(await loopbackCertificate(), (_url, response) => void response.end('{"active":true}'));
  await bundle.stop();
  bundle = await start({ ENDPOINT: `${unknown.origin}/introspect`, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  expect(await bearing(TOKEN)).toBe(UNAVAILABLE);
  expect(unknown.requests).toHaveLength(0);
  await unknown.stop();
});

test('without its secret it lets nobody in, and asks the issuer nothing', async () => {
  secret = '{"placeholder":"CANARY"}';
  expect(await bearing(TOKEN)).toBe('the credentials for the issuer are not available');
  expect([reasons(), forms]).toEqual([['client-secret-not-read', 'client-secret-unavailable'], []]);
});

test('does in AWS what the proof of its rights has it do', async () => {
  fault = (response) => response.destroy();
  await exerciseIntrospection(bundle);
  expect(bundle.seen).toHaveLength(1);
});

test('with a wrong configuration the function does not start', async () => {
  await bundle.stop();
  bundle = await start({ AUDIENCES: '[]' });
  expect(await bearing(TOKEN)).toBe('the process has ended');
});
