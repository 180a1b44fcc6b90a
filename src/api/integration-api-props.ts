import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IApiDomain } from './api-domain-ref';
import { IApiPlatform } from './api-platform-ref';
import { Authorization } from './authorization';
import { IFoundation } from '../foundation';

/** Properties of an `IntegrationApi`. */
export interface IntegrationApiProps {
  /**
   * What all APIs of the environment share.
   *
   * @default - that of `foundation`, `ApiPlatform.of(foundation)`
   */
  readonly platform?: IApiPlatform;

  /**
   * What the integrations of the environment share.
   *
   * @default - that of `platform`, or else the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * What the API is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Custom domain by which the API is reached. The endpoint that API Gateway made up is then switched off.
   *
   * @default - the endpoint that API Gateway makes up
   */
  readonly domain?: IApiDomain;

  /**
   * First part of the path under which the domain serves this API, for example `orders`.
   *
   * @default - the domain serves this API alone
   */
  readonly basePath?: string;

  /**
   * Makes the API private: it is reached through these endpoints of `execute-api` alone, and has no domain.
   *
   * @default - the API is reached from the internet
   */
  readonly vpcEndpoints?: ec2.IVpcEndpoint[];

  /**
   * Who may call a route that says nothing else.
   *
   * @default - each route says it
   */
  readonly authorization?: Authorization;

  /**
   * Hands every body to functions and upstreams byte for byte, as signatures are made over bytes: to a function in base64, with
   * `isBase64Encoded`. API Gateway then reads no body, so that routes have no schema, and no integration with a service of AWS.
   *
   * @default false
   */
  readonly rawBodies?: boolean;

  /**
   * Requests per second of each route, over all callers, from 1 to 10000.
   *
   * @default 50
   */
  readonly rateLimit?: number;

  /**
   * Requests at once above the rate, of each route, over all callers, from 1 to 5000.
   *
   * @default 100
   */
  readonly burstLimit?: number;

  /**
   * How far from the expected the traffic must be to raise an alarm, in whole standard deviations from 1 to 100; more is more lenient.
   *
   * @default 3
   */
  readonly anomalyBand?: number;
}
