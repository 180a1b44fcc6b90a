import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { Answer, answer, UNAUTHORIZED } from './answer';
import { BearerRefusal, bearerToken } from './bearer';
import { LimitedToken, limitToken } from './client-consumer';
import { faultOf } from './fault';
import { Route, tryRouteOf } from './route';
import type { SenderConstraint, SenderRefusal } from './sender-constraint';
import { Unavailable } from './unavailable';
import type { AccessToken, Refusal, Verdict } from './verdict';

/** What an authorizer needs of the world. */
export interface TokenPorts {
  now(): Date;
  /** Writes one line to the log; never what a request chose: no token, no header, no claim. */
  log(entry: Readonly<Record<string, string>>): void;
}

/** Judges the text of a token; throws `Unavailable` where it cannot. */
export type Judge = (text: string) => Promise<Verdict>;

/** A token that may pass, or why none may. */
type Presented =
  | { readonly token: AccessToken }
  | { readonly refused: Refusal | BearerRefusal | SenderRefusal; readonly issuer?: string };

/**
 * Builds a REQUEST authorizer of a REST API: tokens that `judge` finds good and that come from whom `constraint` asks for, and for each route
 * the scopes of which a token needs one.
 *
 * Answers a policy that allows or denies the one route that was asked for, and throws `Unauthorized` for a token that is missing or not
 * valid. The policy covers every value of the route's path parameters and no other method, which is right only while the gateway's cache
 * key holds the method and the resource path besides the header, and the source address where the stage limits a consumer to networks. Denies
 * a route whose scopes the stage does not name. A token of a client that is a consumer of the stage is good for what the consumer may do.
 *
 * Where a token cannot be judged it throws, and the gateway answers 500: it never allows for lack of knowledge. Refusals are logged with
 * their reason; what passes is in the gateway's access log.
 */
export function tokenAuthorizer(judge: Judge, constraint: SenderConstraint, ports: TokenPorts) {
  return async (event: APIGatewayRequestAuthorizerEvent): Promise<Answer> => {
    const route = tryRouteOf(event);
    if (!route) {
      ports.log({ outcome: 'fault', reason: 'unusable-event' });
      throw new Error('the event is not one of a REQUEST authorizer of a REST API');
    }
    const presented = await presentedBy(event, route);
    if ('refused' in presented) {
      ports.log({ ...outcomeOf(presented.refused), route: route.name, ...presented.issuer === undefined ? {} : { issuer: presented.issuer } });
      throw new Error(UNAUTHORIZED);
    }
    return answerTo(limitedToken(presented.token, event, route), route);
  };

  async function presentedBy(event: APIGatewayRequestAuthorizerEvent, route: Route): Promise<Presented> {
    const bearer = bearerToken(event, constraint.scheme);
    if ('refused' in bearer) return bearer;
    try {
      const verdict = await judge(bearer.token);
      if ('refused' in verdict) return verdict;
      const refused = await constraint.refusalOf(verdict.token, bearer.token, event);
      return refused ? { refused, issuer: verdict.token.issuer } : verdict;
    } catch (error) {
      if (error instanceof Unavailable) {
        const { reason, issuer, detail } = error;
        ports.log({ outcome: 'fault', reason, route: route.name, issuer, ...detail === undefined ? {} : { detail } });
      }
      throw error;
    }
  }

  function limitedToken(token: AccessToken, event: APIGatewayRequestAuthorizerEvent, route: Route): LimitedToken {
    try {
      return limitToken(token, event, ports.now());
    } catch (error) {
      ports.log({ ...faultOf(error), route: route.name });
      throw error;
    }
  }

  function answerTo(limited: LimitedToken, route: Route): Answer {
    return answer(isAllowed(limited, route) ? 'Allow' : 'Deny', route.arn, limited.token, limited.consumer);
  }

  function isAllowed({ token: { issuer, scopes }, consumer, refused }: LimitedToken, route: Route): boolean {
    if (!refused && route.scopes.some((scope) => scopes.includes(scope))) return true;
    ports.log(!refused && route.scopes.length === 0
      ? { outcome: 'misconfigured', reason: 'no-scopes-configured', route: route.name }
      : { outcome: 'denied', reason: refused ?? 'missing-scope', route: route.name, issuer, ...consumer === undefined ? {} : { consumer } });
    return false;
  }
}

/** A good token without a certificate came by a door that asks for none, and that somebody has to close. */
function outcomeOf(reason: string): { readonly outcome: string; readonly reason: string } {
  return { outcome: reason === 'no-client-certificate' ? 'misconfigured' : 'denied', reason };
}
