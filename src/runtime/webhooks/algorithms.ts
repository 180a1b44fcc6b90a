import { constants, KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { Key } from './keys';
import { Content, MacHash, macOf } from './mac';

/**
 * Signature algorithms.
 *
 * SHA-1 is there for HMAC alone, where its collisions do not matter (RFC 6194, 3.3); RSA with SHA-1 is not.
 * ECDSA signatures are two numbers of fixed length (RFC 7518, 3.4), or in DER where the name says so.
 */
export const ALGORITHMS = [
  'hmac-sha1',
  'hmac-sha256',
  'hmac-sha512',
  'ed25519',
  'ecdsa-p256-sha256',
  'ecdsa-p256-sha256-der',
  'ecdsa-p384-sha384',
  'ecdsa-p384-sha384-der',
  'rsa-v1_5-sha256',
  'rsa-v1_5-sha512',
  'rsa-pss-sha256',
  'rsa-pss-sha512',
] as const;

export type Algorithm = typeof ALGORITHMS[number];

/** What a public key must be for an algorithm, and how it is used. */
interface PublicKeyUse {
  readonly hash: string | null;
  readonly keyTypes: readonly string[];
  readonly curve?: string;
  readonly options?: { readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: 'der' | 'ieee-p1363' };
}

/** The hash of each HMAC. */
export const MAC_HASHES: Readonly<Partial<Record<Algorithm, MacHash>>> = { 'hmac-sha1': 'sha1', 'hmac-sha256': 'sha256', 'hmac-sha512': 'sha512' };

/** How each algorithm uses its keys. */
export const PUBLIC_KEY_USES: Readonly<Partial<Record<Algorithm, PublicKeyUse>>> = {
  'ed25519': { hash: null, keyTypes: ['ed25519'] },
  'ecdsa-p256-sha256': ecdsa('sha256', 'prime256v1', 'ieee-p1363'),
  'ecdsa-p256-sha256-der': ecdsa('sha256', 'prime256v1', 'der'),
  'ecdsa-p384-sha384': ecdsa('sha384', 'secp384r1', 'ieee-p1363'),
  'ecdsa-p384-sha384-der': ecdsa('sha384', 'secp384r1', 'der'),
  'rsa-v1_5-sha256': { hash: 'sha256', keyTypes: ['rsa'], options: { padding: constants.RSA_PKCS1_PADDING } },
  'rsa-v1_5-sha512': { hash: 'sha512', keyTypes: ['rsa'], options: { padding: constants.RSA_PKCS1_PADDING } },
  'rsa-pss-sha256': pss('sha256'),
  'rsa-pss-sha512': pss('sha512'),
};

/** Whether the key may be used with the algorithm: a public key is never a secret, nor a key of one curve one of another. */
export function suits(algorithm: Algorithm, key: Key): boolean {
  if (key.type === 'secret') return MAC_HASHES[algorithm] !== undefined;
  const use = PUBLIC_KEY_USES[algorithm];
  const { asymmetricKeyType, asymmetricKeyDetails } = key.key;
  return use !== undefined && use.keyTypes.includes(asymmetricKeyType!) && (!use.curve || use.curve === asymmetricKeyDetails!.namedCurve);
}

/** What tells whether a signature is one of `content` with the key, which must suit the algorithm. */
export function matcherOf(algorithm: Algorithm, key: Key, content: Content): (signature: Buffer) => boolean {
  return key.type === 'secret'
    ? macMatcher(MAC_HASHES[algorithm]!, key.bytes, content)
    : publicKeyMatcher(PUBLIC_KEY_USES[algorithm]!, key.key, content);
}

function macMatcher(hash: MacHash, secret: Buffer, content: Content): (signature: Buffer) => boolean {
  const expected = macOf(hash, secret, content);
  return (signature) => signature.length === expected.length && timingSafeEqual(signature, expected);
}

function publicKeyMatcher({ hash, options }: PublicKeyUse, key: KeyObject, content: Content): (signature: Buffer) => boolean {
  const bytes = Buffer.concat(content.map((piece) => Buffer.from(piece)));
  return (signature) => verify(hash, bytes, { key, ...options }, signature);
}

function ecdsa(hash: string, curve: string, dsaEncoding: 'der' | 'ieee-p1363'): PublicKeyUse {
  return { hash, keyTypes: ['ec'], curve, options: { dsaEncoding } };
}

/** The salt is as long as the hash (RFC 9421, 3.3.1; RFC 7518, 3.5). */
function pss(hash: string): PublicKeyUse {
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  return { hash, keyTypes: ['rsa', 'rsa-pss'], options: { padding, saltLength } };
}
