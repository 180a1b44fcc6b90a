import * as fc from 'fast-check';
import { EXPIRES, keyOf, recordOf } from './partners';
import { bodyOf } from './ssh-lines';
import { conflictsAmong } from '../../src/formats/partner-conflicts';
import {
  isAllowedFrom, PartnerRecord, readPartnerRecord, readStoredPartner, usableKeys, writePartnerRecord,
} from '../../src/formats/partner-record';

const pathsOf = (value: unknown) => {
  const read = readPartnerRecord(JSON.stringify(value));
  return 'refusals' in read ? read.refusals.map(({ path }) => path) : [];
};

test('a record is read as it was written, and always written alike', () => {
  const record = recordOf({ keys: [keyOf('ed25519', { notBefore: '2026-01-01T00:00:00Z' }), keyOf('rsa3072')] });
  const text = writePartnerRecord(record);
  expect(readPartnerRecord(text)).toEqual({ record });
  const shuffled = JSON.stringify(Object.fromEntries(Object.entries(record).reverse()));
  const read = readPartnerRecord(shuffled) as { record: PartnerRecord };
  expect(writePartnerRecord(read.record)).toBe(text);
  expect(text).not.toContain('undefined');
});

test.each<[string, unknown, string]>([
  ['version', 2, 'version'], ['version', '1', 'version'],
  ['name', undefined, 'name'], ['name', 'ab', 'name'], ['name', 'a'.repeat(101), 'name'], ['name', 'Acme', 'name'], ['name', '-acme', 'name'], ['name', '../x', 'name'],
  ['name', 'a/b', 'name'], ['name', 'acme*', 'name'], ['name', 'acme\n', 'name'], ['name', '${transfer:UserName}', 'name'], ['name', 'bób', 'name'], ['name', 'a#b', 'name'],
  ['disabled', 'false', 'disabled'], ['disabled', undefined, 'disabled'], ['passwordRequired', 0, 'passwordRequired'],
  ['keys', undefined, 'keys'], ['keys', {}, 'keys'], ['keys', ['x'], 'keys[0]'], ['keys', Array(11).fill(keyOf('ed25519')), 'keys'],
  ['keys', [keyOf('ed25519'), keyOf('ed25519')], 'keys[1]'],
  ['keys', [keyOf('ed25519', { expires: undefined })], 'keys[0].expires'], ['keys', [keyOf('ed25519', { expires: '2027-01-01' })], 'keys[0].expires'],
  ['keys', [keyOf('ed25519', { notBefore: 'now' })], 'keys[0].notBefore'], ['keys', [keyOf('ed25519', { notBefore: EXPIRES })], 'keys[0].expires'],
  ['keys', [keyOf('ed25519', { fingerprint: keyOf('rsa3072').fingerprint })], 'keys[0].fingerprint'],
  ['keys', [keyOf('ed25519', { body: `${bodyOf('ed25519')} me` })], 'keys[0].body'], ['keys', [keyOf('ed25519', { body: bodyOf('rsa1024') })], 'keys[0].body'],
  ['keys', [{ ...keyOf('ed25519'), comment: 'x' }], 'keys[0]'],
  ['networks', undefined, 'networks'], ['networks', [], 'networks'], ['networks', '192.0.2.0/24', 'networks'], ['networks', ['192.0.2.1'], 'networks[0]'],
  ['networks', ['192.0.2.0/24', '0.0.0.0/0'], 'networks[1]'], ['networks', ['::/0'], 'networks[0]'], ['networks', ['192.0.2.1/24'], 'networks[0]'],
  ['networks', ['::ffff:192.0.2.0/120'], 'networks[0]'], ['networks', [7], 'networks[0]'], ['networks', ['192.0.2.0/24', '128.0.0.0/1'], 'networks[1]'], ['networks', ['2000::/3'], 'networks[0]'],
  ['networks', ['10.0.0.0/7'], 'networks[0]'], ['networks', ['fc00::/15'], 'networks[0]'], ['networks', Array(1001).fill('192.0.2.0/24'), 'networks'],
  ['roleArn', 'role', 'roleArn'], ['roleArn', undefined, 'roleArn'], ['roleArn', 'arn:aws:iam::111122223333:user/x', 'roleArn'],
  ['directories', [], 'directories'], ['directories', undefined, 'directories'], ['directories', ['/'], 'directories[0]'],
  ['secret', 'x', ''],
])('a record whose %s is %j is refused', (member, value, path) => {
  expect(pathsOf({ ...recordOf(), [member]: value })).toEqual([path]);
});

test('networks as large as anybody has are legal', () => {
  expect(pathsOf(recordOf({ networks: ['10.0.0.0/8', '2002::/16'] }))).toEqual([]);
});

