import { TableError } from './fake-tables';
import { PRIVATE_KEYS } from './partner-keys';
import { at, KEY, newKey, recordOf, rsaKey, storeText } from './partners';
import { FOR_OPERATORS, RegistrarWorld, RESPONSE_URL, RUNTIME_ROLE_ARN, SERVER_ID, STACK } from './registrar-world';
import { writePartnerRecord } from '../../../src/formats/partner-record';

const offered = (changes: Readonly<Record<string, unknown>> = {}) => ({ key: `${KEY.body} anna@acme`, expires: at(86_400), ...changes });
const putOf = (changes: Readonly<Record<string, unknown>> = {}) => ({
  operation: 'put', name: 'runtime-1', keys: [offered()], networks: ['203.0.113.7/32', '2001:db8:1:7::/64'], ...changes,
});
const refused = (reason: string, ...refusals: readonly unknown[]) => ({ outcome: 'refused', reason, ...refusals.length > 0 && { refusals } });

async function worldWithPartner(): Promise<RegistrarWorld> {
  const world = new RegistrarWorld();
  expect(await world.operate(putOf())).toEqual({ outcome: 'stored' });
  return world;
}

test('a partner is stored with the role and below the prefix that are set, whoever registers it', async () => {
  const world = await worldWithPartner();
  expect(await world.operate({ operation: 'get', name: 'runtime-1' })).toMatchObject({
    outcome: 'found',
    partner: {
      name: 'runtime-1',
      serverId: SERVER_ID,
      managedBy: 'operator',
      suspended: false,
      updatedAt: world.now,
      record: {
        keys: [{ body: KEY.body, fingerprint: KEY.fingerprint, expires: at(86_400) }],
        roleArn: RUNTIME_ROLE_ARN,
        passwordRequired: false,
        directories: [{ entry: '/', bucket: 'incoming-files', prefix: 'runtime/runtime-1', actions: ['list', 'write'] }],
      },
    },
  });
  expect(world.log).toEqual([
    { outcome: 'stored', operation: 'put', partner: 'runtime-1' }, { outcome: 'found', operation: 'get', partner: 'runtime-1' },
  ]);
});

test('every request may be repeated', async () => {
  const world = await worldWithPartner();
  const next = newKey();
  const requests = [
    [putOf(), 'stored'], [{ operation: 'add-key', name: 'runtime-1', key: offered({ key: next.body }) }, 'key-added'],
    [{ operation: 'revoke-key', name: 'runtime-1', fingerprint: next.fingerprint }, 'key-revoked'], [{ operation: 'suspend', name: 'runtime-1' }, 'suspended'],
    [{ operation: 'resume', name: 'runtime-1' }, 'resumed'], [{ operation: 'remove', name: 'runtime-1' }, 'removed'],
  ] as const;
  for (const [request, outcome] of requests) {
    for (let time = 0; time < 2; time++) expect(await world.operate(request)).toEqual({ outcome });
  }
  expect(world.names()).toEqual(['key']); // the one that was revoked
});

test.each([
  ['networks[0]', { networks: ['198.51.100.0/24'] }],
  ['networks[1]', { networks: ['203.0.113.0/24', '203.0.112.0/23'] }],
  ['networks[0]', { networks: ['2001:db8::/32'] }],
  ['networks[0]', { networks: ['::ffff:203.0.113.0/120'] }],
  ['networks[0]', { networks: ['0.0.0.0/0'] }],
  ['networks[0]', { networks: ['x'] }],
  ['networks', { networks: [] }],
  ['keys[0].key', { keys: [offered({ key: rsaKey(2048).body })] }],
  ['keys[0].key', { keys: [offered({ key: '-----BEGIN OPENSSH PRIVATE KEY----- CANARY' })] }],
  ['keys[0].expires', { keys: [offered({ expires: at(-1) })] }],
  ['keys[0].expires', { keys: [offered({ expires: at(91 * 86_400) })] }],
  ['keys[0].expires', { keys: [offered({ expires: 'never' })] }],
  ['keys[0].notBefore', { keys: [offered({ notBefore: 'x' })] }],
  ['keys[1]', { keys: [offered(), offered()] }],
])('what no partner may be is refused with its place: %s', async (path, changes) => {
  const world = new RegistrarWorld();
  const result = await world.operate(putOf(changes));
  expect(result).toMatchObject({ outcome: 'refused', reason: 'unfit', refusals: [expect.objectContaining({ path })] });
  expect(JSON.stringify([result, world.log])).not.toContain('CANARY');
  expect(world.names()).toEqual([]);
});

