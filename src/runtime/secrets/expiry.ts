import { startOfDay } from '../shared/day';
import { Environment } from '../shared/environment';

/** What is said of a credential whose time runs out, if anything. */
type Expiry = { readonly outcome: 'warning'; readonly reason: 'expires-soon' } | { readonly outcome: 'overdue'; readonly reason: 'expired' };

const WARN_BEFORE_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

/** Reads `EXPIRES`, a day as `YYYY-MM-DD`, into the millisecond at which it begins (UTC); undefined where there is none. */
export function parseExpires(environment: Environment): number | undefined {
  const { EXPIRES: text } = environment;
  if (text === undefined) return undefined;
  const time = startOfDay(text);
  if (Number.isNaN(time)) throw new Error('EXPIRES must be a day, YYYY-MM-DD');
  return time;
}

/** What to say at a time, in milliseconds since 1970. */
export function expiryOf(expiresAt: number | undefined, now: number): readonly Expiry[] {
  if (expiresAt === undefined || now < expiresAt - WARN_BEFORE_MILLISECONDS) return [];
  return [now < expiresAt ? { outcome: 'warning', reason: 'expires-soon' } : { outcome: 'overdue', reason: 'expired' }];
}
