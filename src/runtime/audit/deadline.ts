import type { Period } from '../../formats/incident-regimes';

const HOUR = 60 * 60 * 1000;

/** How far the clocks of the world are from UTC, at most and at least, in hours. */
const OFFSETS = [-12, 0, 14];

/**
 * When a period ends that begins at some time, in milliseconds since 1970; never later than the law has it.
 *
 * A period in days or months would end with the last hour of its last day, and on the next working day where that one is a holiday (Regulation
 * (EEC, Euratom) 1182/71, Article 3(2)(c) and (4)). Here it ends at the time of day at which it began. A month ends on the same date of the next,
 * or on its last day where it has no such date, and for whatever time zone that comes first: which day it was is for the place to say.
 */
export function endOf(start: number, { hours = 0, days = 0, months = 0 }: Period): number {
  const shifted = months === 0 ? start : Math.min(...OFFSETS.map((offset) => monthsAfter(start + offset * HOUR, months) - offset * HOUR));
  return shifted + (days * 24 + hours) * HOUR;
}

function monthsAfter(start: number, months: number): number {
  const date = new Date(start);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  const end = new Date(start);
  // The day first: setting the month alone would carry the 31st over.
  end.setUTCDate(1);
  end.setUTCMonth(date.getUTCMonth() + months);
  end.setUTCDate(Math.min(date.getUTCDate(), last));
  return end.getTime();
}
