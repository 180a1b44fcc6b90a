import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

const made = new Map<number, string>();

/** The private key of a nonce: made once, so that it is the same in each state of a search. */
export function privateKeyOf(nonce: number): string {
  let pem = made.get(nonce);
  if (pem === undefined) {
    pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }) as string;
    made.set(nonce, pem);
  }
  return pem;
}

/** A private key that only whoever knows a passphrase can read, as `ssh-keygen -m PEM -N` writes it. */
export function encryptedPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'passphrase' }) as string;
}

const signing = new Map<string, string>();

/** The signing key of webhooks that has that seed: the last 32 bytes of a public key in SPKI are the key (RFC 8410, 4). */
export function signingKeyFrom(seed: Buffer): string {
  const known = signing.get(seed.toString('hex'));
  if (known !== undefined) return known;
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'der', type: 'spki' });
  const key = `whsk_${Buffer.concat([seed, publicKey.subarray(-32)]).toString('base64')}`;
  signing.set(seed.toString('hex'), key);
  return key;
}
