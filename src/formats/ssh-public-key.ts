import { createHash, createPublicKey } from 'node:crypto';
import { problemOfEd25519 } from './ed25519-point';
import type { Refusal } from './refusal';
import { tryPositive, tryStrings } from './ssh-wire';

/** Types of key that are taken for some purpose (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4). */
export const SSH_KEY_TYPES = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'] as const;
export type SshKeyType = typeof SSH_KEY_TYPES[number];

/**
 * What a key is for: a partner signs in with it, our server is known by it, or a partner's server is known to a connector by it.
 *
 * AWS asks for 2048 bits of RSA in the keys of hosts and for none in those of users (AWS Transfer Family API Reference, "ImportHostKey",
 * "ImportSshPublicKey"); NIST SP 800-57 part 1 r5, 5.6.1 has 2048 bits end with 2030. A connector takes no Ed25519 (User Guide, "Create an SFTP
 * connector").
 */
export type SshKeyPurpose = 'partner' | 'host' | 'connector-host';

/** A public key that was read and found sound. */
export interface SshPublicKey {
  readonly type: SshKeyType;
  readonly bits: number;
  /** Type and key, without comment: what is stored and given to AWS. */
  readonly body: string;
  readonly blob: Buffer;
  /** As `ssh-keygen -lf` shows it: `SHA256:` and 43 characters. */
  readonly fingerprint: string;
}

/** Why a line is no such key. Holds nothing of the line but a type of key that is known. */
export type SshKeyRefusal = Omit<Refusal, 'path'>;

const RSA_BITS: Record<SshKeyPurpose, number> = { 'partner': 3072, 'host': 2048, 'connector-host': 2048 };
const MAX_RSA_BITS = 8192;
const MAX_LINE = 4096;

const CURVES: Partial<Record<SshKeyType, { readonly crv: string; readonly bits: number }>> = {
  'ecdsa-sha2-nistp256': { crv: 'P-256', bits: 256 },
  'ecdsa-sha2-nistp384': { crv: 'P-384', bits: 384 },
  'ecdsa-sha2-nistp521': { crv: 'P-521', bits: 521 },
};

/** PEM, OpenSSH's own form in one line, and PuTTY's. */
const PRIVATE = /PRIVATE KEY|b3BlbnNzaC1rZXktdjE|PuTTY-User-Key-File|SSH2 ENCRYPTED/i;
const REMEDY = 'make one with: ssh-keygen -t ed25519';

/** Reads a public key such as a line of `authorized_keys` has it, without options; or tells why it is none that is taken. Drops the comment. */
export function readSshPublicKey(line: unknown, purpose: SshKeyPurpose): SshPublicKey | SshKeyRefusal {
  if (typeof line !== 'string') return { problem: 'is no text' };
  if (PRIVATE.test(line)) {
    return { problem: 'is a private key', remedy: 'take it for stolen: make a new pair, and hand over the file that ends in .pub alone' };
  }
  if (line.length > MAX_LINE) return { problem: `has over ${MAX_LINE} characters` };
  const text = line.replace(/\r?\n$/, '').trim();
  if (/^---- BEGIN SSH2 PUBLIC KEY/.test(text)) return { problem: 'is written as RFC 4716 has it', remedy: 'convert it with: ssh-keygen -i -f <file>' };
  if (/^-----BEGIN/.test(text)) return { problem: 'is PEM', remedy: 'convert it with: ssh-keygen -i -m PKCS8 -f <file>' };
  // Tabs stand between fields, too; other control characters would end up in logs.
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text)) return { problem: 'has more than one line, or control characters', remedy: 'give one key a line' };
  const [type = '', base64 = ''] = text.split(/[ \t]+/);
  const foreign = problemOfType(type, purpose);
  if (foreign) return foreign;
  const blob = Buffer.from(base64, 'base64');
  if (base64 === '' || blob.toString('base64') !== base64) return { problem: 'has a key that is no canonical base64', remedy: 'copy the whole line again' };
  return readBlob(type as SshKeyType, blob, purpose);
}

