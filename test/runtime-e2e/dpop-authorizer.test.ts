import { join } from 'node:path';
import { Answer, RunningBundle, SeenRequest } from './bundle';
import { DpopIssuer, exerciseDpop, outcomeOf, requestWith, tableOfProofs } from './dpop-cloud';
import { clientKey } from '../runtime/api/proofs';

const BUNDLE = join(__dirname, '../../assets/api/dpop-authorizer/index.js');

let issuer: DpopIssuer;
let bundle: RunningBundle;
let cloud: (request: SeenRequest) => Answer;
let marks: Map<string, string>;

beforeAll(async () => { issuer = await DpopIssuer.start(); });

afterAll(() => issuer.stop());

beforeEach(async () => {
  marks = new Map();
  cloud = tableOfProofs(marks);
  bundle = await start();
});

afterEach(() => bundle.stop());

function start(environment: Record<string, string> = {}): Promise<RunningBundle> {
  return RunningBundle.start(BUNDLE, { ...issuer.variables, TABLE_NAME: 'proofs', ...environment }, (request) => cloud(request));
}

function reasons(): string[] {
  return bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: { reason: string } }).message.reason);
}

test('a proof passes once, and is marked by a hash that expires', async () => {
  await exerciseDpop(bundle, issuer);
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
  expect(await outcomeOf(bundle, issuer.request())).toBe('Allow');
  expect(bundle.seen).toHaveLength(2);
  expect(marks.size).toBe(1);
});

test('a stolen token passes neither as a bearer token nor with a proof of the thief, and costs no write', async () => {
  const text = issuer.token();
  expect(await outcomeOf(bundle, requestWith({ Authorization: `Bearer ${text}` }))).toBe('Unauthorized');
  expect(await outcomeOf(bundle, requestWith({ Authorization: `Bearer ${text}`, DPoP: issuer.proof(text) }))).toBe('Unauthorized');
  expect(await outcomeOf(bundle, issuer.request(text, issuer.proof(text, clientKey())))).toBe('Unauthorized');
  expect(await outcomeOf(bundle, issuer.request(text, 'x.y.z'))).toBe('Unauthorized');
  expect(reasons()).toEqual(['no-dpop-token', 'no-dpop-token', 'proof-by-another-key', 'malformed-proof']);
  expect(bundle.seen).toEqual([]);
});

test('while the table cannot be reached nothing is allowed, the answer is 500, and neither token nor proof is logged', async () => {
  cloud = () => ({ status: 500, body: '{"message":"CANARY"}' });
  const text = issuer.token();
  const made = issuer.proof(text);
  expect(await outcomeOf(bundle, issuer.request(text, made))).toBe('whether the proof is new is not known');
  expect(reasons()).toEqual(['proofs-unavailable']);
  for (const part of [...text.split('.'), ...made.split('.'), 'CANARY', 'example-secret']) expect(bundle.log.join('\n')).not.toContain(part);
});

test.each<Record<string, string>>([{ ORIGINS: '[]' }, { TABLE_NAME: '' }])('with a wrong configuration the function does not start: %j', async (environment) => {
  await bundle.stop();
  bundle = await start(environment);
  expect(await outcomeOf(bundle, issuer.request())).toBe('the process has ended');
});
