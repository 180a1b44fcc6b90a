import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { BundleWorlds, entriesOf } from './sftp-logins';
import { writePartnerRecord } from '../../src/formats/partner-record';
import { KEYS_ALONE } from '../runtime/sftp/cases/world';
import { FakeTables } from '../runtime/sftp/fake-tables';
import { PRIVATE_KEYS } from '../runtime/sftp/partner-keys';
import { KEY, login, newKey, recordOf } from '../runtime/sftp/partners';
import { FOR_DEPLOYMENTS, FOR_OPERATORS, RESPONSE_URL, SERVER_ID, STACK } from '../runtime/sftp/registrar-world';

const REGISTRAR = join(__dirname, '../../assets/sftp/registrar/index.js');
const RECORD = writePartnerRecord(recordOf({ passwordRequired: false, roleArn: 'arn:aws:iam::111122223333:role/sftp/c8f3/acme' }));

const tables = new FakeTables();
const answers: Array<Record<string, unknown>> = [];
/** Where CloudFormation waits: takes an answer the second time that it is offered. */
const cloudFormation = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    offers += 1;
    const taken = offers % 2 === 0;
    if (taken) answers.push({ method: incoming.method, type: incoming.headers['content-type'], ...JSON.parse(Buffer.concat(chunks).toString()) as object });
    outgoing.writeHead(taken ? 200 : 503).end();
  });
});
let offers = 0;
let deployments: RunningBundle;
let operators: RunningBundle;

beforeAll(async () => {
  await new Promise<void>((resolve) => cloudFormation.listen(0, '127.0.0.1', resolve));
  const elsewhere = {
    NODE_OPTIONS: `--require ${join(__dirname, 'fetch-elsewhere.cjs')}`, TEST_ORIGIN: `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}`,
  };
  deployments = await RunningBundle.start(REGISTRAR, { ...FOR_DEPLOYMENTS, ...elsewhere }, tables.answer);
  operators = await RunningBundle.start(REGISTRAR, FOR_OPERATORS, tables.answer);
});

afterAll(async () => {
  await deployments.stop();
  await operators.stop();
  cloudFormation.close();
});

const soon = () => new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');

function deploy(type: string, record: string): Promise<unknown> {
  return deployments.invoke({
    RequestType: type,
    ResponseURL: RESPONSE_URL,
    StackId: STACK,
    RequestId: 'r-1',
    LogicalResourceId: 'Acme',
    ...type !== 'Create' && { PhysicalResourceId: 'acme' },
    ResourceProperties: { ServerId: SERVER_ID, Record: record },
  });
}

test('a deployment stores a partner, and CloudFormation hears of it where it waits, though not at once', async () => {
  await deploy('Create', RECORD);
  expect(answers.at(-1)).toEqual({
    method: 'PUT', type: '', Status: 'SUCCESS', PhysicalResourceId: 'acme', StackId: STACK, RequestId: 'r-1', LogicalResourceId: 'Acme', Data: { Name: 'acme' },
  });
  await deploy('Update', RECORD.replace('192.0.2.0/24', '0.0.0.0/0'));
  expect(answers.at(-1)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^networks\[0\] is every address there is/), PhysicalResourceId: 'acme' });
  expect(deployments.log.join('\n')).not.toContain('CANARY');
});

test('an answer that is wanted elsewhere is given to nobody', async () => {
  const { port } = cloudFormation.address() as AddressInfo;
  const before = offers;
  const event = { RequestType: 'Create', ResponseURL: `http://127.0.0.1:${port}/`, StackId: STACK, RequestId: 'r', LogicalResourceId: 'X', ResourceProperties: {} };
  await expect(deployments.invoke(event)).rejects.toThrow('the event wants its answer elsewhere than at CloudFormation');
  expect(offers).toBe(before);
});

