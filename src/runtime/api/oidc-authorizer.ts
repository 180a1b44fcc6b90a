import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { AccessToken, judge, TrustedIssuer, Verdict } from './access-token';
import { Answer, answer } from './answer';
import { bearerToken } from './bearer';
import { IssuerKeys, KeyPorts, KeysUnavailable } from './issuer-keys';
import type { Issuer } from './issuers';
import { Route, tryRouteOf } from './route';

/** What the authorizer needs of the world. */
export type Ports = KeyPorts;

/** What API Gateway turns into 401, word for word (Developer Guide, "Use API Gateway Lambda authorizers"); any other error becomes 500. */
const UNAUTHORIZED = 'Unauthorized';

/**
 * Builds a REQUEST authorizer of a REST API: OAuth 2.0 access tokens of the configured issuers, and for each route the scopes of which a
 * token needs one.
 *
 * Answers a policy that allows or denies the one route that was asked for, and throws `Unauthorized` for a token that is missing or not
 * valid. The policy covers every value of the route's path parameters and no other method, which is right only while the gateway's cache
 * key holds the method and the resource path besides the header. Denies a route whose scopes the stage does not name.
 *
 * Keeps nothing but public keys, so a retry, a timeout and a crash leave no trace. Until the keys of a token's issuer are there it throws,
 * and the gateway answers 500: it never allows for lack of knowledge. Refusals are logged with their reason; what passes is in the
 * gateway's access log.
 */
export function oidcAuthorizer(issuers: readonly Issuer[], ports: Ports) {
  const trusted = new Map<string, TrustedIssuer>(issuers.map((issuer) => [issuer.issuer, { ...issuer, keys: new IssuerKeys(issuer, ports) }]));

  return async (event: APIGatewayRequestAuthorizerEvent): Promise<Answer> => {
    const route = tryRouteOf(event);
    if (!route) {
      ports.log({ outcome: 'fault', reason: 'unusable-event' });
      throw new Error('the event is not one of a REQUEST authorizer of a REST API');
    }
    const verdict = await verdictOf(event, route);
    if ('refused' in verdict) {
      ports.log({ outcome: 'denied', reason: verdict.refused, route: route.name, ...verdict.issuer === undefined ? {} : { issuer: verdict.issuer } });
      throw new Error(UNAUTHORIZED);
    }
    return answer(isAllowed(verdict.token, route) ? 'Allow' : 'Deny', route.arn, verdict.token);
  };

  async function verdictOf(event: APIGatewayRequestAuthorizerEvent, route: Route): Promise<Verdict> {
    const bearer = bearerToken(event);
    if ('refused' in bearer) return bearer;
    try {
      return await judge(bearer.token, trusted, ports.now());
    } catch (error) {
      if (error instanceof KeysUnavailable) ports.log({ outcome: 'fault', reason: 'keys-unavailable', route: route.name, issuer: error.issuer });
      throw error;
    }
  }

  function isAllowed({ issuer, scopes }: AccessToken, route: Route): boolean {
    if (route.scopes.some((scope) => scopes.includes(scope))) return true;
    ports.log(route.scopes.length === 0
      ? { outcome: 'misconfigured', reason: 'no-scopes-configured', route: route.name }
      : { outcome: 'denied', reason: 'missing-scope', route: route.name, issuer });
    return false;
  }
}
