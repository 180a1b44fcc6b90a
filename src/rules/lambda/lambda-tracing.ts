import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const PROPERTY = 'TracingConfig.Mode';

/** Checks `LAMBDA-TRACING`. */
export const lambdaTracing: Rule = {
  control: 'LAMBDA-TRACING',
  check({ properties }) {
    const mode = at(properties, PROPERTY);
    if (mode === 'Active') return compliant('traces are sampled here', PROPERTY);
    if (isUnknown(mode)) return cannotTell('UnresolvedTracing', `${PROPERTY} is ${describe(mode)}`, PROPERTY);
    return violation('NotActive', `${PROPERTY} is ${describe(mode)}`, PROPERTY);
  },
};
