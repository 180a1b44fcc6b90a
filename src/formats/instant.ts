const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** Milliseconds since 1970 of a time as RFC 3339, 5.6 writes it, in UTC and with a capital `Z`; undefined for anything else, such as 30 February. */
export function tryInstant(text: unknown): number | undefined {
  if (typeof text !== 'string' || !INSTANT.test(text)) return undefined;
  const time = Date.parse(text);
  // Date.parse carries over what is out of range, such as 24:00:00 or the 30th of February, where it does not refuse it.
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19) ? time : undefined;
}
