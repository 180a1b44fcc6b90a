import { generateKeyPairSync } from 'node:crypto';
import { PartnerKey, PartnerRecord, writePartnerRecord } from '../../../src/formats/partner-record';
import { publicLineOf } from '../../../src/runtime/secrets/ssh-key';

export const DAY = 24 * 60 * 60 * 1000;
export const NOW = Date.UTC(2026, 2, 1);

const made = new Map<string, { readonly line: string; readonly fingerprint: string }>();

/** The public key of a name: always the same in one run of the tests. */
export function publicKey(name: string): { readonly line: string; readonly fingerprint: string } {
  if (!made.has(name)) {
    const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    made.set(name, publicLineOf('ssh-ed25519', [Buffer.from(x, 'base64url')]));
  }
  return made.get(name)!;
}

/** A key of a record; good for 90 days from `now` on, unless it is said. */
export function partnerKey(name: string, times: { readonly notBefore?: number; readonly expires?: number } = {}): PartnerKey {
  const { line, fingerprint } = publicKey(name);
  const { notBefore, expires = NOW + 90 * DAY } = times;
  const instant = (time: number) => new Date(time).toISOString();
  return { body: line, fingerprint, ...notBefore === undefined ? {} : { notBefore: instant(notBefore) }, expires: instant(expires) };
}

/** A partner that may upload from one network. */
export function partnerRecord(name: string, keys: readonly PartnerKey[], changes: Partial<PartnerRecord> = {}): PartnerRecord {
  return {
    version: 1,
    name,
    disabled: false,
    keys,
    networks: ['203.0.113.0/24'],
    roleArn: 'arn:aws:iam::111122223333:role/sftp/0123456789/acme',
    passwordRequired: false,
    directories: [{
      entry: '/',
      bucket: 'incoming-111122223333',
      prefix: `partners/${name}`,
      keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
      actions: ['list', 'write'],
    }],
    ...changes,
  };
}

export const recordText = writePartnerRecord;

/** Private keys as people paste them by mistake, by their form. */
export const PRIVATE_KEYS: readonly (readonly [form: string, text: string])[] = [
  ['PEM', '-----BEGIN RSA PRIVATE KEY-----\nCANARYMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n'],
  ['PKCS #8', '-----BEGIN PRIVATE KEY-----\r\nCANARYMC4CAQAwBQYDK2Vw\r\n-----END PRIVATE KEY-----'],
  ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nCANARYb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----\n'],
  ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nCANARYAAAAIB\nPrivate-MAC: CANARY'],
];