test.each<[string, unknown]>([
  ['entry', 'incoming'], ['entry', '/a/b'], ['entry', '/..'], ['entry', '//'], ['bucket', ''], ['bucket', 'A'], ['bucket', 'a/b'], ['bucket', undefined],
  ['prefix', ''], ['prefix', '/acme'], ['prefix', 'acme/'], ['prefix', 'a//b'], ['prefix', 'a/../b'], ['prefix', '..'], ['prefix', 'acme*'], ['prefix', 'a?c'], ['prefix', '${x}'],
  ['prefix', 'a'.repeat(513)], ['prefix', undefined], ['keyArn', 'alias/x'], ['keyArn', 'arn:aws:kms:eu-west-1:111122223333:alias/x'], ['keyArn', 'arn:aws:kms:eu-west-1:111122223333:key/*'],
  ['actions', []], ['actions', ['list', 'list']], ['actions', ['all']], ['actions', 'list'],
])('a directory whose %s is %j is refused', (member, value) => {
  const [directory] = recordOf().directories;
  expect(pathsOf(recordOf({ directories: [{ ...directory, [member]: value }] }))).toEqual([`directories[0].${member}`]);
});

test('directories of one partner do not hold each other', () => {
  const [directory] = recordOf().directories;
  const two = (one: object, other: object) => pathsOf(recordOf({ directories: [{ ...directory, entry: '/a', ...one }, { ...directory, entry: '/b', ...other }] }));
  expect(two({ prefix: 'acme' }, { prefix: 'acme2' })).toEqual([]);
  expect(two({}, { bucket: 'outgoing-bucket' })).toEqual([]);
  expect(two({ prefix: 'acme' }, { prefix: 'acme' })).toEqual(['directories']);
  expect(two({ prefix: 'acme' }, { prefix: 'acme/b' })).toEqual(['directories']);
  expect(two({ prefix: 'acme/b' }, { prefix: 'acme' })).toEqual(['directories']);
  expect(two({ entry: '/', prefix: 'a' }, { prefix: 'b' })).toEqual(['directories']);
  expect(two({ entry: '/b', prefix: 'a' }, { prefix: 'b' })).toEqual(['directories']);
  expect(two({ prefix: 'a' }, { prefix: 'b', keyArn: 'arn:aws:kms:eu-north-1:111122223333:key/0a1b' })).toEqual(['directories']);
  expect(two({ prefix: 'a'.repeat(400) }, { prefix: 'b'.repeat(400) })).toEqual(['directories']);
});

test('three keys are good together and no more, as many as there are', () => {
  const names = ['ed25519', 'ecdsa256', 'ecdsa384', 'ecdsa521', 'rsa3072'];
  expect(pathsOf(recordOf({ keys: names.slice(0, 3).map((name) => keyOf(name)) }))).toEqual([]);
  expect(pathsOf(recordOf({ keys: names.slice(0, 4).map((name) => keyOf(name)) }))).toEqual(['keys']);
  const later = keyOf('ecdsa521', { notBefore: EXPIRES, expires: '2028-01-01T00:00:00Z' });
  expect(pathsOf(recordOf({ keys: [...names.slice(0, 3).map((name) => keyOf(name)), later] }))).toEqual([]);
  expect(pathsOf(recordOf({ keys: [...names.slice(0, 3).map((name) => keyOf(name)), { ...later, notBefore: '2026-12-31T23:59:59Z' }] }))).toEqual(['keys']);
  expect(pathsOf(recordOf({ keys: [] }))).toEqual([]);
});

test.each([undefined, null, 7, '', '{', '[]', 'null', '"x"', 'x'.repeat(65_537)])('%j is no record', (text) => {
  expect(readPartnerRecord(text)).toEqual({ refusals: [{ path: '', problem: expect.any(String) }] });
});

test('what is stored is read without the keys that are bad, and not at all with a network that is', () => {
  const good = keyOf('ed25519');
  const keys = [keyOf('rsa3072', { body: bodyOf('rsa1024') }), good, keyOf('ecdsa256', { expires: 'never' }), keyOf('ecdsa384', { body: bodyOf('dsa') })];
  const read = readStoredPartner(JSON.stringify(recordOf({ keys })));
  expect(read).toMatchObject({ record: { keys: [good] }, dropped: [{ path: 'keys[0].body' }, { path: 'keys[2].expires' }, { path: 'keys[3].body' }] });
  expect(readPartnerRecord(JSON.stringify(recordOf({ keys })))).toMatchObject({ refusals: [{}, {}, {}] });
  const twice = readStoredPartner(JSON.stringify(recordOf({ keys: [null, good, good, 7] })));
  expect(twice).toMatchObject({ record: { keys: [good] }, dropped: [{}, {}, { problem: 'is there twice' }] });
  const four = ['ed25519', 'ecdsa256', 'ecdsa384', 'ecdsa521'].map((name) => keyOf(name));
  expect(readStoredPartner(JSON.stringify(recordOf({ keys: [null, ...four] })))).toMatchObject({ refusals: [{ path: 'keys' }] });
  expect(readStoredPartner(JSON.stringify(recordOf({ networks: ['192.0.2.0/24', '192.0.2.0/33'] })))).toMatchObject({ refusals: [{ path: 'networks[1]' }] });
});

