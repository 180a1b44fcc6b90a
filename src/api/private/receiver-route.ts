import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BoundAuthorization } from './bindings';

/** A route that anybody may call, whose function verifies a signature over the bytes of each body. */
export interface ReceiverRouteOptions {
  readonly handler: lambda.IFunction;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
}

/** Nothing but the function asks who calls. */
export const BY_SIGNATURE: BoundAuthorization = { authorizationType: apigateway.AuthorizationType.NONE };

/** Why that is enough, for other packs, which see no further than the method. */
export const WHY_OPEN = 'the sender of a webhook cannot log in: the function behind the route verifies the signature of each request before anything else, '
  + 'which WEBHOOK-SIGNATURE checks';
