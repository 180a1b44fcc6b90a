import type { KeyObject } from 'node:crypto';
import { Algorithm, matcherOf, suits } from './algorithms';
import { MIN_SECRET_BYTES } from './limits';
import type { Content } from './mac';
import { MatchedKey, Refused } from './verdict';

/** A secret that sender and receiver share. */
export interface SecretKey {
  readonly type: 'secret';
  readonly id?: string;
  readonly bytes: Buffer;
}

/** The public half of the sender's key. */
export interface PublicKey {
  readonly type: 'public';
  /** The key id that a delivery names, or the URL of the certificate. */
  readonly id?: string;
  readonly key: KeyObject;
}

export type Key = SecretKey | PublicKey;

/** A signature as it came with a delivery, decoded. */
export interface Presented {
  readonly algorithm: Algorithm;
  readonly bytes: Buffer;
}

/** A key and its place among those that were given. */
export interface Candidate {
  readonly index: number;
  readonly key: Key;
}

/** The keys that may be used with one of the algorithms; a secret that is too short is no key, wherever it came from. */
export function candidates(keys: readonly Key[], algorithms: readonly Algorithm[]): readonly Candidate[] {
  const usable: Candidate[] = [];
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const isLong = key.type === 'public' || key.bytes.length >= MIN_SECRET_BYTES;
    if (isLong && suitsAny(algorithms, key)) usable.push({ index, key });
  }
  return usable;
}

function suitsAny(algorithms: readonly Algorithm[], key: Key): boolean {
  for (const algorithm of algorithms) if (suits(algorithm, key)) return true;
  return false;
}

/** The candidates with that id. */
export function named(usable: readonly Candidate[], id: string): readonly Candidate[] {
  return usable.filter(({ key }) => key.id === id);
}

/** The candidates for a delivery that names a key, or none: a key with an id verifies what names it and nothing else, one without verifies all. */
export function answering(usable: readonly Candidate[], id: string | undefined): readonly Candidate[] {
  return usable.filter(({ key }) => key.id === undefined || key.id === id);
}

/** Tries every candidate on every signature, so that time tells nothing about which of them is current. */
export function matchedKey(usable: readonly Candidate[], presented: readonly Presented[], content: Content): MatchedKey | Refused {
  let matched: Candidate | undefined;
  for (const candidate of usable) {
    if (isSignedBy(candidate.key, content, presented)) matched ??= candidate;
  }
  return matched ? nameOf(matched) : new Refused('forged');
}

/** Whether any signature is one by the key; each is looked at, and what is signed is hashed once for each algorithm. */
function isSignedBy(key: Key, content: Content, presented: readonly Presented[]): boolean {
  const matchers: Partial<Record<Algorithm, (signature: Buffer) => boolean>> = {};
  let isSigned = false;
  for (const { algorithm, bytes } of presented) {
    if (!suits(algorithm, key)) continue;
    const matches = matchers[algorithm] ??= matcherOf(algorithm, key, content);
    if (matches(bytes)) isSigned = true;
  }
  return isSigned;
}

/** How a verdict names a key. */
export function nameOf({ index, key: { id } }: Candidate): MatchedKey {
  return id === undefined ? { index } : { index, id };
}
