/** Seconds as digits, some thirty years at most; more is a mistake. */
const SECONDS = /^\d{1,9}$/;

/**
 * How long an endpoint asks to be left alone, in seconds: a number or a date (RFC 9110, 10.2.3), the latter as HTTP writes it since 1994.
 *
 * Undefined for anything else; a date that is over is 0.
 */
export function tryRetryAfter(text: string, nowMilliseconds: number): number | undefined {
  if (SECONDS.test(text)) return Number(text);
  const date = Date.parse(text);
  // `Date.parse` reads much; only an IMF-fixdate reads back as it was written (RFC 9110, 5.6.7).
  if (Number.isNaN(date) || new Date(date).toUTCString() !== text) return undefined;
  return Math.max(0, Math.ceil((date - nowMilliseconds) / 1000));
}
