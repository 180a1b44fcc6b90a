import type { Condition, EqualityOperator, Operand, OrderOperator, Selector } from './filter-condition';
import { PatternError, Token, tokensOf } from './filter-pattern-tokens';
import { readFilterRegex } from './filter-regex';

/** Deeper parentheses are not read. */
const MAX_DEPTH = 32;

/** Amazon CloudWatch Logs User Guide: "There is a limit of 2 regex for each filter pattern when creating a delimited or JSON filter pattern". */
const MAX_REGEXES = 2;

/** Amazon CloudWatch Logs User Guide: three selectors with a wild card in a pattern. */
const MAX_WILD_SELECTORS = 3;

/** Amazon CloudWatch Logs User Guide: numbers may have a sign and "follow scientific notation". */
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

const ORDERS: readonly string[] = ['>', '>=', '<', '<='];
const CONSTANTS: ReadonlyMap<string, null | true | false> = new Map<string, null | true | false>([['NULL', null], ['TRUE', true], ['FALSE', false]]);

/** Whether an error is the reader's no, and not a fault. */
export function isPatternError(error: unknown): error is PatternError {
  return error instanceof PatternError;
}

/** Reads one pattern: parentheses bind before `&&`, and `&&` before `||`. */
export class FilterPatternReader {
  private readonly tokens: readonly Token[];
  private position = 0;
  private regexes = 0;

  constructor(text: string) {
    const inside = /^\s*\{([^]*)\}\s*$/.exec(text)?.[1];
    if (inside === undefined) throw new PatternError('is no pattern for events in JSON, which stands in braces');
    this.tokens = tokensOf(inside);
    const wild = this.tokens.filter((token) => token.kind === 'selector' && token.selector.steps.some(({ kind }) => kind === 'each'));
    if (wild.length > MAX_WILD_SELECTORS) throw new PatternError(`has wild cards in ${wild.length} selectors, of ${MAX_WILD_SELECTORS}`);
  }

  public read(): Condition {
    const condition = this.either(0);
    const rest = this.tokens[this.position];
    if (rest) throw new PatternError(`goes on with '${textOf(rest)}' where it should end`);
    return condition;
  }

  private either(depth: number): Condition {
    const of = [this.both(depth)];
    while (this.takes('||')) of.push(this.both(depth));
    return of.length === 1 ? of[0] : { kind: 'any', of };
  }

  private both(depth: number): Condition {
    const of = [this.term(depth)];
    while (this.takes('&&')) of.push(this.term(depth));
    return of.length === 1 ? of[0] : { kind: 'all', of };
  }

  private term(depth: number): Condition {
    if (depth > MAX_DEPTH) throw new PatternError(`has parentheses deeper than ${MAX_DEPTH}`);
    if (!this.takes('(')) return this.comparison();
    const inside = this.either(depth + 1);
    if (!this.takes(')')) throw new PatternError("lacks a ')'");
    return inside;
  }

  private comparison(): Condition {
    const first = this.next();
    if (first.kind !== 'selector') throw new PatternError(`has '${textOf(first)}' where a selector such as '$.eventName' should be`);
    const { selector } = first;
    const operator = this.next();
    if (operator.kind === 'word') return this.state(operator.text, selector);
    if (operator.kind !== 'symbol') throw new PatternError(`has '${textOf(operator)}' where an operator should be`);
    if (operator.text === '=' || operator.text === '!=') return this.equality(operator.text, selector);
    if (!ORDERS.includes(operator.text)) throw new PatternError(`has '${operator.text}' where an operator should be`);
    return this.order(operator.text as OrderOperator, selector);
  }

  private equality(operator: EqualityOperator, selector: Selector): Condition {
    return { kind: 'equality', selector, operator, operand: this.operand() };
  }

  private order(operator: OrderOperator, selector: Selector): Condition {
    const operand = this.operand();
    if (operand.kind !== 'number') throw new PatternError(`compares '${selector.text}' by '${operator}' with what is no number`);
    return { kind: 'order', selector, operator, value: operand.value };
  }

  private operand(): Operand {
    const token = this.next();
    switch (token.kind) {
      case 'quoted': return { kind: 'text', text: token.text };
      case 'word': return NUMBER.test(token.text) ? { kind: 'number', text: token.text, value: Number(token.text) } : { kind: 'text', text: token.text };
      case 'regex': return this.regex(token.text);
      default: throw new PatternError(`has '${textOf(token)}' where a value should be`);
    }
  }

  private regex(text: string): Operand {
    this.regexes += 1;
    if (this.regexes > MAX_REGEXES) throw new PatternError(`has more than ${MAX_REGEXES} regular expressions`);
    const read = readFilterRegex(text);
    if ('problem' in read) throw new PatternError(`has a regular expression that ${read.problem}`);
    return { kind: 'regex', regex: read };
  }

  /** `NOT EXISTS`, `IS NULL`, `IS TRUE`, `IS FALSE`. */
  private state(word: string, selector: Selector): Condition {
    const object = this.next();
    const text = textOf(object);
    if (object.kind === 'word' && word === 'NOT' && text === 'EXISTS') return { kind: 'missing', selector };
    const value = CONSTANTS.get(text);
    if (object.kind === 'word' && word === 'IS' && value !== undefined) return { kind: 'is', selector, value };
    throw new PatternError(`has '${word} ${text}' where 'NOT EXISTS' or 'IS NULL', 'IS TRUE' or 'IS FALSE' should be`);
  }

  private next(): Token {
    const token = this.tokens[this.position++];
    if (!token) throw new PatternError('ends too early');
    return token;
  }

  private takes(symbol: string): boolean {
    const token = this.tokens[this.position];
    if (token?.kind !== 'symbol' || token.text !== symbol) return false;
    this.position++;
    return true;
  }
}

function textOf(token: Token): string {
  return token.kind === 'selector' ? token.selector.text : token.text;
}
