import { tryInstant } from '../../formats/instant';
import type { PartnerKey } from '../../formats/partner-record';
import type { Refusal } from '../../formats/refusal';

const DAY_MILLISECONDS = 86_400_000;

/** Keys that are to be good for longer than they may. Of one that does not say since when, the time begins now. */
export function checkLifetimes(keys: readonly PartnerKey[], maxDays: number, nowMilliseconds: number): Refusal[] {
  return keys.flatMap(({ notBefore, expires }, index) => {
    const from = tryInstant(notBefore) ?? nowMilliseconds;
    return tryInstant(expires)! - from <= maxDays * DAY_MILLISECONDS ? [] : [{
      path: `keys[${index}].expires`, problem: `is more than ${maxDays} days after the key begins to be good`,
    }];
  });
}
