import { generateKeyPairSync } from 'node:crypto';

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
