import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { OidcIssuer } from './oidc-issuer';
import { AuthorizerFunction } from './private/authorizer-function';
import { cacheTtlOf } from './private/cache-ttl';
import { issuersText, requireIssuers } from './private/issuers';
import { SenderConstraint } from './sender-constraint';
import { Foundation, IFoundation } from '../foundation';
import { requireInteger } from '../private';

/** Properties of an `OidcAuthorizer`. */
export interface OidcAuthorizerProps {
  /** Who may issue tokens, from 1 to 20. */
  readonly issuers: OidcIssuer[];

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * What whoever sends a token has to prove besides having it. Tokens that are not bound so are refused.
   *
   * @default - tokens that anybody may send are taken; tokens that are bound to a key or a certificate are refused
   */
  readonly senderConstraint?: SenderConstraint;

  /**
   * How long API Gateway keeps an answer for the same token and route, up to 5 minutes. A token that expires or is revoked meanwhile is still
   * let in for so long. With a `senderConstraint` nothing is kept, since each request has its own proof.
   *
   * @default Duration.minutes(1), or nothing is kept with a senderConstraint
   */
  readonly cacheTtl?: Duration;

  /**
   * Instances of the function that may run at once, from 1 to 1000; they are set aside for it from what the account has in the Region.
   *
   * @default 50
   */
  readonly reservedConcurrency?: number;
}

/**
 * Decides by an OAuth 2.0 access token of an OpenID Connect provider who may call a route.
 *
 * A token is let in when a listed issuer signed it with a pinned algorithm, for a listed audience, it is current, it is an access token and
 * no ID token, and it has one of the route's scopes. Everything else is refused, also when the issuer's keys cannot be fetched. With a
 * `senderConstraint` a stolen token is of no use to a thief.
 *
 * One function serves any number of APIs, also of other stacks of the account and Region. It needs the internet to fetch keys.
 *
 * @example
 * const partners = new api.OidcAuthorizer(this, 'Partners', {
 *   issuers: [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }],
 * });
 * const orders = new api.IntegrationApi(this, 'Orders');
 * orders.addRoute(api.HttpMethod.GET, '/orders', {
 *   integration: api.Integration.lambdaFunction(handler),
 *   authorization: api.Authorization.oidc(partners, 'orders:read'),
 * });
 */
export class OidcAuthorizer extends Construct {
  /** The function, for whatever this construct does not cover. */
  public readonly function: lambda.Function;

  /** Role by which API Gateway invokes the function, for every API. */
  public readonly invocationRole: iam.IRole;

  /** How long API Gateway keeps an answer. */
  public readonly cacheTtl: Duration;

  /** @internal */
  public readonly _issuers: readonly string[];

  /** @internal */
  public readonly _asked: AuthorizerFunction;

  constructor(scope: Construct, id: string, props: OidcAuthorizerProps) {
    super(scope, id);

    const reservedConcurrency = props.reservedConcurrency ?? 50;
    requireIssuers(this, props.issuers);
    this._issuers = props.issuers.map(({ issuer }) => issuer);
    requireInteger(this, 'reservedConcurrency', reservedConcurrency, 1, 1000);
    this.cacheTtl = cacheTtlOf(this, props.cacheTtl, Duration.minutes(1), props.senderConstraint);

    const foundation = props.foundation ?? Foundation.of(this);
    this._asked = new AuthorizerFunction(this, {
      foundation,
      reservedConcurrency,
      environment: { ISSUERS: issuersText(props.issuers) },
      senderConstraint: props.senderConstraint?._bind(this, foundation),
      faults: 'an issuer\'s keys cannot be fetched',
      outsideVpc: 'the function fetches public keys over TLS and reaches nothing inside a network',
    });
    this.function = this._asked.function;
    this.invocationRole = this._asked.invocationRole;
  }

  /** URI by which API Gateway invokes the function. */
  public get invocationUri(): string {
    return this._asked.invocationUri;
  }
}
