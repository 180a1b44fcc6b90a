import { Construct } from 'constructs';
import { periodText, tryPeriods } from '../../formats/training-period';
import { ConfigurationError } from '../../private';

/**
 * Periods that a list has, oldest first.
 *
 * Which of them counts today only the check can say; that they follow each other, and that there are no more than a training counts for and the next
 * one, holds on each day.
 */
export function requirePeriods(scope: Construct, texts: readonly string[], validPeriods: number): string[] {
  const periods = tryPeriods(texts);
  if (!periods) {
    throw new ConfigurationError(scope,
      `'acceptedPeriods' must be years, quarters or months of one kind, each once, got ${texts.join(', ') || 'none'}; write for example '2026-Q4'`);
  }
  const texted = periods.map(periodText);
  const gap = periods.findIndex(({ index }, at) => at > 0 && index !== periods[at - 1].index + 1);
  if (gap > 0) {
    throw new ConfigurationError(scope, `'acceptedPeriods' must follow each other, got ${texted[gap]} after ${texted[gap - 1]}; name those in between, too`);
  }
  if (periods.length > validPeriods + 1) {
    throw new ConfigurationError(scope,
      `'acceptedPeriods' must be at most ${validPeriods + 1}, got ${periods.length}; name those that a training counts for, and the one that comes next`);
  }
  return texted;
}
