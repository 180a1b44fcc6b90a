import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IConstruct } from 'constructs';

/** A custom domain that APIs are reached by. */
export interface IApiDomain extends IConstruct {
  /** The domain as API Gateway knows it. */
  readonly domain: apigateway.IDomainName;

  /**
   * Whether the domain asks each client for a certificate.
   *
   * @default - it is not known, as for a domain of another app
   */
  readonly mutualTls?: boolean;
}
