import { createHash, createPrivateKey, createPublicKey, generateKeyPair, KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** Kinds of key that a connector signs in with (AWS Transfer Family User Guide, "Store authentication credentials for SFTP connectors"). */
export const KEY_TYPES = ['rsa-4096', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521'] as const;
export type KeyType = typeof KEY_TYPES[number];

const CURVES = { 'ecdsa-p256': 'P-256', 'ecdsa-p384': 'P-384', 'ecdsa-p521': 'P-521' } as const;

/** The half of a key pair that a partner installs. */
export interface SshPublicKey {
  readonly keyType: KeyType;
  /** A line of `authorized_keys`, without comment. */
  readonly line: string;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

const makePair = promisify(generateKeyPair);

/** Makes a private key in PEM: PKCS#1 for RSA (RFC 8017, A.1.2), SEC1 for ECDSA (RFC 5915), as `ssh-keygen -m PEM` writes them. */
export async function newPrivateKey(keyType: KeyType): Promise<string> {
  if (keyType === 'rsa-4096') {
    const { privateKey } = await makePair('rsa', { modulusLength: 4096 });
    return privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
  }
  const { privateKey } = await makePair('ec', { namedCurve: CURVES[keyType] });
  return privateKey.export({ type: 'sec1', format: 'pem' }) as string;
}

/** The public half of a private key; undefined for what is no private key of those kinds in that form. */
export function tryPublicKeyOf(pem: string): SshPublicKey | undefined {
  if (!/^-----BEGIN (RSA|EC) PRIVATE KEY-----\n/.test(pem)) return undefined;
  try {
    return publicKeyOf(createPublicKey(createPrivateKey(pem)));
  } catch {
    return undefined;
  }
}

function publicKeyOf(key: KeyObject): SshPublicKey | undefined {
  const { n = '', e = '', crv, x = '', y = '' } = key.export({ format: 'jwk' });
  if (key.asymmetricKeyType === 'rsa') {
    // RFC 4253, 6.6. A connector takes others, too, but rotation makes none.
    return key.asymmetricKeyDetails?.modulusLength === 4096 ? shown('rsa-4096', 'ssh-rsa', [integer(e), integer(n)]) : undefined;
  }
  const keyType = KEY_TYPES.find((type) => type !== 'rsa-4096' && CURVES[type] === crv);
  if (!keyType) return undefined;
  const curve = `nistp${keyType.slice(-3)}`;
  // RFC 5656, 3.1: the point is uncompressed (SEC1, 2.3.3).
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return shown(keyType, `ecdsa-sha2-${curve}`, [Buffer.from(curve), point]);
}

function shown(keyType: KeyType, algorithm: string, parts: readonly Buffer[]): SshPublicKey {
  return { keyType, ...publicLineOf(algorithm, parts) };
}

/** A public key as a line of `authorized_keys`, and its fingerprint. */
export function publicLineOf(algorithm: string, parts: readonly Buffer[]): Pick<SshPublicKey, 'line' | 'fingerprint'> {
  const blob = strings([Buffer.from(algorithm), ...parts]);
  const fingerprint = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { line: `${algorithm} ${blob.toString('base64')}`, fingerprint: `SHA256:${fingerprint}` };
}

/** One string after the other, each with its length before it (RFC 4251, 5). */
export function strings(parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [uint32(part.length), part]));
}

/** RFC 4251, 5. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** RFC 4251, 5: the first bit is the sign. */
function integer(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return bytes[0] >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}
