import { overlaps } from './directory-check';
import type { PartnerDirectory } from './partner-directories';
import type { Refusal } from './refusal';

/** What tells partners apart. Names of buckets may be tokens, as long as the same bucket is the same token. */
export interface Distinct {
  readonly name: string;
  readonly keys: readonly { readonly fingerprint: string }[];
  readonly directories: readonly Pick<PartnerDirectory, 'bucket' | 'prefix'>[];
}

/**
 * Where partners of one server are not apart: a name that two have, a key that two sign in with, a place that two may use or one that lies in
 * another's. `path` is the name of the later one.
 */
export function conflictsAmong(partners: readonly Distinct[]): Refusal[] {
  return partners.flatMap((partner, index) => partners.slice(0, index).flatMap((earlier) => conflictsOf(partner, earlier)));
}

function conflictsOf(partner: Distinct, earlier: Distinct): Refusal[] {
  const path = partner.name;
  if (partner.name === earlier.name) return [{ path, problem: 'is there twice' }];
  const key = partner.keys.find(({ fingerprint }) => earlier.keys.some((other) => other.fingerprint === fingerprint));
  const place = partner.directories.find((directory) => earlier.directories.some((other) => overlaps(directory, other)));
  return [
    ...(key ? [{ path, problem: `has the key ${key.fingerprint}, which is a key of '${earlier.name}'`, remedy: 'ask each partner for a key of its own' }] : []),
    ...(place ? [{ path, problem: `has '${place.prefix}', which overlaps with a directory of '${earlier.name}'`, remedy: 'give each a prefix of its own' }] : []),
  ];
}
