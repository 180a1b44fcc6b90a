import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { LimitRefusal, limitRefusalOf } from './consumer-limits';
import { tryClientConsumer } from './consumers';
import type { AccessToken } from './verdict';

/** A good token within what the stage lets its client do. */
export interface LimitedToken {
  /** With no scope beyond the consumer's. */
  readonly token: AccessToken;
  /** Name of the consumer that the token's client is; undefined for a client that the stage does not know, which has no limits. */
  readonly consumer?: string;
  readonly refused?: LimitRefusal;
}

/** Applies to a token the limits of the consumer whose client it was issued to. @throws UnusableConsumer */
export function limitToken(token: AccessToken, event: APIGatewayRequestAuthorizerEvent, now: Date): LimitedToken {
  const consumer = tryClientConsumer(event.stageVariables, token.issuer, token.clientId);
  if (!consumer) return { token };
  const { name, scopes: most } = consumer;
  return {
    token: most ? { ...token, scopes: token.scopes.filter((scope) => most.includes(scope)) } : token,
    consumer: name,
    refused: limitRefusalOf(consumer, event, now),
  };
}
