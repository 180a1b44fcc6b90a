const DAY = 24 * 60 * 60 * 1000;

/** A Monday, so that weeks begin on Mondays. */
const GRID = Date.parse('1970-01-05T00:00:00Z');

/** What one review is about: from one time to the moment before another, in milliseconds since 1970. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * The window after a time: to the next of the times, every so many days in UTC, at which windows end. So there is neither a gap nor an overlap, also
 * where the days between them were changed.
 */
export function windowAfter(from: number, days: number): Window {
  const length = days * DAY;
  return { from, to: GRID + (Math.floor((from - GRID) / length) + 1) * length };
}

/** The last window that has ended, where nothing was reviewed before. */
export function firstWindow(now: number, days: number): Window {
  const length = days * DAY;
  return windowAfter(GRID + (Math.floor((now - GRID) / length) - 1) * length, days);
}

/** A time as it stands in names of objects, which sort as times do: `20261124T000000Z`. */
export function stampOf(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** The time of a stamp; undefined for text that is none. */
export function tryStamp(stamp: string): number | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  if (parts.length === 0) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return !Number.isNaN(time) && stampOf(time) === stamp ? time : undefined;
}
