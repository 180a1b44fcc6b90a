import { isApi, judgeAuthorizers } from './imported';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, numberOf, Unresolved, Value, ValueMap } from '../values';

const TTL = 'AuthorizerResultTtlInSeconds';
const SOURCE = 'IdentitySource';

/** API Gateway's own default, and the longest that a revoked token should be honoured. */
const LONGEST_SECONDS = 300;

/** Checks `API-AUTHORIZER-CACHE`. */
export const apiAuthorizerCache: Rule = {
  control: 'API-AUTHORIZER-CACHE',
  check(resource) {
    return isApi(resource) ? judgeAuthorizers(resource, ({ properties }) => checkAuthorizer(properties)) : checkAuthorizer(resource.properties);
  },
};

function checkAuthorizer(properties: ValueMap): Outcome | readonly Outcome[] {
  const { Type: type, [SOURCE]: source } = properties;
  if (type === 'JWT') return notApplicable('a JWT authorizer reads the token each time');
  const seconds = numberOf(properties[TTL]);
  if (seconds instanceof Unresolved) return cannotTell('UnresolvedCache', `${TTL} is ${describe(seconds)}`, TTL);
  if (seconds === undefined) return violation('NotStated', `${TTL} is not set`, TTL);
  if (seconds === 0) return compliant('no decision is reused', TTL);
  const found = [
    ...(seconds > LONGEST_SECONDS ? [violation('TooLong', `${TTL} is ${seconds}`, TTL)] : []),
    // A user pool authorizer answers whether the token is valid, which is so for every route.
    ...(type === 'COGNITO_USER_POOLS' ? [] : checkSources(type, source)),
  ];
  return found.length > 0 ? found : compliant(`decisions are reused for ${seconds} s, by ${describe(source)}`, TTL);
}

function checkSources(type: Value, source: Value): readonly Outcome[] {
  if (isUnknown(source) || isUnknown(type)) return [cannotTell('UnresolvedCache', `${SOURCE} is ${describe(source)}, Type is ${describe(type)}`, SOURCE)];
  const sources = source === undefined ? [] : describe(source).split(',').map((each) => each.trim());
  const credential = sources.some((each) => /^method\.request\.(multivalue)?(header|querystring)\.\S+$/i.test(each) || /^context\.identity\.(apiKey|clientCert)/.test(each));
  const route = sources.includes('context.httpMethod') && ['context.resourcePath', 'context.resourceId', 'context.path'].some((each) => sources.includes(each));
  return [
    ...(credential ? [] : [violation('NoCredential', `${SOURCE} is ${describe(source)}, which holds no credential`, SOURCE)]),
    ...(route ? [] : [violation('SharedAcrossRoutes', `${SOURCE} is ${describe(source)}, which is the same for every route`, SOURCE)]),
  ];
}