test.each(PRIVATE_KEYS)('[case 58] a private key of the form %s is refused, stored nowhere, and neither answered nor logged', async (_form, key) => {
  const world = await worldWithPartner();
  for (const request of [putOf({ name: 'runtime-2', keys: [offered({ key })] }), { operation: 'add-key', name: 'runtime-1', key: offered({ key }) }]) {
    const result = await world.operate(request);
    expect(result).toMatchObject({ outcome: 'refused', reason: 'unfit', refusals: [{ problem: 'is a private key' }] });
    expect(JSON.stringify([result, world.log, world.tables.calls])).not.toContain('CANARY');
  }
});

test('[case 52] a key that another partner has, or that was revoked, is refused', async () => {
  const world = await worldWithPartner();
  expect(await world.operate(putOf({ name: 'runtime-2' }))).toEqual(refused('key-of-another'));
  await world.operate({ operation: 'revoke-key', name: 'runtime-1', fingerprint: KEY.fingerprint });
  for (const name of ['runtime-1', 'runtime-2']) expect(await world.operate(putOf({ name }))).toEqual(refused('key-was-revoked'));
  expect(await world.operate({ operation: 'add-key', name: 'runtime-1', key: offered() })).toEqual(refused('key-was-revoked'));
});

test('a key is added beside those that are there, of which one may be old', async () => {
  const world = await worldWithPartner();
  world.now += 80 * 86_400_000;
  const next = newKey();
  expect(await world.operate({ operation: 'add-key', name: 'runtime-1', key: { key: next.body, expires: at(120 * 86_400) } })).toEqual({ outcome: 'key-added' });
  expect(await world.operate({ operation: 'add-key', name: 'runtime-1', key: { key: next.body, expires: at(121 * 86_400) } }))
    .toEqual(refused('unfit', { path: 'keys[2]', problem: 'is there twice' }));
  expect(await world.operate({ operation: 'add-key', name: 'runtime-1', key: { key: 'x', expires: at(121 * 86_400) } }))
    .toMatchObject({ reason: 'unfit', refusals: [{ path: 'keys[2].key' }] });
  expect(await world.operate({ operation: 'add-key', name: 'runtime-1', key: { key: newKey().body, expires: at(300 * 86_400) } }))
    .toMatchObject({ reason: 'unfit', refusals: [{ path: 'keys[2].expires' }] });
});

test('of what deployments manage operators suspend, let in again and revoke, and nothing else', async () => {
  const world = new RegistrarWorld();
  const other = newKey();
  await world.deploy('Create', writePartnerRecord(recordOf({ passwordRequired: false, keys: [KEY, other] })));
  for (const request of [
    putOf({ name: 'acme' }), { operation: 'add-key', name: 'acme', key: offered() }, { operation: 'remove', name: 'acme' },
  ]) expect(await world.operate(request)).toEqual(refused('managed-by-template'));
  expect(await world.operate({ operation: 'suspend', name: 'acme' })).toEqual({ outcome: 'suspended' });
  expect(await world.operate({ operation: 'get', name: 'acme' })).toMatchObject({ partner: { suspended: true, managedBy: 'template' } });
  expect(await world.operate({ operation: 'resume', name: 'acme' })).toEqual({ outcome: 'resumed' });
  expect(await world.operate({ operation: 'revoke-key', name: 'acme', fingerprint: other.fingerprint })).toEqual({ outcome: 'key-revoked' });
  expect(await world.operate({ operation: 'get', name: 'acme' })).toMatchObject({ partner: { record: { keys: [KEY] } } });
});

