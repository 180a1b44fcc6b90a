import { TableError } from './fake-tables';
import { PRIVATE_KEYS } from './partner-keys';
import { at, KEY, newKey, recordOf } from './partners';
import { FOR_DEPLOYMENTS, RegistrarWorld, SERVER_ID, STACK } from './registrar-world';
import { PartnerRecord, readPartnerRecord, writePartnerRecord } from '../../../src/formats/partner-record';

const recordText = (changes: Partial<PartnerRecord> = {}) => writePartnerRecord(recordOf({ passwordRequired: false, ...changes }));

const stored = (world: RegistrarWorld, name = 'acme') => {
  const read = readPartnerRecord(world.tables.rows('partners').get(name)?.record.S);
  return 'record' in read ? read.record : undefined;
};

test('a creation stores the partner, and whose each key is', async () => {
  const world = new RegistrarWorld();
  expect(await world.deploy('Create', recordText())).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'acme', Data: { Name: 'acme' } });
  expect(world.tables.rows('partners').get('acme')).toEqual({
    partner: { S: 'acme' },
    record: { S: recordText() },
    serverId: { S: SERVER_ID },
    managedBy: { S: 'template' },
    resource: { S: `${STACK}#Acme` },
    revision: { N: '1' },
    updatedAt: { N: String(world.now) },
  });
  expect(world.tables.rows('partners').get(`key#${KEY.fingerprint}`)).toEqual({
    partner: { S: `key#${KEY.fingerprint}` }, owner: { S: 'acme' }, resource: { S: `${STACK}#Acme` },
  });
});

test('each request may come again', async () => {
  const world = new RegistrarWorld();
  for (const type of ['Create', 'Create', 'Update'] as const) expect(await world.deploy(type, recordText())).toMatchObject({ Status: 'SUCCESS' });
  for (let time = 0; time < 2; time++) expect(await world.deploy('Delete', recordText())).toMatchObject({ Status: 'SUCCESS' });
  expect(world.names()).toEqual([]);
});

test('an update lets go of keys that are gone, and keeps who is suspended so', async () => {
  const world = new RegistrarWorld();
  const next = newKey();
  await world.deploy('Create', recordText());
  expect(await world.operate({ operation: 'suspend', name: 'acme' })).toEqual({ outcome: 'suspended' });
  await world.deploy('Update', recordText({ keys: [next] }));
  expect(stored(world)?.keys).toEqual([next]);
  expect(world.tables.rows('partners').get('acme')).toMatchObject({ suspended: { BOOL: true }, revision: { N: '3' } });
  expect(await world.deploy('Create', recordText({ name: 'globex' }), { logicalId: 'Globex' })).toMatchObject({ Status: 'SUCCESS' });
});

test('[case 52] a key of another partner is refused, and nothing is stored', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  expect(await world.deploy('Create', recordText({ name: 'globex', keys: [newKey(), KEY] }), { logicalId: 'Globex' })).toMatchObject({
    Status: 'FAILED', Reason: `keys[1] (${KEY.fingerprint}) is another partner's (ask each for a key of its own)`, PhysicalResourceId: 'globex',
  });
  expect(world.names()).toEqual(['acme', 'key']);
});

test('a new name for the same resource takes over the keys, and the deletion of the old name leaves them', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  expect(await world.deploy('Update', recordText({ name: 'acme-2' }))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'acme-2' });
  await world.deploy('Delete', recordText(), { id: 'acme' });
  expect(world.names()).toEqual(['acme-2', 'key']);
  expect(world.tables.rows('partners').get(`key#${KEY.fingerprint}`)).toMatchObject({ owner: { S: 'acme-2' } });
});

test('where the old name of a resource is still there, its record can lose the keys that the new name has', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  await world.deploy('Update', recordText({ name: 'acme-2' }));
  // The deletion of the old name failed, which ends no deployment; then the resource returns to it.
  const next = newKey();
  expect(await world.deploy('Update', recordText({ keys: [next] }), { id: 'acme-2' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'acme' });
  expect(stored(world)?.keys).toEqual([next]);
  expect(world.tables.rows('partners').get(`key#${KEY.fingerprint}`)).toMatchObject({ owner: { S: 'acme-2' } });
});

