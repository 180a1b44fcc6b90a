import { createHash } from 'node:crypto';
import { Delivery, soleHeader } from './delivery';
import { tryDictionary } from './structured-fields';
import { Refused } from './verdict';

/** Digest algorithms that are safe (RFC 9530, 5); those marked insecure there vouch for nothing. */
const HASHES: ReadonlyMap<string, string> = new Map([['sha-256', 'sha256'], ['sha-512', 'sha512']]);

/** Why `Content-Digest` (RFC 9530, 2) does not vouch for the body, else undefined. Every digest that is understood must match, and one must be. */
export function digestProblem(delivery: Delivery): Refused | undefined {
  const text = soleHeader(delivery, 'content-digest');
  if (text instanceof Refused) return text;
  const digests = tryDictionary(text);
  if (!digests) return new Refused('malformed-header');
  const known = [...digests].filter(([algorithm]) => HASHES.has(algorithm));
  const match = known.every(([algorithm, member]) => member.kind === 'item' && member.bare.type === 'bytes'
    && member.bare.value.equals(createHash(HASHES.get(algorithm)!).update(delivery.body).digest()));
  return match && known.length > 0 ? undefined : new Refused('digest-mismatch');
}
