import { tryText } from './encodings';
import { MAX_DEPTH } from './limits';

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** Whether what is read is kept, and what was read last. */
let isKept = false;
let bytesRead: Buffer | undefined;
let documentRead: unknown;

/**
 * Has a body read once, however often `work` asks for what is in it. Nothing is kept for longer: bytes may be changed from one time to the next.
 */
export function readingOnce<T>(work: () => T): T {
  isKept = true;
  try {
    return work();
  } finally {
    isKept = false;
    bytesRead = documentRead = undefined;
  }
}

/**
 * The document in the bytes; undefined if they are not UTF-8 or no JSON, if an object names a member twice, or nested deeper than 64.
 *
 * Whoever reads the body later may take the first of two members where this takes the last (RFC 8259, 4), and act on what was not checked.
 */
export function tryJson(bytes: Buffer): unknown {
  if (bytes === bytesRead) return documentRead;
  const document = tryDocument(bytes);
  if (isKept) [bytesRead, documentRead] = [bytes, document];
  return document;
}

function tryDocument(bytes: Buffer): unknown {
  const text = tryText(bytes);
  if (text === undefined) return undefined;
  try {
    const document: unknown = JSON.parse(text);
    return membersOf(document, 1) === colonsIn(text) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** What a JSON Pointer (RFC 6901) points to, among own members only. */
export function at(document: unknown, pointer: string): unknown {
  let value = document;
  for (let end = 0; end < pointer.length;) {
    const start = end + 1;
    const next = pointer.indexOf('/', start);
    end = next === -1 ? pointer.length : next;
    const step = pointer.slice(start, end);
    const name = step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Whether the value is text without halves of surrogate pairs, which JSON can write, and which all become the same bytes in UTF-8. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}

/** How many members all objects in the document have; not a number if it is nested too deeply. */
function membersOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > MAX_DEPTH) return NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const each of value) count += membersOf(each, depth + 1);
  } else {
    // The prototype has none that can be enumerated, and if it had the document would be refused.
    for (const name in value) count += 1 + membersOf((value as Record<string, unknown>)[name], depth + 1); // eslint-disable-line guard-for-in
  }
  return count;
}

/** How many members valid JSON names: there is a colon behind each name and nowhere else but in strings. Of equal names a parser keeps one. */
function colonsIn(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === COLON) count++;
    else if (code === QUOTE) index = endOfString(text, index);
  }
  return count;
}

/** Where the quote is that closes a string: one behind an even number of backslashes. */
function endOfString(text: string, start: number): number {
  let end = start;
  let before: number;
  do {
    end = text.indexOf('"', end + 1);
    before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
  } while ((end - before) % 2 === 0);
  return end;
}