function problemOfType(type: string, purpose: SshKeyPurpose): SshKeyRefusal | undefined {
  if (type === 'ssh-dss' || type === 'ssh-dsa') return { problem: 'is a DSA key, which has 1024 bits (RFC 4253, 6.6)', remedy: REMEDY };
  if (/^sk-/.test(type)) return { problem: 'is a key of a security token, which AWS Transfer Family does not take', remedy: REMEDY };
  if (/-cert-v\d\d@openssh\.com$/.test(type)) return { problem: 'is a certificate, which AWS Transfer Family does not take', remedy: 'give the key itself' };
  if (type === 'ssh-ed25519' && purpose === 'connector-host') {
    return { problem: 'is an Ed25519 key, which connectors do not take', remedy: 'ask for the ECDSA or RSA key of the server' };
  }
  if ((SSH_KEY_TYPES as readonly string[]).includes(type)) return undefined;
  return { problem: 'does not begin with a known type of key', remedy: 'give type and key, without options before them' };
}

function readBlob(type: SshKeyType, blob: Buffer, purpose: SshKeyPurpose): SshPublicKey | SshKeyRefusal {
  const [name, ...parts] = tryStrings(blob) ?? [];
  if (name === undefined) return { problem: 'is cut off or has too much at its end', remedy: 'copy the whole line again' };
  if (name.toString('latin1') !== type) return { problem: `says ${type} and holds a key of another type`, remedy: 'copy the whole line again' };
  const bits = readParts(type, parts, purpose);
  if (typeof bits !== 'number') return bits;
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  return { type, bits, body: `${type} ${blob.toString('base64')}`, blob, fingerprint };
}

/** The size of a key in bits, or what is wrong with it. */
function readParts(type: SshKeyType, parts: readonly Buffer[], purpose: SshKeyPurpose): number | SshKeyRefusal {
  if (type === 'ssh-rsa') return readRsa(parts, purpose);
  const curve = CURVES[type];
  if (curve) return readEcdsa(curve, parts);
  if (parts.length !== 1 || parts[0].length !== 32) return { problem: 'is no Ed25519 key, which has 32 bytes (RFC 8709, 4)' };
  const problem = problemOfEd25519(parts[0]);
  return problem === undefined ? 256 : { problem, remedy: REMEDY };
}

function readRsa(parts: readonly Buffer[], purpose: SshKeyPurpose): number | SshKeyRefusal {
  const [e, n] = parts.map(tryPositive);
  if (parts.length !== 2 || e === undefined || n === undefined) return { problem: 'is no RSA key (RFC 4253, 6.6)' };
  const bits = n.toString(2).length;
  if (bits < RSA_BITS[purpose]) return { problem: `is an RSA key of ${bits} bits; ${RSA_BITS[purpose]} are the least`, remedy: REMEDY };
  if (bits > MAX_RSA_BITS) return { problem: `is an RSA key of ${bits} bits; ${MAX_RSA_BITS} are the most`, remedy: REMEDY };
  // FIPS 186-5, A.1.1 wants 2^16 < e < 2^256; PuTTY made keys with 37 for years, and a small exponent weakens no signature that is checked whole.
  if (e < 3n || e >= 2n ** 256n || e % 2n === 0n || n % 2n === 0n) return { problem: 'is an RSA key that nobody can sign with', remedy: REMEDY };
  return bits;
}

function readEcdsa({ crv, bits }: { readonly crv: string; readonly bits: number }, parts: readonly Buffer[]): number | SshKeyRefusal {
  const [name, point] = parts;
  const size = Math.ceil(bits / 8);
  // RFC 5656, 3.1; AWS and OpenSSH write points without compression (SEC 1, 2.3.3).
  if (parts.length !== 2 || name.toString('latin1') !== `nistp${bits}` || point.length !== 1 + 2 * size || point[0] !== 4) {
    return { problem: `is no ECDSA key of ${bits} bits (RFC 5656, 3.1)` };
  }
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)].map((each) => each.toString('base64url'));
  try {
    // Refuses a point that is not on the curve.
    createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' });
    return bits;
  } catch {
    return { problem: `is an ECDSA key whose point is not on the curve of ${bits} bits`, remedy: 'copy the whole line again' };
  }
}
