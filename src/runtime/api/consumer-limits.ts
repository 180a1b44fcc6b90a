import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { Consumer } from './consumer';
import { isWithin } from '../../formats/networks';

/** Why a consumer that has proved who it is may not call, as the log names it. */
export type LimitRefusal = 'consumer-suspended' | 'consumer-expired' | 'consumer-address';

/** The part of an event that says where a request comes from. */
export type RequestOrigin = Pick<APIGatewayRequestAuthorizerEvent, 'requestContext'>;

/**
 * Why a consumer may not call now from where it does; undefined if it may.
 *
 * The address is the one that API Gateway saw, and no header that a caller can write.
 */
export function limitRefusalOf({ suspended, endsAt, networks }: Consumer, { requestContext }: RequestOrigin, now: Date): LimitRefusal | undefined {
  if (suspended) return 'consumer-suspended';
  // Negated, so that a clock without a time ends it too.
  if (endsAt !== undefined && !(now.getTime() < endsAt)) return 'consumer-expired';
  return networks && !isWithin(networks, requestContext.identity?.sourceIp) ? 'consumer-address' : undefined;
}
