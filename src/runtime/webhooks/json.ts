import { tryText } from './encodings';
import { MAX_DEPTH } from './limits';

/**
 * The document in the bytes; undefined if they are not UTF-8 or no JSON, if an object names a member twice, or nested deeper than 64.
 *
 * Whoever reads the body later may take the first of two members where this takes the last (RFC 8259, 4), and act on what was not checked.
 */
export function tryJson(bytes: Buffer): unknown {
  const text = tryText(bytes);
  if (text === undefined) return undefined;
  try {
    const document: unknown = JSON.parse(text);
    return isUnambiguous(text) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** What a JSON Pointer (RFC 6901) points to, among own members only. */
export function at(document: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((value, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  }, document);
}

/** Whether the value is text without halves of surrogate pairs, which JSON can write, and which all become the same bytes in UTF-8. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}

/** Walks valid JSON: one set of names for each open object or array. */
function isUnambiguous(text: string): boolean {
  const open: Set<string>[] = [];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '{' || character === '[') {
      if (open.push(new Set()) > MAX_DEPTH) return false;
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, index);
      const names = open.at(-1);
      if (names && isName(text, end)) {
        const name = JSON.parse(text.slice(index, end)) as string;
        if (names.has(name)) return false;
        names.add(name);
      }
      index = end - 1;
    }
  }
  return true;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}

/** A string followed by a colon names a member. */
function isName(text: string, end: number): boolean {
  let index = end;
  while (' \t\r\n'.includes(text[index])) index++;
  return text[index] === ':';
}
