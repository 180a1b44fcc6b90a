import type { Scheme } from './scheme';

/** How long a delivery is remembered after it was received. */
export interface Retention {
  readonly keepSeconds: number;
  /** Whether the payload goes as soon as it is dispatched, and no more than hashes stay. */
  readonly isTombstone: boolean;
}

const DAY_SECONDS = 24 * 60 * 60;

/** Senders try for up to three days (Stripe Docs, "Receive Stripe events", retry behavior); a delivery that is forgotten before is taken for new. */
export const MIN_KEEP_SECONDS = 3 * DAY_SECONDS;

/** Whether the scheme refuses deliveries that were signed long ago. */
export function signsTime(scheme: Scheme): boolean {
  return scheme.type === 'jwt' || scheme.type === 'http-message' || scheme.type === 'detached' && scheme.timestamp !== undefined;
}

/**
 * A week, or what is asked for.
 *
 * Where a sender signs no time nothing but the record keeps a replay out, so it stays for 400 days, which is longer than a yearly rotation of
 * the secret; the payload is then dropped as soon as it is dispatched.
 */
export function retentionOf(scheme: Scheme, keepSeconds?: number): Retention {
  const isTombstone = !signsTime(scheme);
  return { keepSeconds: keepSeconds ?? (isTombstone ? 400 : 7) * DAY_SECONDS, isTombstone };
}
