import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved } from '../values';

const BLOCK = 'PublicAccessBlockConfiguration';
const FLAGS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** Checks `STORAGE-PUBLIC-ACCESS`. */
export const storagePublicAccess: Rule = {
  control: 'STORAGE-PUBLIC-ACCESS',
  check(bucket) {
    const findings = FLAGS.flatMap((flag): Outcome[] => {
      const value = at(bucket.properties, `${BLOCK}.${flag}`);
      const stated = truth(value);
      if (stated === true) return [];
      return [stated instanceof Unresolved
        ? cannotTell(`Untold::${flag}`, `${flag} is ${describe(value)}`, `${BLOCK}.${flag}`)
        : violation(`Open::${flag}`, `${flag} is ${describe(value)}`, `${BLOCK}.${flag}`)];
    });
    return findings.length > 0 ? findings : compliant('all four blocks are true', BLOCK);
  },
};
