/** Fewest hours between rotations (AWS Secrets Manager User Guide, "Rotation schedules"). */
const MIN_HOURS = 4;

/** Most days of a rate, and of `AutomaticallyAfterDays` (AWS Secrets Manager API Reference, RotationRulesType). */
export const MAX_DAYS = 1000;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The calendar repeats after 28 years, as long as each fourth year is a leap year. */
const FIRST_YEAR = 2001;
const CYCLE_YEARS = 28;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether a day, in UTC, is one of those that a field of a cron expression names. */
type DayTest = (day: Date) => boolean;

/**
 * The longest time between two rotations of a schedule expression, in days; undefined for a text that Secrets Manager would refuse, or that
 * cannot be read for sure, and infinite for days that no calendar has.
 *
 * Expressions are those of AWS Secrets Manager User Guide, "Schedule expressions in Secrets Manager rotation": `rate(10 days)`,
 * `cron(0 8 1 * ? *)`.
 */
export function longestGapDays(expression: string): number | undefined {
  const [, kind, content] = /^(rate|cron)\(([^()]*)\)$/.exec(expression) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'rate' ? rateDays(content) : cronDays(content);
}

function rateDays(content: string): number | undefined {
  const [, digits, unit] = /^([1-9]\d{0,4}) (hours?|days?)$/.exec(content) ?? [];
  const value = Number(digits);
  if (unit === undefined) return undefined;
  if (unit.startsWith('day')) return value <= MAX_DAYS ? value : undefined;
  return value >= MIN_HOURS && value <= MAX_DAYS * 24 ? value / 24 : undefined;
}

function cronDays(content: string): number | undefined {
  const [minutes, hours, monthDays, months, weekDays, year, ...rest] = content.split(' ');
  if (minutes !== '0' || year !== '*' || rest.length > 0 || numbersIn(hours, 0, 23) === undefined) return undefined;
  const ofYear = numbersIn(months, 1, 12, MONTHS);
  // Of the two ways to name a day one says nothing.
  const ofDay = monthDays === '?' ? weekDayTest(weekDays) : weekDays === '?' ? monthDayTest(monthDays) : undefined;
  return ofYear && ofDay && longestGap((day) => ofYear.has(day.getUTCMonth() + 1) && ofDay(day));
}

function longestGap(matches: DayTest): number {
  const end = Date.UTC(FIRST_YEAR + CYCLE_YEARS, 0, 1);
  const days: number[] = [];
  for (let time = Date.UTC(FIRST_YEAR, 0, 1); time < end; time += DAY_MS) {
    if (matches(new Date(time))) days.push(time / DAY_MS);
  }
  if (days.length === 0) return Infinity;
  const around = days[0] + (end - Date.UTC(FIRST_YEAR, 0, 1)) / DAY_MS - days[days.length - 1];
  return days.reduce((longest, day, index) => (index === 0 ? longest : Math.max(longest, day - days[index - 1])), around);
}

function monthDayTest(field: string): DayTest | undefined {
  const isLast: DayTest = (day) => new Date(day.getTime() + DAY_MS).getUTCDate() === 1;
  if (field === 'L') return isLast;
  const numbers = numbersIn(field, 1, 31);
  return numbers && ((day) => numbers.has(day.getUTCDate()));
}

function weekDayTest(field: string | undefined): DayTest | undefined {
  const [, name, which] = /^(\w+?)(#[1-5]|L)$/.exec(field ?? '') ?? [];
  if (name !== undefined) {
    const weekDay = numberIn(name, 1, 7, WEEKDAYS);
    if (weekDay === undefined) return undefined;
    const isThen: DayTest = which === 'L'
      ? (day) => new Date(day.getTime() + 7 * DAY_MS).getUTCDate() <= 7
      : (day) => Math.ceil(day.getUTCDate() / 7) === Number(which.slice(1));
    return (day) => day.getUTCDay() + 1 === weekDay && isThen(day);
  }
  const numbers = field === 'L' ? new Set([7]) : numbersIn(field, 1, 7, WEEKDAYS);
  return numbers && ((day) => numbers.has(day.getUTCDay() + 1));
}

/** The numbers that a field names by `*`, a list, a range or a step, such as `1/7`. */
function numbersIn(field: string | undefined, min: number, max: number, names: readonly string[] = []): ReadonlySet<number> | undefined {
  const found = new Set<number>();
  for (const item of (field ?? '').split(',')) {
    const [, first, last, step] = /^(\*|\w+)(?:-(\w+)|\/([1-9]\d?))?$/.exec(item) ?? [];
    const from = first === '*' ? min : numberIn(first, min, max, names);
    const to = last === undefined ? (first === '*' || step !== undefined ? max : from) : numberIn(last, min, max, names);
    // A range that runs over the end of the week or the year is read in different ways.
    if (from === undefined || to === undefined || from > to || (first === '*' && last !== undefined)) return undefined;
    for (let number = from; number <= to; number += Number(step ?? 1)) found.add(number);
  }
  return found;
}

function numberIn(text: string | undefined, min: number, max: number, names: readonly string[]): number | undefined {
  if (text === undefined) return undefined;
  const named = names.indexOf(text.toUpperCase());
  const number = named >= 0 ? named + 1 : /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= min && number <= max ? number : undefined;
}