test('a key is good from notBefore until just before it expires', () => {
  const record = recordOf({ keys: [keyOf('ed25519', { notBefore: '2026-01-01T00:00:00Z' }), keyOf('rsa3072')] });
  const at = (text: string, more = 0) => usableKeys(record, Date.parse(text) + more).length;
  expect([at('2026-01-01T00:00:00Z', -1), at('2026-01-01T00:00:00Z'), at(EXPIRES, -1), at(EXPIRES), at(EXPIRES, 1)]).toEqual([1, 2, 2, 0, 0]);
  const bad = recordOf({ keys: [keyOf('ed25519', { expires: 'never' }), keyOf('rsa3072', { notBefore: 'ever' })] });
  expect(usableKeys(bad, 0)).toEqual([]);
});

test('a partner signs in from its networks alone', () => {
  const from = (address: unknown, networks?: readonly string[]) => isAllowedFrom(recordOf(networks ? { networks } : {}), address);
  expect(['192.0.2.0', '192.0.2.255', '::ffff:192.0.2.7', '2001:db8::1', '2001:DB8:0:0:0:0:0:1'].map((each) => from(each))).toEqual(Array(5).fill(true));
  for (const address of ['192.0.3.0', '192.0.1.255', '2001:db9::', '', undefined, null, 7, '999.1.1.1', '010.0.0.1', '1.2.3', '2001:db8::1%eth0', ['192.0.2.1']]) {
    expect(from(address)).toBe(false);
  }
  expect(from('2001:db8::1', ['192.0.2.0/24'])).toBe(false);
  expect([[], ['192.0.2.0/24', 'x'], ['0.0.0.0/0']].map((networks) => from('192.0.2.1', networks))).toEqual([false, false, false]);
});

test('partners of one server share no name, no key and no place', () => {
  const directory = recordOf().directories[0];
  const zeta = (more: object) => recordOf({ name: 'zeta', keys: [keyOf('rsa3072')], directories: [{ ...directory, prefix: 'partners/zeta' }], ...more });
  const found = (more: object) => conflictsAmong([recordOf(), zeta(more)]).map(({ path, problem }) => `${path} ${problem}`);
  expect(found({})).toEqual([]);
  expect(found({ name: 'acme' })).toEqual(['acme is there twice']);
  expect(found({ keys: [keyOf('ed25519')] })).toEqual([`zeta has the key ${keyOf('ed25519').fingerprint}, which is a key of 'acme'`]);
  expect(found({ directories: [{ ...directory, prefix: 'partners/acme/in' }] })).toEqual(["zeta has 'partners/acme/in', which overlaps with a directory of 'acme'"]);
  expect(found({ directories: [{ ...directory, prefix: 'partners' }] })).toHaveLength(1);
  expect(found({ directories: [{ ...directory, prefix: 'partners/acme2' }, { ...directory, bucket: 'other-bucket' }] })).toEqual([]);
});

test('whatever is stored, reading it gives an answer; and what is read can be written and read again', () => {
  const members = { keys: fc.array(fc.jsonValue()), networks: fc.array(fc.string()), directories: fc.jsonValue() };
  const wild = fc.oneof(fc.json(), fc.record(members, { requiredKeys: [] }).map((more) => JSON.stringify({ ...recordOf(), ...more })), fc.string());
  fc.assert(fc.property(wild, (text) => {
    const read = readStoredPartner(text);
    if ('record' in read) expect(readPartnerRecord(writePartnerRecord(read.record))).toEqual({ record: read.record });
    else expect(read.refusals.length).toBeGreaterThan(0);
  }), { numRuns: 2000 });
});

test('a refusal never tells a value', () => {
  const secret = '-----BEGIN OPENSSH PRIVATE KEY-----b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB';
  for (const member of ['version', 'name', 'keys', 'networks', 'roleArn', 'directories', 'passwordRequired', secret]) {
    for (const value of [secret, [secret], [{ body: secret, fingerprint: secret, expires: secret, prefix: secret, [secret]: 1 }]]) {
      expect(JSON.stringify(readStoredPartner(JSON.stringify({ ...recordOf(), [member]: value })))).not.toContain('AAAAB');
    }
  }
});