test.each([
  [{ operation: 'suspend', name: 'nobody' }, 'unknown-partner'],
  [{ operation: 'resume', name: 'nobody' }, 'unknown-partner'],
  [{ operation: 'get', name: 'nobody' }, 'unknown-partner'],
  [{ operation: 'add-key', name: 'nobody', key: offered() }, 'unknown-partner'],
  [{ operation: 'revoke-key', name: 'nobody', fingerprint: KEY.fingerprint }, 'unknown-partner'],
  [{ operation: 'revoke-key', name: 'runtime-1', fingerprint: newKey().fingerprint }, 'unknown-key'],
])('of what there is not is said so: %j', async (request, reason) => {
  expect(await (await worldWithPartner()).operate(request)).toEqual(refused(reason));
});

test.each([
  null, 'list', [], {}, { operation: 'x' }, { operation: 'constructor' }, { operation: ['put'] }, { operation: 'list', after: 7 }, { operation: 'list', after: '' }, { operation: 'list', after: 'x'.repeat(2049) },
  { operation: 'list', name: 'acme' },
  { operation: 'get' }, { operation: 'get', name: 'Acme' }, { operation: 'get', name: '../x' }, { operation: 'suspend', name: 'acme', extra: 1 },
  putOf({ roleArn: 'arn:aws:iam::111122223333:role/admin' }), putOf({ directories: [] }), putOf({ keys: 'x' }), putOf({ networks: [7] }), putOf({ disabled: 'no' }),
  putOf({ keys: [{ key: 'x' }] }), putOf({ keys: [{ ...offered(), notBefore: 7 }] }), putOf({ keys: [{ ...offered(), extra: 1 }] }), putOf({ keys: [null] }),
  putOf({ keys: Array(11).fill(offered()) }), putOf({ keys: [offered({ key: 'x'.repeat(4097) })] }), { operation: 'add-key', name: 'acme', key: 'x' },
  { operation: 'revoke-key', name: 'acme', fingerprint: 'x' },
])('a request that is malformed, or says more than it may, is refused: %#', async (request) => {
  const world = new RegistrarWorld();
  expect(await world.operate(request)).toEqual(refused('malformed-request'));
  expect(world.log).toEqual([{ outcome: 'refused', reason: 'malformed-request' }]);
  expect(world.tables.calls).toEqual([]);
});

test('an event as CloudFormation writes it is no request, whoever sends it', async () => {
  const world = new RegistrarWorld();
  const event = {
    RequestType: 'Create', ResponseURL: RESPONSE_URL, StackId: STACK, RequestId: 'r', LogicalResourceId: 'X', ResourceProperties: { ServerId: SERVER_ID, Record: writePartnerRecord(recordOf()) },
  };
  for (const each of [event, { ...event, operation: 'get', name: 'acme' }]) expect(await world.operate(each)).toEqual(refused('malformed-request'));
  expect(world.tables.calls).toEqual([]);
});

test('where partners may not be registered, the rest still works', async () => {
  const { RUNTIME_ROLE_ARN: _role, ALLOWED_NETWORKS: _networks, DIRECTORIES: _directories, ...rest } = FOR_OPERATORS;
  const world = new RegistrarWorld(undefined, rest);
  await world.deploy('Create', writePartnerRecord(recordOf({ passwordRequired: false })));
  expect(await world.operate(putOf())).toEqual(refused('not-enabled'));
  expect(await world.operate({ operation: 'add-key', name: 'acme', key: offered() })).toEqual(refused('not-enabled'));
  expect(await world.operate({ operation: 'suspend', name: 'acme' })).toEqual({ outcome: 'suspended' });
});

