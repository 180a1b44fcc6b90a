import { createHash, timingSafeEqual } from 'node:crypto';
import { keyOfContent } from './dedupe';
import { Delivery, soleHeader } from './delivery';
import { candidates, Key, nameOf } from './keys';
import { unmet } from './requirements';
import type { StaticScheme } from './scheme';
import { genuine, Refused, Verdict } from './verdict';

/** Compares a password; hashing makes both sides equally long, so that neither length nor content shows in the time. */
export function verifyStatic(delivery: Delivery, scheme: StaticScheme, keys: readonly Key[]): Verdict {
  const value = soleHeader(delivery, scheme.header);
  if (value instanceof Refused) return value;
  const prefix = scheme.prefix ?? '';
  if (!value.startsWith(prefix)) return new Refused('malformed-signature');
  const usable = candidates(keys, ['hmac-sha256']);
  if (usable.length === 0) return new Refused('no-usable-key');
  const presented = sha256(Buffer.from(value.slice(prefix.length), 'utf8'));
  const [matched] = usable.filter(({ key }) => key.type === 'secret' && timingSafeEqual(sha256(key.bytes), presented));
  if (!matched) return new Refused('forged');
  const refused = unmet(scheme, delivery);
  return refused ?? genuine({ key: nameOf(matched), integrity: 'none' }, () => keyOfContent([delivery.body]));
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
