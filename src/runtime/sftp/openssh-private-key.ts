import { randomBytes } from 'node:crypto';
import { strings, uint32 } from '../secrets/ssh-key';

/** OpenSSH, PROTOCOL.key, 1. */
const MAGIC = Buffer.from('openssh-key-v1\0');
const NONE = Buffer.from('none');
const ED25519 = Buffer.from('ssh-ed25519');

/** Block size of the cipher `none`; 255 bytes of padding at most would be needed for others. */
const BLOCK_BYTES = 8;

/**
 * Writes an Ed25519 key as `ssh-keygen -t ed25519 -N ''` does (OpenSSH, PROTOCOL.key): there is no older form for this kind of key, and not every
 * version of OpenSSH reads PKCS #8 for it.
 *
 * @param seed the private key (RFC 8032, 5.1.5)
 */
export function openSshPrivateKey(seed: Buffer, publicKey: Buffer): string {
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check, check, // equal, which tells a right passphrase where there is one
    strings([ED25519, publicKey, Buffer.concat([seed, publicKey]), Buffer.alloc(0)]), // the last is the comment
  ]);
  const padding = Buffer.from(Array.from({ length: (BLOCK_BYTES - secret.length % BLOCK_BYTES) % BLOCK_BYTES }, (_, index) => index + 1));
  const whole = Buffer.concat([
    MAGIC,
    strings([NONE, NONE, Buffer.alloc(0)]), // cipher, key derivation, its options
    uint32(1),
    strings([strings([ED25519, publicKey]), Buffer.concat([secret, padding])]),
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g)!;
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
