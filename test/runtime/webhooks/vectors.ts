import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { KeyFormat, readKeys } from '../../../src/runtime/webhooks/key-formats';
import { Key } from '../../../src/runtime/webhooks/keys';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { Verdict } from '../../../src/runtime/webhooks/verdict';
import { verify } from '../../../src/runtime/webhooks/verify';

/** A request, and what a correct verifier says of it; see `test/fixtures/README.md`. */
export interface Vector {
  readonly id: string;
  readonly scheme: string;
  readonly expect: 'valid' | 'invalid';
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly bodyBase64: string;
  };
  readonly secrets: readonly VectorSecret[];
  readonly config?: Readonly<Record<string, string>>;
  readonly nowMs: number;
  readonly toleranceSec: number;
  readonly dedupe?: { readonly sameAs: string };
}

interface VectorSecret {
  readonly type: string;
  readonly value: unknown;
  readonly encoding?: string;
  readonly keyid?: string;
  readonly url?: string;
}

/** How the vectors name what `readKeys` reads. */
const FORMATS: Readonly<Record<string, KeyFormat>> = {
  'utf8': 'utf8',
  'hex': 'hex',
  'base64': 'base64',
  'whsec-base64': 'standard-webhooks',
  'whpk-base64': 'standard-webhooks',
  'spki-der-base64': 'spki-base64',
  'ed25519-public/hex': 'ed25519-hex',
  'ed25519-public/base64': 'ed25519-base64',
  'x509-cert/': 'pem',
  'jwk-set/': 'jwks',
};

export const VECTORS = (JSON.parse(readFileSync(join(__dirname, '../../fixtures/webhooks/vectors.json'), 'utf8')) as { vectors: Vector[] }).vectors;

/** Judges a vector by the preset of its scheme, at its time and with its tolerance. */
export function judge(vector: Vector): Verdict {
  return verify(deliveryOf(vector), schemeOf(vector), vector.secrets.flatMap(keysOf), vector.nowMs / 1000);
}

function schemeOf({ scheme: preset, config, toleranceSec: toleranceSeconds }: Vector) {
  const members = { preset, ...config ? { settings: config } : {} };
  try {
    return parseScheme({ ...members, toleranceSeconds });
  } catch (error) {
    if (!(error as Error).message.includes('the sender signs no time')) throw error;
    return parseScheme(members);
  }
}

function deliveryOf({ request: { method, url, headers, bodyBase64 } }: Vector): Delivery {
  const pairs = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const));
  return { method, url, headers: pairs, body: Buffer.from(bodyBase64, 'base64') };
}

function keysOf({ type, value, encoding = '', keyid, url }: VectorSecret): readonly Key[] {
  const format = FORMATS[`${type}/${encoding}`] ?? FORMATS[encoding];
  return readKeys(typeof value === 'string' ? value : JSON.stringify(value), format, keyid ?? url);
}
