import { createHash } from 'node:crypto';
import { at, tryJson } from './json';
import type { Content } from './mac';

/** Identifiers that may stand in a key as they are; others are hashed. */
const PLAIN = /^[\x21-\x7e]{1,256}$/;

/** The dedupe key of an identifier that the signature covers; a number counts as what JSON writes. */
export function keyOfId(id: unknown): string | undefined {
  if (typeof id === 'number' && Number.isSafeInteger(id)) return `id:${id}`;
  if (typeof id !== 'string' || id === '') return undefined;
  return PLAIN.test(id) ? `id:${id}` : `id:sha256:${sha256([id])}`;
}

/** The dedupe key of the identifier at a pointer into a body that the signature covers. */
export function keyOfPointer(body: Buffer, pointer: string): string | undefined {
  return keyOfId(at(tryJson(body), pointer));
}

/** The dedupe key of what was signed. */
export function keyOfContent(content: Content): string {
  return `sha256:${sha256(content)}`;
}

function sha256(pieces: Content): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
