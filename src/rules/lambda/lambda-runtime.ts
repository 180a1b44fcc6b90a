import { DEPRECATED_RUNTIMES, RUNTIMES_AS_OF, SUPPORTED_RUNTIMES } from './runtimes';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `LAMBDA-RUNTIME`. */
export const lambdaRuntime: Rule = {
  control: 'LAMBDA-RUNTIME',
  check({ properties }) {
    const runtime = properties.Runtime;
    if (properties.PackageType === 'Image') return notApplicable('a container image brings its own runtime');
    if (typeof runtime === 'string' && Object.prototype.hasOwnProperty.call(DEPRECATED_RUNTIMES, runtime)) {
      return violation(`Deprecated::${runtime}`, `Runtime is ${runtime}, which gets no security patches since ${DEPRECATED_RUNTIMES[runtime]}`, 'Runtime');
    }
    if (typeof runtime === 'string' && SUPPORTED_RUNTIMES.includes(runtime)) return compliant(`Runtime is ${runtime}`, 'Runtime');
    if (typeof runtime === 'string') return cannotTell('UnknownRuntime', `Runtime is ${runtime}, of which nothing was known on ${RUNTIMES_AS_OF}`, 'Runtime');
    return cannotTell('UnresolvedRuntime', `Runtime is ${describe(runtime)}`, 'Runtime');
  },
};
