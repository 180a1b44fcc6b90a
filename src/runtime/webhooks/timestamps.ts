import { Refused } from './verdict';

/** How a sender writes a point in time. */
export const TIME_UNITS = ['s', 'ms', 'iso8601'] as const;

export type TimeUnit = typeof TIME_UNITS[number];

/** Decimal digits without sign, blank, fraction, exponent or leading zero, up to some three thousand years. */
const SECONDS = /^[1-9]\d{0,10}$/;
const MILLISECONDS = /^[1-9]\d{0,13}$/;

/** RFC 3339, 5.6, in capitals. */
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Seconds since the Unix epoch, with a fraction if the unit has one. */
export function readTimestamp(text: string, unit: TimeUnit): number | Refused {
  const seconds = READERS[unit](text);
  return seconds === undefined ? new Refused('malformed-timestamp') : seconds;
}

/** Why that time is not now, give or take `toleranceSeconds` on either side; undefined if it is. */
export function outsideWindow(seconds: number, nowSeconds: number, toleranceSeconds: number): Refused | undefined {
  if (seconds - nowSeconds > toleranceSeconds) return new Refused('premature');
  return nowSeconds - seconds <= toleranceSeconds ? undefined : new Refused('stale');
}

const READERS: Readonly<Record<TimeUnit, (text: string) => number | undefined>> = {
  s: (text) => SECONDS.test(text) ? Number(text) : undefined,
  ms: (text) => MILLISECONDS.test(text) ? Number(text) / 1000 : undefined,
  iso8601: instant,
};

/** `Date.parse` carries 30 February over into March, and knows no leap second: what it reads must be what was written. */
function instant(text: string): number | undefined {
  const [, local] = INSTANT.exec(text) ?? [];
  if (local === undefined) return undefined;
  const asUtc = Date.parse(`${local}Z`);
  return Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 19) !== local ? undefined : Date.parse(text) / 1000;
}
