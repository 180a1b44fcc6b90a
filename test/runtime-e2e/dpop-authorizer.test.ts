import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer, RunningBundle, SeenRequest } from './bundle';
import { exerciseDpop, outcomeOf, requestWith, tableOfProofs } from './dpop-cloud';
import { clientKey, hashOf, jktOf } from '../runtime/api/proofs';
import { Signer, signer, token } from '../runtime/api/tokens';
import { Certificate, HttpsServer, loopbackCertificate } from '../runtime/https-server';

const BUNDLE = join(__dirname, '../../assets/api/dpop-authorizer/index.js');
const RSA = signer('RS256', 'rsa-1');
const CLIENT = clientKey();

let folder: string;
let certificate: Certificate;
let issuer: HttpsServer;
let bundle: RunningBundle;
let cloud: (request: SeenRequest) => Answer;
let marks: Map<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dpop-'));
  certificate = await loopbackCertificate();
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  marks = new Map();
  cloud = tableOfProofs(marks);
  issuer = await HttpsServer.start(certificate, (_url, response) => void response.end(JSON.stringify({ keys: [RSA.jwk] })));
  bundle = await start();
});

afterEach(() => Promise.all([bundle.stop(), issuer.stop()]));

function start(environment: Record<string, string> = {}): Promise<RunningBundle> {
  const issuers = [{ issuer: issuer.origin, audiences: ['orders'], jwksUri: `${issuer.origin}/keys` }];
  return RunningBundle.start(BUNDLE, {
    ISSUERS: JSON.stringify(issuers), ORIGINS: '["https://api.example.com"]', TABLE_NAME: 'proofs', NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), ...environment,
  }, (request) => cloud(request));
}

function boundToken(): string {
  const seconds = Math.floor(Date.now() / 1000);
  const cnf = { jkt: jktOf(CLIENT) };
  return token(RSA, { iss: issuer.origin, aud: 'orders', sub: 'user-7', client_id: 'app', scope: 'orders:read', iat: seconds, exp: seconds + 300, cnf });
}

function proof(text: string, key: Signer = CLIENT): string {
  const claims = { jti: `jti-${Math.random()}`, htm: 'GET', htu: 'https://api.example.com/orders/4711', iat: Math.floor(Date.now() / 1000), ath: hashOf(text) };
  return token(key, claims, { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk });
}

function proven(text = boundToken(), made = proof(text)) {
  return requestWith({ Authorization: `DPoP ${text}`, DPoP: made });
}

function reasons(): string[] {
  return bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: { reason: string } }).message.reason);
}

test('a proof passes once, and is marked by a hash that expires', async () => {
  await exerciseDpop(bundle, () => proven());
  expect(bundle.seen.map(({ headers }) => headers['x-amz-target'])).toEqual(Array(2).fill('DynamoDB_20120810.PutItem'));
  const { TableName, Item } = JSON.parse(bundle.seen[0].body) as { TableName: string; Item: Record<string, Record<string, string>> };
  expect(TableName).toBe('proofs');
  expect(Object.keys(Item).sort()).toEqual(['expires', 'proof', 'taker']);
  expect(Number(Item.expires.N) - Date.now() / 1000).toBeGreaterThan(60);
  expect(reasons()).toEqual(['proof-replayed']);
});

test('a proof whose mark was stored though the answer was lost passes, since it is this request that used it', async () => {
  let lost = false;
  cloud = (request) => {
    const answer = tableOfProofs(marks)(request);
    if (lost) return answer;
    lost = true;
    return { status: 503, body: '{}' };
  };
  expect(await outcomeOf(bundle, proven())).toBe('Allow');
  expect(bundle.seen).toHaveLength(2);
  expect(marks.size).toBe(1);
});

test('a stolen token passes neither as a bearer token nor with a proof of the thief, and costs no write', async () => {
  const text = boundToken();
  expect(await outcomeOf(bundle, requestWith({ Authorization: `Bearer ${text}` }))).toBe('Unauthorized');
  expect(await outcomeOf(bundle, requestWith({ Authorization: `Bearer ${text}`, DPoP: proof(text) }))).toBe('Unauthorized');
  expect(await outcomeOf(bundle, proven(text, proof(text, clientKey())))).toBe('Unauthorized');
  expect(await outcomeOf(bundle, proven(text, 'x.y.z'))).toBe('Unauthorized');
  expect(reasons()).toEqual(['no-dpop-token', 'no-dpop-token', 'proof-by-another-key', 'malformed-proof']);
  expect(bundle.seen).toEqual([]);
});

test('while the table cannot be reached nothing is allowed, the answer is 500, and neither token nor proof is logged', async () => {
  cloud = () => ({ status: 500, body: '{"message":"CANARY"}' });
  const text = boundToken();
  const made = proof(text);
  expect(await outcomeOf(bundle, proven(text, made))).toBe('whether the proof is new is not known');
  expect(reasons()).toEqual(['proofs-unavailable']);
  for (const part of [...text.split('.'), ...made.split('.'), 'CANARY', 'example-secret']) expect(bundle.log.join('\n')).not.toContain(part);
});

test.each<Record<string, string>>([{ ORIGINS: '[]' }, { TABLE_NAME: '' }])('with a wrong configuration the function does not start: %j', async (environment) => {
  await bundle.stop();
  bundle = await start(environment);
  expect(await outcomeOf(bundle, proven())).toBe('the process has ended');
});