test('lists partners page by page, without the rows of keys, and those that nobody can read', async () => {
  const world = new RegistrarWorld();
  for (let index = 0; index < 120; index++) await world.operate(putOf({ name: `runtime-${index}`, keys: [offered({ key: newKey().body })] }));
  storeText(world.tables, 'broken', '{');
  const names: string[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const result = await world.operate({ operation: 'list', ...after !== undefined && { after } });
    if (result.outcome !== 'listed') throw new Error(result.outcome);
    names.push(...result.partners.map(({ name, record }) => record ? name : `${name}?`));
    after = result.next;
    pages++;
  } while (after !== undefined);
  expect(names.sort()).toEqual([...Array.from({ length: 120 }, (_, index) => `runtime-${index}`), 'broken?'].sort());
  expect(pages).toBe(2);
}, 30_000);

test('a record that nobody can read is changed by nobody, and can be removed', async () => {
  const world = new RegistrarWorld();
  storeText(world.tables, 'broken', `{ "keys": "${KEY.fingerprint}"`, { managedBy: { S: 'operator' } });
  expect(await world.operate({ operation: 'revoke-key', name: 'broken', fingerprint: KEY.fingerprint })).toEqual(refused('unusable-record'));
  expect(await world.operate({ operation: 'remove', name: 'broken' })).toEqual({ outcome: 'removed' });
});

test('a row that somebody made by hand is replaced, and removed', async () => {
  const world = new RegistrarWorld();
  for (const request of [putOf(), { operation: 'remove', name: 'runtime-1' }]) {
    storeText(world.tables, 'runtime-1', '{', { managedBy: { S: 'operator' } });
    world.tables.put('partners', { ...world.tables.rows('partners').get('runtime-1')!, revision: undefined } as never);
    expect(await world.operate(request)).toMatchObject({ outcome: expect.stringMatching(/^(stored|removed)$/) });
  }
});

test('of a transaction that was cancelled for no reason it is known that nothing was stored', async () => {
  const world = await worldWithPartner();
  world.tables.disturb = (operation) => { if (operation === 'TransactWriteItems') throw new TableError('TransactionCanceledException'); };
  expect(await world.operate(putOf())).toEqual(refused('busy'));
  world.tables.disturb = (operation) => {
    if (operation === 'TransactWriteItems') throw new TableError('TransactionCanceledException', { CancellationReasons: [{}] });
  };
  await expect(world.operate(putOf())).rejects.toThrow('TransactionCanceledException');
});

test('what others change at the same moment is read again, and given up in the end', async () => {
  const world = await worldWithPartner();
  let times = 4;
  world.tables.disturb = (operation) => {
    if (operation !== 'TransactWriteItems' || times-- <= 0) return;
    throw new TableError('TransactionCanceledException', { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }] });
  };
  expect(await world.operate(putOf())).toEqual({ outcome: 'stored' });
  times = 5;
  expect(await world.operate({ operation: 'revoke-key', name: 'runtime-1', fingerprint: KEY.fingerprint })).toEqual(refused('busy'));
  times = 5;
  expect(await world.operate({ operation: 'remove', name: 'runtime-1' })).toEqual(refused('busy'));
});

test('[case 52] fifty that register the same key at the same time: one has it', async () => {
  const world = new RegistrarWorld();
  const results = await Promise.all(Array.from({ length: 50 }, (_, index) => world.operate(putOf({ name: `runtime-${index}` }))));
  expect(results.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
  expect(world.names()).toHaveLength(2);
});

test('an error of the table is thrown, so that whoever asked knows', async () => {
  const world = new RegistrarWorld();
  world.tables.disturb = () => { throw new TableError('AccessDeniedException'); };
  await expect(world.operate(putOf())).rejects.toThrow('AccessDeniedException');
});
