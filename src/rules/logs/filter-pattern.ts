import { all, Answer, any, not } from '../delivery/answers';

/** One token at a time: a selector, an operator, a quoted or a bare value. */
const TOKEN = /\s*(?:(\$(?:\.[\w-]+|\[\d+\]|\.?\[(?:'[\w-]+'|"[\w-]+")\])+)|(&&|\|\||!=|>=|<=|[=<>()])|"((?:[^"\\]|\\.)*)"|([^\s"()&|=<>!{}$%]+))/y;

/** A member whose name is quoted, as `$.['activity-type']`, which is `$.activity-type`. */
const QUOTED_MEMBER = /\.?\[['"]([\w-]+)['"]\]/g;

interface Token {
  readonly kind: 'selector' | 'symbol' | 'quoted' | 'word';
  readonly value: string;
}

/** Deeper parentheses are not read. */
const MAX_DEPTH = 32;

/** Values of the members of an event, by selector. */
export type Members = ReadonlyMap<string, string | undefined>;

/** Thrown by the reader, and caught where it is called. */
class UnreadablePattern extends Error {}

/**
 * Whether a filter pattern of CloudWatch Logs matches JSON events with some members.
 *
 * `members` gives their values by selector, such as `$.status`, and undefined for a value that is not known; the events have no others.
 * `maybe` is a comparison with a value that is not known, and a pattern that is no JSON pattern or has what is not read here: regular
 * expressions, lists of terms, space-delimited fields. A quoted number is the number: API Gateway writes a status with or without quotes, as
 * the format has it.
 *
 * Grammar: Amazon CloudWatch Logs User Guide, "Filter pattern syntax": parentheses bind before `&&`, `&&` before `||`; an asterisk matches
 * any text at the start and at the end of a value.
 */
export function patternMatches(pattern: string, members: Members): Answer {
  // An empty pattern matches each event.
  if (pattern.trim() === '') return 'yes';
  const json = /^\s*\{([^]*)\}\s*$/.exec(pattern)?.[1];
  if (json === undefined) return 'maybe';
  try {
    return new PatternReader(tokensOf(json), members).read();
  } catch (error) {
    if (error instanceof UnreadablePattern) return 'maybe';
    throw error;
  }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text);
    if (!found) throw new UnreadablePattern();
    const [, selector, symbol, quoted, word] = found;
    if (selector !== undefined) tokens.push({ kind: 'selector', value: selector.replace(QUOTED_MEMBER, '.$1') });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol });
    else tokens.push(quoted !== undefined ? { kind: 'quoted', value: quoted.replace(/\\(.)/g, '$1') } : { kind: 'word', value: word });
  }
  return tokens;
}

class PatternReader {
  private position = 0;

  constructor(private readonly tokens: readonly Token[], private readonly members: Members) {}

  public read(): Answer {
    const whole = this.either(0);
    if (this.position < this.tokens.length) throw new UnreadablePattern();
    return whole;
  }

  private either(depth: number): Answer {
    const answers = [this.both(depth)];
    while (this.takes('symbol', '||')) answers.push(this.both(depth));
    return any(answers);
  }

  private both(depth: number): Answer {
    const answers = [this.term(depth)];
    while (this.takes('symbol', '&&')) answers.push(this.term(depth));
    return all(answers);
  }

  private term(depth: number): Answer {
    if (depth > MAX_DEPTH) throw new UnreadablePattern();
    if (!this.takes('symbol', '(')) return this.comparison();
    const inside = this.either(depth + 1);
    if (!this.takes('symbol', ')')) throw new UnreadablePattern();
    return inside;
  }

  private comparison(): Answer {
    const selector = this.next();
    const operator = this.next();
    if (selector.kind !== 'selector') throw new UnreadablePattern();
    const presence = this.presenceOf(selector.value);
    if (operator.kind === 'word') return this.existence(operator.value.toUpperCase(), presence);
    const value = this.next();
    if (operator.kind !== 'symbol' || (value.kind !== 'quoted' && value.kind !== 'word')) throw new UnreadablePattern();
    const actual = this.members.get(selector.value);
    // Compared in any case, so that a comparison that cannot be read has no answer.
    const told = compare(operator.value, actual ?? '', value.value);
    // Whether a member that is not there differs from a value is not documented.
    if (presence === 'no') return operator.value === '!=' ? 'maybe' : 'no';
    return actual === undefined ? 'maybe' : told;
  }

  /** What stands below a member depends on its value. */
  private presenceOf(selector: string): Answer {
    if (this.members.has(selector)) return 'yes';
    return [...this.members.keys()].some((member) => selector.startsWith(`${member}.`) || selector.startsWith(`${member}[`)) ? 'maybe' : 'no';
  }

  private existence(operator: string, presence: Answer): Answer {
    if (operator === 'EXISTS') return presence;
    const object = this.next().value.toUpperCase();
    if (operator === 'NOT' && object === 'EXISTS') return not(presence);
    // API Gateway logs texts and numbers, which are neither null nor true nor false.
    if (operator === 'IS' && ['NULL', 'TRUE', 'FALSE'].includes(object)) return presence === 'maybe' ? 'maybe' : 'no';
    throw new UnreadablePattern();
  }

  private next(): Token {
    const token = this.tokens[this.position++];
    if (!token) throw new UnreadablePattern();
    return token;
  }

  private takes(kind: Token['kind'], value: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== kind || token.value !== value) return false;
    this.position++;
    return true;
  }
}

function compare(operator: string, actual: string, expected: string): Answer {
  const [left, right] = [Number(actual), Number(expected)];
  switch (operator) {
    case '=': return answer(equal(actual, expected));
    case '!=': return not(answer(equal(actual, expected)));
    case '>': return answer(left > right);
    case '>=': return answer(left >= right);
    case '<': return answer(left < right);
    case '<=': return answer(left <= right);
    default: throw new UnreadablePattern();
  }
}

function equal(actual: string, expected: string): boolean {
  if (expected !== '' && Number.isFinite(Number(expected))) return Number(expected) === Number(actual);
  const [, start, middle, end] = /^(\*?)([^]*?)(\*?)$/.exec(expected)!;
  if (start && end) return actual.includes(middle);
  if (start) return actual.endsWith(middle);
  return end ? actual.startsWith(middle) : actual === middle;
}

function answer(truth: boolean): Answer {
  return truth ? 'yes' : 'no';
}