test('a partner goes with its keys or not at all, so that nobody has a key that it can still sign in with', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  world.tables.disturb = (operation, { Key }) => {
    const isOfPartner = operation === 'TransactWriteItems' || (operation === 'DeleteItem' && Key?.partner.S === 'acme');
    if (isOfPartner) throw new TableError('ProvisionedThroughputExceededException');
  };
  expect(await world.deploy('Delete', recordText())).toMatchObject({ Status: 'FAILED' });
  expect(world.names()).toEqual(['acme', 'key']);
  world.tables.disturb = () => undefined;
  expect(await world.deploy('Delete', recordText())).toMatchObject({ Status: 'SUCCESS' });
  expect(world.names()).toEqual([]);
});

test('who was suspended stays so when a deployment removes the partner and another one brings it back, until operators let it in', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  await world.operate({ operation: 'suspend', name: 'acme' });
  for (let time = 0; time < 2; time++) await world.deploy('Delete', recordText());
  expect(await world.operate({ operation: 'get', name: 'acme' })).toEqual({ outcome: 'refused', reason: 'unknown-partner' });
  expect(await world.operate({ operation: 'list' })).toEqual({ outcome: 'listed', partners: [] });
  await world.deploy('Create', recordText(), { logicalId: 'AcmeAgain' });
  expect(await world.operate({ operation: 'get', name: 'acme' })).toMatchObject({ partner: { suspended: true } });
  expect(world.names()).toEqual(['acme', 'key']);
  await world.operate({ operation: 'resume', name: 'acme' });
  await world.deploy('Delete', recordText(), { logicalId: 'AcmeAgain' });
  await world.deploy('Create', recordText());
  expect(await world.operate({ operation: 'get', name: 'acme' })).toMatchObject({ partner: { suspended: false } });
});

test('who was suspended stays so under a new name', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  await world.operate({ operation: 'suspend', name: 'acme' });
  await world.deploy('Update', recordText({ name: 'acme-2' }));
  await world.deploy('Delete', recordText());
  expect(await world.operate({ operation: 'get', name: 'acme-2' })).toMatchObject({ partner: { suspended: true } });
  // Another resource's partner is nobody's old name.
  await world.deploy('Create', recordText({ name: 'globex', keys: [] }), { logicalId: 'Globex' });
  await world.deploy('Update', recordText({ name: 'globex-2', keys: [] }), { id: 'acme-2', logicalId: 'Globex' });
  expect(await world.operate({ operation: 'get', name: 'globex-2' })).toMatchObject({ partner: { suspended: false } });
});

test('a partner of another resource, or of operators, is neither changed nor deleted', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  await world.operate({ operation: 'put', name: 'runtime-1', keys: [{ key: newKey().body, expires: at(3600) }], networks: ['203.0.113.7/32'] });
  expect(await world.deploy('Create', recordText(), { logicalId: 'Other' })).toMatchObject({
    Status: 'FAILED', Reason: "the partner 'acme' is another resource's; remove that one in a deployment of its own first",
  });
  expect(await world.deploy('Create', recordText({ name: 'runtime-1', keys: [] }))).toMatchObject({
    Status: 'FAILED', Reason: "the partner 'runtime-1' was registered by operators; have them remove it first",
  });
  // What CloudFormation does after a creation that failed.
  await world.deploy('Delete', recordText(), { logicalId: 'Other' });
  await world.deploy('Delete', recordText(), { id: 'runtime-1' });
  expect(world.names()).toEqual(['acme', 'key', 'key', 'runtime-1']);
});

test('a key that was revoked stays out whatever the template says, and everything else is deployed', async () => {
  const world = new RegistrarWorld();
  const other = newKey();
  await world.deploy('Create', recordText({ keys: [KEY, other] }));
  expect(await world.operate({ operation: 'revoke-key', name: 'acme', fingerprint: KEY.fingerprint })).toEqual({ outcome: 'key-revoked' });
  expect(stored(world)?.keys).toEqual([other]);
  expect(await world.deploy('Update', recordText({ keys: [KEY, other], networks: ['198.51.100.0/24'] }))).toMatchObject({ Status: 'SUCCESS' });
  expect(stored(world)).toMatchObject({ keys: [other], networks: ['198.51.100.0/24'] });
  expect(world.log).toContainEqual({ outcome: 'key-left-out', reason: 'revoked', partner: 'acme', fingerprint: KEY.fingerprint });
  await world.deploy('Delete', recordText());
  expect(world.names()).toEqual(['key']); // nobody has it ever again
  await world.deploy('Create', recordText({ name: 'globex' }), { logicalId: 'Globex' });
  expect(stored(world, 'globex')?.keys).toEqual([]);
});

