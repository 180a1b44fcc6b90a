import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { openSshPrivateKey } from './openssh-private-key';
import { newPrivateKey, publicLineOf, tryPublicKeyOf } from '../secrets/ssh-key';

/** Kinds of host key that are made here, and what SSH calls them (AWS Transfer Family API Reference, "ListedHostKey", Type). */
export const SSH_TYPES = { 'ed25519': 'ssh-ed25519', 'ecdsa-p256': 'ecdsa-sha2-nistp256', 'rsa-4096': 'ssh-rsa' } as const;

export type HostKeyType = keyof typeof SSH_TYPES;

export const HOST_KEY_TYPES = Object.keys(SSH_TYPES) as readonly HostKeyType[];

/** A host key before its server has it. The private half goes to ImportHostKey and nowhere else. */
export interface HostKeyPair {
  readonly privateKey: string;
  /** As a line of `known_hosts` has it after the name of the host. */
  readonly publicKey: string;
  /** As `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

const makePair = promisify(generateKeyPair);

/**
 * Makes a host key, in a form that the service documents: PEM for RSA and ECDSA, OpenSSH's own for Ed25519 (AWS Transfer Family User Guide,
 * "Create SSH keys on macOS, Linux, or Unix"); none has more than the 4096 characters that ImportHostKey takes.
 */
export async function newHostKeyPair(type: HostKeyType): Promise<HostKeyPair> {
  if (type === 'ed25519') return newEd25519();
  const privateKey = await newPrivateKey(type);
  const { line, fingerprint } = tryPublicKeyOf(privateKey)!;
  return { privateKey, publicKey: line, fingerprint };
}

async function newEd25519(): Promise<HostKeyPair> {
  const { privateKey } = await makePair('ed25519');
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' }); // RFC 8037, 2
  const publicKey = Buffer.from(x, 'base64url');
  const { line, fingerprint } = publicLineOf('ssh-ed25519', [publicKey]);
  return { privateKey: openSshPrivateKey(Buffer.from(d, 'base64url'), publicKey), publicKey: line, fingerprint };
}
