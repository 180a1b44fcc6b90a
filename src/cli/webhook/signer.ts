import { createHmac, createPrivateKey, createPublicKey, KeyObject, sign } from 'node:crypto';
import { KeyText } from './inputs';
import { Algorithm, MAC_HASHES, PUBLIC_KEY_USES, suits } from '../../runtime/webhooks/algorithms';
import { KeyError, KeyFormat, readKeys } from '../../runtime/webhooks/key-formats';
import type { Key } from '../../runtime/webhooks/keys';
import type { Content } from '../../runtime/webhooks/mac';
import { readSigningKey } from '../../runtime/webhooks/outbound/signing-keys';
import { readSecret } from '../../runtime/webhooks/secret-content';
import { InputError } from '../errors';

/** Whoever can sign as a sender does, and what verifies it. */
export interface Signer {
  readonly verifying: Key;
  /** Whether the key is one for the algorithm. */
  suits(algorithm: Algorithm): boolean;
  sign(algorithm: Algorithm, content: Content): Buffer;
}

/** A signer with a private key in PEM, an Ed25519 key of Standard Webhooks, or a secret in the scheme's format. */
export function signerOf({ from, text }: KeyText, format: KeyFormat, id?: string): Signer {
  try {
    if (text.includes('PRIVATE KEY')) return privateSigner(privateKeyOf(text), id);
    if (text.startsWith('whsk_')) return privateSigner((readSigningKey(text) as { readonly key: KeyObject }).key, id);
    const [key] = readSecret(text, format).keys;
    if (key.type === 'secret') return secretSigner(key);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new InputError(from, error.message, 'give the key as the sender shows it, or a private key in PEM');
  }
  throw new InputError(from, 'a public key signs nothing', 'give the private key in PEM');
}

function secretSigner(verifying: Extract<Key, { readonly type: 'secret' }>): Signer {
  return {
    verifying,
    suits: (algorithm) => suits(algorithm, verifying),
    sign(algorithm, content) {
      const mac = createHmac(MAC_HASHES[algorithm]!, verifying.bytes);
      for (const piece of content) mac.update(piece);
      return mac.digest();
    },
  };
}

/** The public half is one that a receiver would take: of RSA, for example, as long as that asks for. */
function privateSigner(key: KeyObject, id?: string): Signer {
  const [verifying] = readKeys(createPublicKey(key).export({ format: 'pem', type: 'spki' }) as string, 'pem', id);
  return {
    verifying,
    suits: (algorithm) => suits(algorithm, verifying),
    sign(algorithm, content) {
      const { hash, options } = PUBLIC_KEY_USES[algorithm]!;
      return sign(hash, Buffer.concat(content.map((piece) => Buffer.from(piece))), { key, ...options });
    },
  };
}

function privateKeyOf(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw new KeyError('the private key must be PEM without a passphrase'); // the cause may quote it
  }
}
