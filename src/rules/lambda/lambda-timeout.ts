import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, numberOf, Unresolved } from '../values';

/** Checks `LAMBDA-TIMEOUT`. */
export const lambdaTimeout: Rule = {
  control: 'LAMBDA-TIMEOUT',
  check({ properties }) {
    const timeout = numberOf(properties.Timeout);
    if (timeout === undefined) return violation('NoTimeout', 'Timeout is not set, so it is 3 seconds', 'Timeout');
    if (timeout instanceof Unresolved) return cannotTell('UnresolvedTimeout', `Timeout is ${describe(timeout)}`, 'Timeout');
    return compliant(`stops after ${timeout} seconds`, 'Timeout');
  },
};
