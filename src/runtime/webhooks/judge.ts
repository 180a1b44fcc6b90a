import type { Algorithm } from './algorithms';
import type { Delivery } from './delivery';
import { JWT_ALGORITHMS } from './jwt-algorithms';
import { certificateOf } from './key-source';
import { candidates, Key } from './keys';
import { unmet } from './requirements';
import type { Scheme } from './scheme';
import { Reason, Refused, Verdict } from './verdict';
import { verify } from './verify';

/** Where the keys are that a delivery may be signed with. */
export interface DeliveryKeys {
  /** Keys that may be used now; rejects if they cannot be had. `receivedAt` is in milliseconds since the Unix epoch. */
  current(delivery: Delivery, receivedAt: number): Promise<readonly Key[]>;
  /** Keys had anew, for a delivery that none of the known ones verifies; undefined if there can be no others. */
  tryRefresh(): Promise<readonly Key[] | undefined>;
}

/** A verdict, and the keys that it was reached with. */
export interface Judgement {
  readonly keys: readonly Key[];
  readonly verdict: Verdict;
}

/** Refusals that other keys might change. */
const UNMATCHED: readonly Reason[] = ['forged', 'unknown-key', 'no-usable-key'];

/** Judges a delivery, and once more with keys had anew if none that is known has signed it: the sender may have the new one before us. */
export async function judge(delivery: Delivery, scheme: Scheme, receivedAt: number, ring: DeliveryKeys): Promise<Judgement> {
  const judged = judgedBy(await ring.current(delivery, receivedAt));
  if (!(judged.verdict instanceof Refused) || !UNMATCHED.includes(judged.verdict.reason)) return judged;
  const fresh = await ring.tryRefresh();
  return fresh ? judgedBy(fresh) : judged;

  function judgedBy(keys: readonly Key[]): Judgement {
    return { keys, verdict: verify(delivery, scheme, keys, receivedAt / 1000) };
  }
}

/** Why no key whatsoever would make a delivery genuine, if there is a reason. */
export function hopeless(delivery: Delivery, scheme: Scheme, receivedAt: number): Refused | undefined {
  const verdict = verify(delivery, scheme, [], receivedAt / 1000);
  return verdict instanceof Refused && !UNMATCHED.includes(verdict.reason) ? verdict : undefined;
}

/** Why a delivery would not be acted on whoever signed it, if there is a reason: of a JWT's claims nothing is known before. */
export function unwanted(delivery: Delivery, scheme: Scheme, receivedAt: number): Refused | undefined {
  return hopeless(delivery, scheme, receivedAt) ?? (scheme.type === 'jwt' ? undefined : unmet(scheme, delivery));
}

/** Whether stored keys verify no delivery at all, whatever it says, which is our fault alone. */
export function areUseless(keys: readonly Key[], scheme: Scheme): boolean {
  return !certificateOf(scheme) && candidates(keys, algorithmsOf(scheme)).length === 0;
}

function algorithmsOf(scheme: Scheme): readonly Algorithm[] {
  switch (scheme.type) {
    case 'detached': return scheme.accepts.map(({ algorithm }) => algorithm);
    case 'jwt': return scheme.algorithms.map((name) => JWT_ALGORITHMS[name]);
    case 'http-message': return scheme.algorithms;
    case 'static': return ['hmac-sha256'];
  }
}
