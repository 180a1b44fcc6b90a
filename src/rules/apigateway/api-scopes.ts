import { isApi, judgeOperations } from './imported';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, Value, ValueMap } from '../values';

const PROPERTY = 'AuthorizationScopes';

/** Types that take tokens of an issuer, whose scopes API Gateway itself checks. */
const WITH_SCOPES: readonly Value[] = ['COGNITO_USER_POOLS', 'JWT'];

/** Types that take none, or leave the scopes to a function. */
const WITHOUT_SCOPES: readonly Value[] = [undefined, 'NONE', 'AWS_IAM', 'CUSTOM'];

/** Checks `API-SCOPES`. */
export const apiScopes: Rule = {
  control: 'API-SCOPES',
  check(operation) {
    return isApi(operation) ? judgeOperations(operation, ({ method }) => checkMethod(method.properties)) : checkMethod(operation.properties);
  },
};

function checkMethod({ AuthorizationType: type, [PROPERTY]: scopes }: ValueMap): Outcome {
  if (WITHOUT_SCOPES.includes(type)) return notApplicable('no token of a user pool or an issuer is asked for');
  if (isUnknown(scopes)) return cannotTell('UnresolvedScopes', `${PROPERTY} is ${describe(scopes)}`, PROPERTY);
  if (listOf(scopes).length > 0) return compliant(`asks for ${listOf(scopes).map(describe).join(' or ')}`, PROPERTY);
  return WITH_SCOPES.includes(type) ? violation('NoScopes', `${PROPERTY} is not set`, PROPERTY)
    : cannotTell('UnresolvedScopes', `AuthorizationType is ${describe(type)}, and ${PROPERTY} is not set`, PROPERTY);
}
