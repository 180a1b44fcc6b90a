import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, truth, Unresolved } from '../values';

const ANY_ORIGIN = /^(\w+:\/\/)?\*$/;

/** Checks `LAMBDA-URL-CORS`. */
export const lambdaUrlCors: Rule = {
  control: 'LAMBDA-URL-CORS',
  check({ properties }) {
    const origins = listOf(at(properties, 'Cors.AllowOrigins'));
    const credentials = truth(at(properties, 'Cors.AllowCredentials'));
    if (origins.some((origin) => typeof origin === 'string' && ANY_ORIGIN.test(origin))) {
      return credentials === true || credentials instanceof Unresolved
        ? violation('AnyOriginWithCredentials', 'AllowOrigins has * and AllowCredentials is not false: any site can act as its visitor', 'Cors.AllowCredentials')
        : violation('AnyOrigin', 'AllowOrigins has *', 'Cors.AllowOrigins');
    }
    if (origins.some(isUnknown)) return cannotTell('UnresolvedOrigins', `AllowOrigins is ${describe(at(properties, 'Cors.AllowOrigins'))}`, 'Cors.AllowOrigins');
    return compliant(origins.length === 0 ? 'no other origin is allowed' : `only ${describe(origins)} is allowed`, 'Cors.AllowOrigins');
  },
};
