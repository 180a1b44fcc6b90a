/** How long a period is that a training counts for. */
export type PeriodUnit = 'year' | 'quarter' | 'month';

/** A period of the calendar, as the value of a training tag names it. */
export interface TrainingPeriod {
  readonly unit: PeriodUnit;
  /** Counts periods of its unit, so that the next one has one more. */
  readonly index: number;
}

/** `2026`, `2026-Q4` or `2026-12`, in UTC. */
const PERIOD = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/;

const PER_YEAR: Readonly<Record<PeriodUnit, number>> = { year: 1, quarter: 4, month: 12 };

/** The period that a text names; undefined for any other text. */
export function tryPeriod(text: string): TrainingPeriod | undefined {
  const [, year, quarter, month] = PERIOD.exec(text) ?? [];
  if (year === undefined) return undefined;
  if (quarter !== undefined) return { unit: 'quarter', index: Number(year) * 4 + Number(quarter) - 1 };
  if (month !== undefined) return { unit: 'month', index: Number(year) * 12 + Number(month) - 1 };
  return { unit: 'year', index: Number(year) };
}

/** The period that a moment, in milliseconds since 1970, is in. */
export function periodAt(unit: PeriodUnit, milliseconds: number): TrainingPeriod {
  const date = new Date(milliseconds);
  return { unit, index: date.getUTCFullYear() * PER_YEAR[unit] + Math.floor(date.getUTCMonth() * PER_YEAR[unit] / 12) };
}

/** When a period begins, in milliseconds since 1970. */
export function startOfPeriod({ unit, index }: TrainingPeriod): number {
  const perYear = PER_YEAR[unit];
  return Date.UTC(Math.floor(index / perYear), (index % perYear) * 12 / perYear);
}

/** The text of a period. */
export function periodText({ unit, index }: TrainingPeriod): string {
  const perYear = PER_YEAR[unit];
  const year = String(Math.floor(index / perYear)).padStart(4, '0');
  if (unit === 'year') return year;
  return unit === 'quarter' ? `${year}-Q${index % 4 + 1}` : `${year}-${String(index % 12 + 1).padStart(2, '0')}`;
}

/** Periods of a list that has at least one, newest last; undefined for text that names none, for two units, or for one period twice. */
export function tryPeriods(texts: readonly string[]): readonly [TrainingPeriod, ...TrainingPeriod[]] | undefined {
  const periods = texts.map(tryPeriod);
  if (!periods.every((period) => period !== undefined)) return undefined;
  const [first, ...others] = [...periods].sort((one, other) => one.index - other.index);
  const isList = first !== undefined && others.every(({ unit }) => unit === first.unit) && new Set(texts).size === texts.length;
  return isList ? [first, ...others] : undefined;
}
