import type { Condition } from './filter-condition';
import { FilterPatternReader, isPatternError } from './filter-pattern-reader';
import type { Refusal } from './refusal';

/** Amazon CloudWatch Logs API Reference, PutMetricFilter: "Length Constraints: … Maximum length of 1024". */
export const MAX_PATTERN_LENGTH = 1024;

const REMEDY = 'write it as the Amazon CloudWatch Logs User Guide does ("Using filter patterns to match terms in JSON log events")';

/**
 * Reads a filter pattern of CloudWatch Logs for events in JSON.
 *
 * What is not documented is refused: patterns of terms and of space-delimited fields, `EXISTS` and `IS NOT` ("currently aren't supported"),
 * keywords in lower case, words with other characters than letters, digits and `_ . * + -`.
 */
export function readFilterPattern(text: string): { readonly condition: Condition } | { readonly refusal: Refusal } {
  // Both match each event (Amazon CloudWatch Logs User Guide, "Filter pattern syntax", "Match everything").
  if (text.trim() === '' || text.trim() === '" "') return { condition: { kind: 'always' } };
  if (text.length > MAX_PATTERN_LENGTH) return refuse(`has ${text.length} characters, of ${MAX_PATTERN_LENGTH}`);
  try {
    return { condition: new FilterPatternReader(text).read() };
  } catch (error) {
    if (isPatternError(error)) return refuse(error.message);
    throw error;
  }
}

function refuse(problem: string): { readonly refusal: Refusal } {
  return { refusal: { path: '', problem, remedy: REMEDY } };
}
