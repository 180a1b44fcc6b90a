const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * When a day, `YYYY-MM-DD`, begins in UTC, in milliseconds since 1970; NaN for one that no calendar has, such as 30 February, which `Date` takes
 * for a day of March.
 */
export function startOfDay(day: string): number {
  const start = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  return Number.isNaN(start) || new Date(start).toISOString().startsWith(day) ? start : NaN;
}
