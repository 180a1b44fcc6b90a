import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, numberOf, Unresolved } from '../values';

const PROPERTY = 'ReservedConcurrentExecutions';

/** Checks `LAMBDA-CONCURRENCY`. */
export const lambdaConcurrency: Rule = {
  control: 'LAMBDA-CONCURRENCY',
  check({ properties }) {
    const reserved = numberOf(properties[PROPERTY]);
    if (reserved === undefined) return violation('NotReserved', `${PROPERTY} is not set`, PROPERTY);
    if (reserved instanceof Unresolved) return cannotTell('UnresolvedConcurrency', `${PROPERTY} is ${describe(reserved)}`, PROPERTY);
    return compliant(`at most ${reserved} run at once`, PROPERTY);
  },
};