test.each([
  [undefined, 'Record is no text'],
  ['{', 'Record is no JSON'],
  [recordText({ networks: [] }), 'networks is no list of 1 to 1000 networks'],
  [recordText({ networks: ['0.0.0.0/0'] }), 'networks[0] is every address there is (name the networks of the partner)'],
  [recordText({ keys: [{ ...KEY, body: 'CANARY' }] }), 'keys[0].body does not begin with a known type of key'],
  [recordText({ keys: [newKey({ expires: at(366 * 86_400) })] }), 'keys[0].expires is more than 365 days after the key begins to be good'],
  [recordText({ keys: [newKey({ notBefore: at(60), expires: at(366 * 86_400) })] }), 'keys[0].expires is more than 365 days after'],
  [recordText({ passwordRequired: true }), 'passwordRequired is true where the server asks for none'],
])('what no partner may be is refused with its reason, and nothing is stored: %#', async (text, reason) => {
  const world = new RegistrarWorld();
  const told = await world.deploy('Create', text);
  expect(told).toMatchObject({ Status: 'FAILED' });
  expect(told.Reason).toContain(reason);
  expect(JSON.stringify([told, world.log])).not.toContain('CANARY');
  expect(world.names()).toEqual([]);
});

test.each(PRIVATE_KEYS)('[case 58] a private key of the form %s fails the deployment, is stored nowhere, and neither answered nor logged', async (_form, body) => {
  const world = new RegistrarWorld();
  const told = await world.deploy('Create', recordText({ keys: [{ ...KEY, body }] }));
  expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^keys\[0\]\.body is a private key/) });
  expect(JSON.stringify([told, world.log, world.tables.calls])).not.toContain('CANARY');
  expect(world.names()).toEqual([]);
});

test('keys whose time is past may stay in a template', async () => {
  const world = new RegistrarWorld();
  world.now += 400 * 86_400_000;
  expect(await world.deploy('Create', recordText({ keys: [newKey({ notBefore: at(0), expires: at(3600) })] }))).toMatchObject({ Status: 'SUCCESS' });
});

test('where a password is asked for, a partner without is refused', async () => {
  const world = new RegistrarWorld({ ...FOR_DEPLOYMENTS, AUTHENTICATION: 'PUBLIC_KEY_AND_PASSWORD' });
  expect(await world.deploy('Create', recordText())).toMatchObject({ Reason: 'passwordRequired is false where the server asks for a password' });
  expect(await world.deploy('Create', recordText({ passwordRequired: true }))).toMatchObject({ Status: 'SUCCESS' });
});

test('a server that is none is refused', async () => {
  expect(await new RegistrarWorld().deploy('Create', recordText(), { serverId: 'x' })).toMatchObject({ Reason: 'ServerId is no id of a server' });
});

test('what others change at the same moment is read again, five times', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  let times = 4;
  world.tables.disturb = (operation) => {
    if (operation !== 'TransactWriteItems' || times-- <= 0) return;
    throw new TableError('TransactionCanceledException', { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] });
  };
  expect(await world.deploy('Update', recordText())).toMatchObject({ Status: 'SUCCESS' });
  times = 5;
  expect(await world.deploy('Update', recordText())).toMatchObject({ Status: 'FAILED', Reason: "the partner 'acme' is being changed by others; deploy again" });
});

test('a deletion that others are quicker than is tried again, five times', async () => {
  const world = new RegistrarWorld();
  await world.deploy('Create', recordText());
  let times = 5;
  world.tables.disturb = (operation) => {
    if (operation !== 'TransactWriteItems' || times-- <= 0) return;
    throw new TableError('TransactionCanceledException', { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }] });
  };
  expect(await world.deploy('Delete', recordText())).toMatchObject({ Status: 'FAILED', Reason: "the partner 'acme' is being changed by others; delete again" });
  expect(await world.deploy('Delete', recordText())).toMatchObject({ Status: 'SUCCESS' });
});

test.each([
  ['AccessDeniedException', {}],
  ['TransactionCanceledException', { CancellationReasons: [{ Code: 'ThrottlingError' }] }],
])('of an error of the table the name alone is told: %s', async (name, details) => {
  const world = new RegistrarWorld();
  world.tables.disturb = (operation) => { if (operation === 'TransactWriteItems') throw new TableError(name, details); };
  expect(await world.deploy('Create', recordText())).toMatchObject({ Status: 'FAILED', Reason: `${name}; the log of the function says when` });
});

test('the function of deployments takes no event of operators', async () => {
  const world = new RegistrarWorld();
  await expect(world.functionOf(FOR_DEPLOYMENTS)({ operation: 'list' }, { getRemainingTimeInMillis: () => 0 })).rejects.toThrow('takes events of CloudFormation alone');
  expect(world.tables.calls).toEqual([]);
});
