/** The value in the middle; of an even number of values, the mean of the two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('there must be a value');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle, the least and the most of some values. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Ratios of the values of two contenders, round by round: what slows a whole round slows both. */
export function ratios(values: readonly number[], baseline: readonly number[]): Spread {
  if (values.length !== baseline.length) throw new Error(`both must have as many rounds, got ${values.length} and ${baseline.length}`);
  const each = values.map((value, round) => value / baseline[round]);
  return { median: median(each), least: Math.min(...each), most: Math.max(...each) };
}
