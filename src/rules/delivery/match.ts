import { all, Answer } from './answers';
import { wildcardMatches } from '../policy-document';

/** Stands in plain text for what the template does not tell; never equal to anything, itself included. */
export const UNTOLD = '\u0003\u0003';

/** Plain text of a thing that has one value, the same wherever it is named, though the template does not tell which. */
export function placeholder(name: string): string {
  return `\u0001${name.replace(/[:*?]/g, '.')}\u0002`;
}

/** Stands in plain text for one character that only deployment knows. */
export const UNKNOWN_CHARACTER = '\u0007';

/** Plain text without the marks of placeholders. */
export function readable(text: string): string {
  return text
    // eslint-disable-next-line no-control-regex
    .replace(/\u0001!?([^\u0002]*)\u0002/g, (_all, name: string) => `<${name.replace(/^.*\//, '').replace('..', '::')}>`)
    .split(UNTOLD).join('<?>').split(UNKNOWN_CHARACTER).join('?');
}

/** Plain text of a name that CloudFormation makes up: no other resource has it. */
export function generated(name: string): string {
  return placeholder(`!${name}`);
}

// eslint-disable-next-line no-control-regex
const GENERATED = /\u0001![^\u0002]*\u0002/g;
/** Names, accounts and regions: whatever they are, no colon is in them. */
// eslint-disable-next-line no-control-regex
const WORD = /\u0001(!|AWS\.)[^\u0002]*\u0002/g;
// eslint-disable-next-line no-control-regex
const FREE = /\u0001(?!!|AWS\.)[^\u0002]*\u0002|\u0003\u0003/g;

/** A literal star and a literal question mark, which no name holds. */
const LITERAL = { star: '\u0004', mark: '\u0005' };

/** A star that matches what a name can hold. */
const WORD_STAR = '\u0006';

/** What stands for something that is not told. */
// eslint-disable-next-line no-control-regex
const MARKS = /[\u0001\u0003\u0007]/;

/** What stands for other text, or for more than one. */
// eslint-disable-next-line no-control-regex
const OPEN = /[*?\u0001\u0003\u0007]/;

/** Longer texts are not compared: no ARN has more than 2048 characters (AWS General Reference, "Amazon Resource Names"), and hostile ones take for ever. */
const MAX_LENGTH = 4096;

/** Whether a text is wholly told, so that it equals itself and nothing else. */
export function isExact(text: string): boolean {
  return !isTooLong(text) && !MARKS.test(text);
}

/** Equality, as `StringEquals` sees it: `*` is a star. */
export function equals(expected: string, actual: string): Answer {
  if (expected === actual && !expected.includes(UNTOLD)) return 'yes';
  if (isExact(expected) && isExact(actual)) return 'no';
  return possible(expected.replace(/\*/g, LITERAL.star).replace(/\?/g, LITERAL.mark), actual);
}

/** Match with wildcards, as `StringLike` sees it: a star crosses colons. */
export function like(pattern: string, actual: string): Answer {
  if (isTooLong(pattern, actual)) return 'maybe';
  if (!pattern.includes(UNTOLD) && wildcardMatches(pattern, actual)) return 'yes';
  return possible(pattern, actual);
}

/** Match of ARNs, as `ArnLike` and `ArnEquals` see it: each of the six components for itself. */
export function arnLike(pattern: string, actual: string): Answer {
  if (pattern === '*') return 'yes';
  const [expected, found] = [componentsOf(pattern), componentsOf(actual)];
  if (expected.length < 6 || found.length < 6) return pattern === actual ? equals(pattern, actual) : possible(pattern, actual);
  return all(expected.map((component, index) => like(component, found[index])));
}

function componentsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}

/** Whether some value of what is not told makes the two match. */
function possible(pattern: string, actual: string): Answer {
  if (isTooLong(pattern, actual)) return 'maybe';
  if (startDiffers(pattern, actual)) return 'no';
  const [expected, found] = [pattern, actual].map((text) => free(text));
  if (expected === pattern && found === actual) return 'no';
  const names = [...new Set(pattern.match(GENERATED) ?? [])];
  if (names.some((name) => !actual.includes(name)) && actual.search(FREE) < 0) return 'no';
  // The same generated name on both sides is one thing, and stands for itself.
  const [left, right] = [pattern, actual].map((text) => free(names.filter((name) => actual.includes(name))
    .reduce((rest, name, index) => rest.split(name).join(String.fromCharCode(0xe100 + index)), text)));
  return intersects(left, right) ? 'maybe' : 'no';
}

/** Whether two texts differ before anything in them stands for something else, as most do. */
function startDiffers(a: string, b: string): boolean {
  const told = Math.min(...[a, b].map((text) => (text + UNTOLD).search(OPEN)));
  return a.slice(0, told) !== b.slice(0, told);
}

function isTooLong(...texts: readonly string[]): boolean {
  return texts.some((text) => text.length > MAX_LENGTH);
}

/** Plain text as a pattern of what it may turn out to be. */
function free(text: string): string {
  return text.replace(WORD, WORD_STAR).replace(FREE, '*').split(UNKNOWN_CHARACTER).join('?');
}

/** Whether one text matches both patterns; row by row, so that hostile patterns cost no more than the product of their lengths. */
function intersects(a: string, b: string): boolean {
  let row = [...b].reduce<boolean[]>((cells, char) => [...cells, cells[cells.length - 1] && isStar(char)], [true]);
  for (const char of a) {
    const next: boolean[] = [row[0] && isStar(char)];
    for (let j = 0; j < b.length; j++) {
      const fromA = isStar(char) && (row[j + 1] || (next[j] && takes(char, b[j])));
      const fromB = isStar(b[j]) && (next[j] || (row[j + 1] && takes(b[j], char)));
      const both = !isStar(char) && !isStar(b[j]) && row[j] && (char === '?' || b[j] === '?' || char === b[j]);
      next.push(fromA || fromB || both);
    }
    row = next;
  }
  return row[b.length];
}

function isStar(char: string): boolean {
  return char === '*' || char === WORD_STAR;
}

function takes(star: string, char: string): boolean {
  return star === '*' || ![':', LITERAL.star, LITERAL.mark].includes(char);
}
