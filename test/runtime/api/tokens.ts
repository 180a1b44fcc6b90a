import { constants, createHmac, createPublicKey, generateKeyPairSync, KeyObject, sign } from 'node:crypto';

/** A key pair of an issuer, and how its JWK describes the public half. */
export interface Signer {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

/** Makes a key pair for an algorithm; `describe` adds to or takes from the JWK. */
export function signer(alg: string, kid: string, describe: Readonly<Record<string, unknown>> = {}): Signer {
  const { publicKey, privateKey } = keyPair(alg);
  return { kid, alg, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg, ...describe } };
}

/** Signs a token as an issuer does; `header` replaces or, with undefined, removes what it would write. */
export function token({ alg, kid, privateKey }: Signer, claims: unknown, header: Readonly<Record<string, unknown>> = {}): string {
  const input = `${encode({ alg, kid, typ: 'at+jwt', ...header })}.${encode(claims)}`;
  return `${input}.${signature(alg, input, privateKey).toString('base64url')}`;
}

/** A token whose signature is an HMAC under the public key of an issuer, the classic confusion of algorithms. */
export function confusedToken({ kid, privateKey }: Signer, claims: unknown): string {
  const input = `${encode({ alg: 'HS256', kid, typ: 'at+jwt' })}.${encode(claims)}`;
  const secret = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** One part of a token. */
export function encode(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

function keyPair(alg: string): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (alg) {
    case 'ES256': return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ES384': return generateKeyPairSync('ec', { namedCurve: 'P-384' });
    case 'ES512': return generateKeyPairSync('ec', { namedCurve: 'P-521' });
    case 'EdDSA': return generateKeyPairSync('ed25519');
    default: return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
}

function signature(alg: string, input: string, key: KeyObject): Buffer {
  const data = Buffer.from(input);
  if (alg === 'EdDSA') return sign(null, data, key);
  const hash = `sha${alg.slice(2)}`;
  if (alg.startsWith('ES')) return sign(hash, data, { key, dsaEncoding: 'ieee-p1363' });
  if (alg.startsWith('PS')) return sign(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
  return sign(hash, data, key);
}
