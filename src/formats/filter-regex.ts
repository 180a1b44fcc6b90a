/** A character, as far as a regular expression tells it apart. */
type Atom = (character: string) => boolean;

/** An atom that takes one character, may be left out, or takes as many as there are. */
interface Unit {
  readonly atom: Atom;
  readonly times: 'once' | 'maybe' | 'any';
}

/** One alternative of an expression. */
interface Branch {
  readonly units: readonly Unit[];
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

/** A regular expression of a filter pattern, as read: alternatives, of which one has to be found in the text. */
export type FilterRegex = readonly Branch[];

/** More repetitions are not read. */
const MAX_TIMES = 100;

/**
 * A piece with its quantifier: letters, digits, the symbols that the guide lists, the space of its example `%^shutting down%`
 * (Amazon CloudWatch Logs User Guide, "Supported regular expressions (regex) syntax"). It has no parentheses, hence no nested quantifiers.
 */
const PIECE = /(\\x[0-9A-Fa-f]{2}|\\[dDsSwW]|\\[^a-zA-Z0-9]|\[(?:\\.|[^\]\\])+\]|[A-Za-z0-9:_#=@/;,. -])([?*+]|\{\d{0,3}(?:, ?\d{0,3})?\})?/y;

/** What stands in a class: a range, or one character. */
const IN_CLASS = /(\\x[0-9A-Fa-f]{2}|\\[dDsSwW]|\\[^a-zA-Z0-9]|[A-Za-z0-9:_#=@/;,. -])(?:-([A-Za-z0-9]))?/y;

const CLASSES: Readonly<Record<string, RegExp>> = { d: /[0-9]/, D: /[^0-9]/, s: /[ \t\n\r\f\v]/, S: /[^ \t\n\r\f\v]/, w: /\w/, W: /\W/ };

/** Reads the expression between the signs of per cent; what the guide does not name is refused. */
export function readFilterRegex(text: string): FilterRegex | { readonly problem: string } {
  const branches = alternativesOf(text).map(branchOf);
  return branches.every((branch) => branch !== undefined) ? branches : { problem: `cannot be read: '${text}'` };
}

/** Whether the expression is found somewhere in the text. Steps of an automaton: none can be made to take long. */
export function regexFinds(regex: FilterRegex, text: string): boolean {
  return regex.some((branch) => finds(branch, text));
}

/** Parted at each `|` that is neither escaped nor in a class. */
function alternativesOf(text: string): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\[^]|\[(?:\\.|[^\]\\])*\]|[^]/g)) {
    if (piece === '|') parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function branchOf(text: string): Branch | undefined {
  const fromStart = text.startsWith('^');
  const toEnd = /(^|[^\\])(\\\\)*\$$/.test(text);
  const middle = text.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined);
  const units: Unit[] = [];
  const pattern = new RegExp(PIECE);
  while (pattern.lastIndex < middle.length) {
    const [found, written, quantifier] = pattern.exec(middle) ?? [];
    const atom = found === undefined ? undefined : atomOf(written);
    const repeated = atom && repeat(atom, quantifier);
    if (!repeated) return undefined;
    units.push(...repeated);
  }
  return middle === '' ? undefined : { units, fromStart, toEnd };
}

function atomOf(written: string): Atom | undefined {
  if (written.startsWith('[^')) return inverse(classOf(written.slice(2, -1)));
  if (written.startsWith('[')) return classOf(written.slice(1, -1));
  return written === '.' ? () => true : characterOf(written);
}

function characterOf(written: string): Atom {
  if (written.startsWith('\\x')) return same(String.fromCharCode(parseInt(written.slice(2), 16)));
  if (!written.startsWith('\\')) return same(written);
  const named = CLASSES[written[1]];
  return named ? (character) => named.test(character) : same(written[1]);
}

function same(expected: string): Atom {
  return (character) => character === expected;
}

function inverse(atom: Atom | undefined): Atom | undefined {
  return atom && ((character) => !atom(character));
}

function classOf(inside: string): Atom | undefined {
  const atoms: Atom[] = [];
  const pattern = new RegExp(IN_CLASS);
  while (pattern.lastIndex < inside.length) {
    const [, from, to] = pattern.exec(inside) ?? [];
    if (from === undefined || (to !== undefined && !/^[A-Za-z0-9]$/.test(from)) || (to !== undefined && from > to)) return undefined;
    atoms.push(to === undefined ? characterOf(from) : (character) => character >= from && character <= to);
  }
  return atoms.length === 0 ? undefined : (character) => atoms.some((atom) => atom(character));
}

function repeat(atom: Atom, quantifier: string | undefined): readonly Unit[] | undefined {
  switch (quantifier) {
    case undefined: return times(atom, 1, 1);
    case '?': return times(atom, 0, 1);
    case '*': return times(atom, 0, undefined);
    case '+': return times(atom, 1, undefined);
    default: return counted(atom, quantifier.slice(1, -1).split(',').map((bound) => bound.trim()));
  }
}

/** "Either m or n can be omitted if you chose not to define a minimum or maximum." */
function counted(atom: Atom, [least, most = least]: readonly string[]): readonly Unit[] | undefined {
  if (least === '' && most === '') return undefined;
  const [from, to] = [Number(least), most === '' ? undefined : Number(most)];
  return Math.max(from, to ?? 0) > MAX_TIMES || from > (to ?? from) ? undefined : times(atom, from, to);
}

function times(atom: Atom, least: number, most: number | undefined): readonly Unit[] {
  const required = Array<Unit>(least).fill({ atom, times: 'once' });
  return most === undefined ? [...required, { atom, times: 'any' }] : [...required, ...Array<Unit>(most - least).fill({ atom, times: 'maybe' })];
}

function finds({ units, fromStart, toEnd }: Branch, text: string): boolean {
  let reached = withSkips([0], units);
  for (const character of text) {
    if (!toEnd && reached.has(units.length)) return true;
    const next = [...reached].flatMap((position) => {
      const unit = units[position];
      if (!unit?.atom(character)) return [];
      return [unit.times === 'any' ? position : position + 1];
    });
    reached = withSkips(fromStart ? next : [...next, 0], units);
  }
  return reached.has(units.length);
}

/** Positions, and those that are reached from them by leaving units out. */
function withSkips(positions: readonly number[], units: readonly Unit[]): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const start of positions) {
    for (let position = start; !reached.has(position); position++) {
      reached.add(position);
      if ((units[position]?.times ?? 'once') === 'once') break;
    }
  }
  return reached;
}
