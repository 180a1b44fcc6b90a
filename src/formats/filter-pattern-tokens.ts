import type { Selector, Step } from './filter-condition';

/** One piece of a pattern. */
export type Token =
  | { readonly kind: 'selector'; readonly selector: Selector }
  | { readonly kind: 'symbol' | 'quoted' | 'word' | 'regex'; readonly text: string };

/** Thrown by the reader of patterns, and caught where it is called. */
export class PatternError extends Error {}

const STEP = /\.([\w-]+)|\.?\[(?:'([^'\]]+)'|"([^"\]]+)")\]|\[(\d{1,9})\]|(\.\*)|(\[\*\])/;
const SELECTOR = new RegExp(`\\$(?:${STEP.source.replace(/\((?!\?)/g, '(?:')})+`);

/**
 * Selectors, operators, text in quotes, regular expressions, words. Words are more than the guide's "alphanumeric characters and the
 * underscore": the guide itself writes `123.123.*` and `1e-3`, and the patterns of CIS write `kms.amazonaws.com`.
 */
const TOKEN = new RegExp(`\\s*(?:(${SELECTOR.source})|(&&|\\|\\||!=|>=|<=|[=<>()])|"((?:[^"\\\\]|\\\\["\\\\])*)"|%([^%]+)%|([\\w.*+-]+))`, 'y');

/** Amazon CloudWatch Logs User Guide: one wild card in a property selector. */
const MAX_WILD_STEPS = 1;

/** The pieces of what stands between the braces of a pattern. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) throw new PatternError(`cannot be read from '${text.slice(at, at + 20).trim()}'`);
    tokens.push(tokenOf(found));
  }
  return tokens;
}

function tokenOf([, selector, symbol, quoted, regex, word]: RegExpExecArray): Token {
  if (selector !== undefined) return { kind: 'selector', selector: selectorOf(selector) };
  if (symbol !== undefined) return { kind: 'symbol', text: symbol };
  if (quoted !== undefined) return { kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1') };
  return regex !== undefined ? { kind: 'regex', text: regex } : { kind: 'word', text: word };
}

function selectorOf(text: string): Selector {
  const steps = [...text.matchAll(new RegExp(STEP, 'g'))].map(stepOf);
  if (steps.filter(({ kind }) => kind === 'each').length > MAX_WILD_STEPS) throw new PatternError(`has more than one wild card in '${text}'`);
  return { text, steps };
}

function stepOf([, plain, single, double, index, members]: RegExpExecArray): Step {
  const name = plain ?? single ?? double;
  if (name !== undefined) return { kind: 'member', name };
  if (index !== undefined) return { kind: 'element', index: Number(index) };
  return { kind: 'each', of: members !== undefined ? 'members' : 'elements' };
}
