import { isApi, judgeOperations } from './imported';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, ValueMap } from '../values';

const PROPERTY = 'AuthorizationScopes';

/** Checks `API-SCOPES`. */
export const apiScopes: Rule = {
  control: 'API-SCOPES',
  check(operation) {
    return isApi(operation) ? judgeOperations(operation, ({ method }) => checkMethod(method.properties)) : checkMethod(operation.properties);
  },
};

function checkMethod({ AuthorizationType: type, [PROPERTY]: scopes }: ValueMap): Outcome {
  const takesTokens = type === 'COGNITO_USER_POOLS' || type === 'JWT';
  if (!takesTokens && !isUnknown(type)) return notApplicable('no token of a user pool or an issuer is asked for');
  if (isUnknown(scopes)) return cannotTell('UnresolvedScopes', `${PROPERTY} is ${describe(scopes)}`, PROPERTY);
  if (listOf(scopes).length > 0) return compliant(`asks for ${listOf(scopes).map(describe).join(' or ')}`, PROPERTY);
  return takesTokens ? violation('NoScopes', `${PROPERTY} is not set`, PROPERTY)
    : cannotTell('UnresolvedScopes', `AuthorizationType is ${describe(type)}, and ${PROPERTY} is not set`, PROPERTY);
}
