import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysOf, VectorSecret } from './vector-keys';
import { ADDRESSES, presetOf, schemeOf, VectorConfig } from './vector-schemes';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { Verdict } from '../../../src/runtime/webhooks/verdict';
import { verify } from '../../../src/runtime/webhooks/verify';

/** A request, and what a correct verifier says of it; see `test/fixtures/README.md`. */
export interface Vector {
  readonly id: string;
  readonly scheme: string;
  readonly expect: 'valid' | 'invalid';
  readonly request: VectorRequest;
  readonly secrets: readonly VectorSecret[];
  readonly config?: VectorConfig;
  /** The address that the sender was told, where it is not the one of the request. */
  readonly publicUrl?: string;
  readonly nowMs: number;
  readonly toleranceSec?: number | null;
  readonly dedupe?: { readonly sameAs: string; readonly mustBeDuplicate?: boolean };
}

interface VectorRequest {
  readonly method: string;
  readonly url: string;
  /** By name, or a list of names and values. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** What was sent; `body`, where it is, is for reading, and counts only without this. */
  readonly bodyBase64: string;
  readonly body?: string;
}

/** What a vector was found to be, and what of its configuration was of no use. */
export interface Judgement { readonly verdict: Verdict; readonly unused: readonly string[] }

export const FIXTURE = join(__dirname, '../../fixtures/webhooks/vectors.json');

export const VECTORS = readVectors(FIXTURE);

/** The vectors of a file; throws if it is none. */
export function readVectors(file: string): readonly Vector[] {
  const { vectors, count } = JSON.parse(readFileSync(file, 'utf8')) as { readonly vectors?: readonly Vector[]; readonly count?: number };
  if (!Array.isArray(vectors) || vectors.length === 0) throw new Error(`${file} has no 'vectors'`);
  if (count !== undefined && count !== vectors.length) throw new Error(`${file} says that it has ${count} vectors, and has ${vectors.length}`);
  return vectors;
}

/** Judges a vector by the preset of its scheme, at its time and with its tolerance. */
export function judge(vector: Vector): Verdict {
  return judgeWith(verify, vector).verdict;
}

/** The same with a verifier that somebody changed. Throws, saying why, for a vector that maps to nothing a receiver could be. */
export function judgeWith(verifier: typeof verify, vector: Vector): Judgement {
  const { secrets, config = {}, nowMs, toleranceSec } = vector;
  const delivery = deliveryOf(vector);
  const has = (name: string) => delivery.headers.find(([other]) => other.toLowerCase() === name)?.[1];
  const { scheme, unused } = schemeOf(presetOf(vector.scheme, has), config, toleranceSec ?? undefined);
  return { verdict: verifier(delivery, scheme, keysOf(secrets, scheme.key), nowMs / 1000), unused };
}

function deliveryOf({ request: { method, url, headers, bodyBase64, body = '' }, publicUrl, config = {} }: Vector): Delivery {
  const told = publicUrl ?? ADDRESSES.map((name) => config[name]).find((one) => typeof one === 'string') as string | undefined;
  const entries: readonly (readonly [string, string | readonly string[]])[] = Array.isArray(headers) ? headers : Object.entries(headers);
  const pairs = entries.flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const));
  const sent = (bodyBase64 as string | undefined) === undefined ? Buffer.from(body) : Buffer.from(bodyBase64, 'base64');
  return { method, url: told ?? url, headers: pairs, body: sent };
}