test('whom a deployment or an operator stores may sign in, until an operator says otherwise', async () => {
  const worlds = new BundleWorlds();
  const world = await worlds.start({ ...KEYS_ALONE });
  world.tables.join(tables);
  await deploy('Create', RECORD);
  const key = newKey();
  expect(await operators.invoke({ operation: 'put', name: 'runtime-1', keys: [{ key: key.body, expires: soon() }], networks: ['203.0.113.0/24'] })).toEqual({ outcome: 'stored' });
  world.setTime(Date.now());
  expect(await world.ask(login())).toMatchObject({ PublicKeys: [KEY.body], HomeDirectoryDetails: '[{"Entry":"/","Target":"/incoming-files/acme"}]' });
  const other = login({ username: 'runtime-1', sourceIp: '203.0.113.9' });
  expect(await world.ask(other)).toMatchObject({ PublicKeys: [key.body], HomeDirectoryDetails: '[{"Entry":"/","Target":"/incoming-files/runtime/runtime-1"}]' });

  expect(await operators.invoke({ operation: 'suspend', name: 'acme' })).toEqual({ outcome: 'suspended' });
  await deploy('Update', RECORD);
  expect(await world.ask(login())).toEqual({});
  expect(await operators.invoke({ operation: 'resume', name: 'acme' })).toEqual({ outcome: 'resumed' });
  expect(await world.ask(login())).toMatchObject({ PublicKeys: [KEY.body] });
  expect(await operators.invoke({ operation: 'revoke-key', name: 'runtime-1', fingerprint: key.fingerprint })).toEqual({ outcome: 'key-revoked' });
  expect(await world.ask(other)).toEqual({});
  expect(await operators.invoke({ operation: 'list' })).toMatchObject({ outcome: 'listed', partners: [{ name: 'acme' }, { name: 'runtime-1' }] });
  expect(await operators.invoke({ operation: 'remove', name: 'runtime-1' })).toEqual({ outcome: 'removed' });
  await deploy('Delete', RECORD);
  expect(answers.at(-1)).toMatchObject({ Status: 'SUCCESS' });
  expect(await operators.invoke({ operation: 'get', name: 'acme' })).toEqual({ outcome: 'refused', reason: 'unknown-partner' });
  await worlds.remove();
}, 30_000);

test('[case 52] a key has one partner, whoever registers it again, also at the same moment', async () => {
  await deploy('Create', RECORD);
  const put = (name: string, key: string) => operators.invoke({ operation: 'put', name, keys: [{ key, expires: soon() }], networks: ['203.0.113.0/24'] });
  expect(await put('runtime-2', `  ${KEY.body} of somebody else`)).toEqual({ outcome: 'refused', reason: 'key-of-another' });
  const { body } = newKey();
  const second = await RunningBundle.start(REGISTRAR, FOR_OPERATORS, tables.answer);
  const results = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? operators : second)
    .invoke({ operation: 'put', name: `rival-${index}`, keys: [{ key: body, expires: soon() }], networks: ['203.0.113.0/24'] })));
  expect(results.filter((result) => (result as { outcome: string }).outcome === 'stored')).toHaveLength(1);
  await second.stop();
});

test.each(PRIVATE_KEYS)('[case 58] a private key of the form %s is refused by both functions, and is in no answer, row or line of a log', async (_form, key) => {
  const before = tables.rows('partners').size;
  expect(await operators.invoke({ operation: 'put', name: 'runtime-3', keys: [{ key, expires: soon() }], networks: ['203.0.113.0/24'] }))
    .toMatchObject({ outcome: 'refused', reason: 'unfit', refusals: [{ problem: 'is a private key' }] });
  await deploy('Create', JSON.stringify({ ...JSON.parse(RECORD) as object, keys: [{ ...KEY, body: key }] }));
  expect(answers.at(-1)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^keys\[0\]\.body is a private key/) });
  expect(JSON.stringify([answers, deployments.log, operators.log])).not.toContain('CANARY');
  expect(tables.rows('partners').size).toBe(before);
});

test('neither function takes an event of the other', async () => {
  await expect(deployments.invoke({ operation: 'list' })).rejects.toThrow('takes events of CloudFormation alone');
  expect(await operators.invoke({ RequestType: 'Create', ResponseURL: RESPONSE_URL, ResourceProperties: { Record: RECORD } })).toEqual({ outcome: 'refused', reason: 'malformed-request' });
  expect(entriesOf(operators.log).at(-1)).toEqual({ outcome: 'refused', reason: 'malformed-request' });
});
