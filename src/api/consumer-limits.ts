import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Route } from './route';

/** How many requests a consumer has. API Gateway counts them on a best-effort basis, so some more may pass. */
export interface ConsumerQuota {
  /** Requests in each period, from 1 on. */
  readonly limit: number;

  /** When the count starts anew. */
  readonly period: apigateway.Period;
}

/** Limits of a consumer on one route, below those on all of its requests. */
export interface ConsumerMethodLimit {
  /** Route of the consumer's API that requires a key. */
  readonly route: Route;

  /** Requests per second, from 1 to 10000. */
  readonly rateLimit: number;

  /** Requests at once above the rate, from 1 to 5000. */
  readonly burstLimit: number;
}
