import { BOTH, KEYS_ALONE } from './cases/world';
import { FakeTables } from './fake-tables';
import { login, newKey, store, storePassword } from './partners';
import { FOR_DEPLOYMENTS, FOR_OPERATORS } from './registrar-world';
import { LoopbackAws } from '../../runtime-e2e/loopback-aws';

const CREDENTIALS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };
const { env } = process;

type Handler = (event: unknown, context: { getRemainingTimeInMillis(): number }) => Promise<unknown>;

/** Starts a function anew, as a new execution environment does. */
function start(name: string, environment: Readonly<Record<string, string>>): (event: unknown) => Promise<unknown> {
  process.env = { ...env, ...CREDENTIALS, ...environment };
  let started: Handler;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: Handler }>(`../../../src/runtime/sftp/${name}.lambda`).handler; });
  return (event) => started(event, { getRemainingTimeInMillis: () => 30_000 });
}

const tables = new FakeTables();
let aws: LoopbackAws;
let log: jest.SpyInstance;

beforeAll(async () => { aws = await LoopbackAws.start(tables.answer); });
afterAll(() => aws.stop());
beforeEach(() => { log = jest.spyOn(console, 'log').mockImplementation(); });
afterEach(() => {
  log.mockRestore();
  process.env = env;
});

test('the identity provider judges by the clock of the system, and logs one object for each login', async () => {
  const expires = new Date(Date.now() + 60_000).toISOString();
  store(tables, { passwordRequired: false, keys: [newKey({ expires })] });
  const keys = start('identity-provider', { ...BOTH, ...KEYS_ALONE, AWS_ENDPOINT_URL: aws.endpoint });
  expect(await keys(login())).toMatchObject({ HomeDirectoryType: 'LOGICAL' });
  expect(log.mock.calls).toEqual([[{ outcome: 'accepted', partner: 'acme', ip: '192.0.2.7', flow: 'key' }]]);

  store(tables, { keys: [newKey({ expires })] });
  storePassword(tables);
  const both = start('identity-provider', { ...BOTH, AWS_ENDPOINT_URL: aws.endpoint });
  expect(await both(login({ username: 'nobody', password: 'x' }))).toEqual({});
  expect(tables.rows('activity').size).toBe(1);
});

test('the registrar serves operators, or deployments', async () => {
  const operators = start('registrar', { ...FOR_OPERATORS, AWS_ENDPOINT_URL: aws.endpoint });
  expect(await operators({ operation: 'suspend', name: 'acme' })).toEqual({ outcome: 'suspended' });
  expect(await operators({ operation: 'list' })).toMatchObject({ outcome: 'listed', partners: [{ name: 'acme', suspended: true }] });
  await expect(start('registrar', FOR_DEPLOYMENTS)({ operation: 'list' })).rejects.toThrow('takes events of CloudFormation alone');
});

test.each([['identity-provider', BOTH, 'ROLE_PREFIX'], ['registrar', FOR_OPERATORS, 'CALLER']] as const)('the function %s does not start with a setting that is none', (name, good, setting) => {
  expect(() => start(name, { ...good, [setting]: 'x' })).toThrow(`${setting} must be`);
});
