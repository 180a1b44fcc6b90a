import type { KeyObject } from 'node:crypto';
import { Algorithm, isSignedBy, suits } from './algorithms';
import { MIN_SECRET_BYTES } from './limits';
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
  return keys.map((key, index) => ({ key, index }))
    .filter(({ key }) => key.type === 'public' || key.bytes.length >= MIN_SECRET_BYTES)
    .filter(({ key }) => algorithms.some((algorithm) => suits(algorithm, key)));
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
export function matchedKey(usable: readonly Candidate[], presented: readonly Presented[], content: readonly Buffer[]): MatchedKey | Refused {
  const algorithms = [...new Set(presented.map(({ algorithm }) => algorithm))];
  const matched = usable.filter(({ key }) => algorithms
    .filter((algorithm) => suits(algorithm, key))
    .map((algorithm) => isSignedBy(key, algorithm, content, presented.filter((one) => one.algorithm === algorithm).map(({ bytes }) => bytes)))
    .includes(true));
  return matched.length > 0 ? nameOf(matched[0]) : new Refused('forged');
}

/** How a verdict names a key. */
export function nameOf({ index, key: { id } }: Candidate): MatchedKey {
  return id === undefined ? { index } : { index, id };
}
