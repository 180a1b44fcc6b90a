import type { APIGatewayAuthorizerWithContextResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { fitting, policyOf, UNAUTHORIZED } from './answer';
import { Claim, Proof, ProofPorts, prove, ProofVerdict } from './bearer-key-proof';
import { limitRefusalOf } from './consumer-limits';
import { faultOf } from './fault';
import { Route, tryRouteOf } from './route';
import { nameOf } from '../shared/error-name';

/** What the authorizer needs of the world. */
export interface BearerKeyPorts extends ProofPorts {
  now(): Date;
  /** Writes one line of the log; nothing that a caller sent as a secret gets there. */
  log(entry: Readonly<Record<string, string>>): void;
}

/** What integrations and access logs read as `$context.authorizer.<name>`. */
export interface BearerKeyContext extends Record<string, string> {
  readonly consumer: string;
  /** Which of the consumer's keys it was; no secret. */
  readonly keyId: string;
  /** The consumer's scopes, separated by spaces. */
  readonly scope: string;
}

/** The answer of the authorizer, with the key by which API Gateway counts the request against the consumer's usage plan. */
export type BearerKeyAnswer = APIGatewayAuthorizerWithContextResult<BearerKeyContext>;

/**
 * Builds a REQUEST authorizer of a REST API whose callers bear scoped keys, of which a table holds MACs.
 *
 * Throws `Unauthorized` for what is no key that works. Who has proved to be a consumer gets a policy that allows or denies the one route that
 * was asked for, as the consumer's limits and scopes and the scopes of the route say; the stage variables tell them. The answer is right only
 * while the gateway's cache key holds the method, the resource path and the source address besides the header.
 *
 * Keeps nothing, so a retry, a timeout and a crash leave no trace. While AWS does not answer, or what it answers makes no sense, it throws and
 * the gateway answers 500: it never allows for lack of knowledge. Refusals are logged with their reason; what passes is in the gateway's
 * access log.
 */
export function bearerKeyAuthorizer(prefix: string, ports: BearerKeyPorts) {
  return async (event: APIGatewayRequestAuthorizerEvent): Promise<BearerKeyAnswer> => {
    const route = tryRouteOf(event);
    if (!route) {
      ports.log({ outcome: 'fault', reason: 'unusable-event' });
      throw new Error('the event is not one of a REQUEST authorizer of a REST API');
    }
    const verdict = await verdictOf(event, route);
    if ('refused' in verdict) {
      ports.log({ outcome: 'denied', reason: verdict.refused, route: route.name, ...verdict.claim && whoOf(verdict.claim) });
      throw new Error(UNAUTHORIZED);
    }
    return answer(isAllowed(verdict.proof, event, route) ? 'Allow' : 'Deny', route, verdict.proof);
  };

  async function verdictOf(event: APIGatewayRequestAuthorizerEvent, route: Route): Promise<ProofVerdict> {
    try {
      return await prove(event, prefix, ports);
    } catch (error) {
      ports.log({ ...faultOf(error), route: route.name });
      // Without its cause, since a service may quote what it was sent.
      throw new Error(`the key could not be judged: ${nameOf(error)}`);
    }
  }

  function isAllowed({ consumer, keyId }: Proof, event: APIGatewayRequestAuthorizerEvent, route: Route): boolean {
    const limit = limitRefusalOf(consumer, event, ports.now());
    if (!limit && route.scopes.some((scope) => consumer.scopes.includes(scope))) return true;
    ports.log(!limit && route.scopes.length === 0
      ? { outcome: 'misconfigured', reason: 'no-scopes-configured', route: route.name }
      : { outcome: 'denied', reason: limit ?? 'missing-scope', route: route.name, ...whoOf({ consumer, keyId }) });
    return false;
  }
}

function whoOf({ consumer, keyId }: Claim): { readonly consumer: string; readonly keyId: string } {
  return { consumer: consumer.name, keyId };
}

function answer(effect: 'Allow' | 'Deny', route: Route, proof: Proof): BearerKeyAnswer {
  return {
    principalId: proof.consumer.name,
    policyDocument: policyOf(effect, route.arn),
    context: { ...whoOf(proof), scope: fitting(proof.consumer.scopes) },
    usageIdentifierKey: proof.planKey,
  };
}
