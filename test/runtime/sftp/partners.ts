import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { FakeTables, Item } from './fake-tables';
import { PartnerKey, PartnerRecord, writePartnerRecord } from '../../../src/formats/partner-record';
import { ScryptCost, writeVerifier } from '../../../src/runtime/secrets/password-verifier';

/** When tests begin. */
export const START = Date.parse('2026-11-25T12:00:00Z');
export const SERVER = 's-0123456789abcdef0';
export const ROLE_PREFIX = 'arn:aws:iam::111122223333:role/sftp/c8f3/';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d';

/** A hundredth of the usual cost. */
export const CHEAP = { log2N: 10, r: 8, p: 1 };

export const PASSWORD = 'CANARY-correct-Horse-7~battery.staple_40';

/** A time, so many seconds after the start. */
export const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');
const DAY = 86_400;

/** A new public key of Ed25519 as OpenSSH writes it (RFC 8709, 4), good for ten days. */
export function newKey(changes: Partial<PartnerKey> = {}): PartnerKey {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return keyOf(sshStrings(Buffer.from('ssh-ed25519'), Buffer.from(x!, 'base64url')), 'ssh-ed25519', changes);
}

/** A key of RSA, whose size may be too small. */
export function rsaKey(bits: number): PartnerKey {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
  const positive = (text: string) => Buffer.concat([Buffer.from([0]), Buffer.from(text, 'base64url')]);
  return keyOf(sshStrings(Buffer.from('ssh-rsa'), Buffer.from(e!, 'base64url'), positive(n!)), 'ssh-rsa');
}

export function keyOf(blob: Buffer, type: string, changes: Partial<PartnerKey> = {}): PartnerKey {
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  return { body: `${type} ${blob.toString('base64')}`, fingerprint, expires: at(10 * DAY), ...changes };
}

function sshStrings(...strings: readonly Buffer[]): Buffer {
  return Buffer.concat(strings.flatMap((string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(string.length);
    return [length, string];
  }));
}

export const KEY = newKey();

export function recordOf(changes: Partial<PartnerRecord> = {}): PartnerRecord {
  const name = changes.name ?? 'acme';
  return {
    version: 1,
    name,
    disabled: false,
    keys: [KEY],
    networks: ['192.0.2.0/24', '2001:db8::/32'],
    roleArn: `${ROLE_PREFIX}partner-${name.slice(0, 40)}`,
    passwordRequired: true,
    directories: [{ entry: '/', bucket: 'incoming-files', prefix: name, keyArn: KEY_ARN, actions: ['list', 'write'] }],
    ...changes,
  };
}

/** Stores a partner; `attributes` are of the row. */
export function store(tables: FakeTables, changes: Partial<PartnerRecord> = {}, attributes: Item = {}): PartnerRecord {
  const record = recordOf(changes);
  storeText(tables, record.name, writePartnerRecord(record), attributes);
  return record;
}

/** Stores a partner with any text for a record. */
export function storeText(tables: FakeTables, name: string, record: string, attributes: Item = {}): void {
  tables.put('partners', {
    partner: { S: name }, record: { S: record }, serverId: { S: SERVER }, managedBy: { S: 'template' }, resource: { S: 'stack#Acme' }, revision: { N: '1' }, ...attributes,
  });
}

/** Stores the verifier of a password, as rotation does. */
export function storePassword(tables: FakeTables, name = 'acme', password = PASSWORD, attributes: Item = {}, cost: ScryptCost = CHEAP): void {
  const credential = createHash('sha256').update(password).digest('hex').slice(0, 10);
  tables.put('credentials', {
    holder: { S: name },
    credential: { S: credential },
    secretArn: { S: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme-AbCdEf' },
    version: { S: `version-${credential}` },
    createdAt: { N: String(START - 1000) },
    verifier: { S: writeVerifier(password, randomBytes(16), cost) },
    ...attributes,
  });
}

/** What AWS Transfer Family hands over; without a password unless there is one. */
export function login(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { username: 'acme', protocol: 'SFTP', serverId: SERVER, sourceIp: '192.0.2.7', ...changes };
}
