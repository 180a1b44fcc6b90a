import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AuthorizerFunction } from './private/authorizer-function';
import { cacheTtlOf } from './private/cache-ttl';
import { requireAudiences, requireUrl } from './private/issuers';
import { SenderConstraint } from './sender-constraint';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger } from '../private';

/** Properties of an `IntrospectionAuthorizer`. */
export interface IntrospectionAuthorizerProps {
  /** URL of the issuer, exactly as it names itself in `iss` where it does, trailing slash included (RFC 7662, 2.2). */
  readonly issuer: string;

  /** URL of the issuer's introspection endpoint (RFC 7662, 2). */
  readonly endpoint: string;

  /** Audiences, one of which a token must be for, as the issuer's answer names them in `aud`. */
  readonly audiences: string[];

  /**
   * Secret with the credentials by which the issuer knows this API: JSON with `clientId` and `clientSecret`, sent as `client_secret_basic`
   * (RFC 6749, 2.3.1). One that is imported has to come with its `encryptionKey`, if it has one of its own.
   */
  readonly clientCredentials: secretsmanager.ISecret;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * What whoever sends a token has to prove besides having it, `SenderConstraint.mutualTls()`. Tokens that are not bound so are refused.
   *
   * @default - tokens that anybody may send are taken; tokens that are bound to a key or a certificate are refused
   */
  readonly senderConstraint?: SenderConstraint;

  /**
   * How long API Gateway keeps an answer for the same token and route, up to 5 minutes. It is added to the minute for which the function keeps
   * the issuer's word, so a token that is revoked is let in for that much longer.
   *
   * @default - nothing is kept
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
 * Decides by an OAuth 2.0 access token who may call a route, and asks the issuer about each token (RFC 7662): for opaque tokens, and where a
 * token that was revoked must not be good until it expires.
 *
 * A token is let in when its issuer calls it active, for a listed audience, it is current, it is no refresh or ID token, and it has one of the
 * route's scopes. The issuer's word is kept for a minute, and never longer than the token lives. Everything else is refused, also when the issuer
 * does not answer. It needs the internet to ask.
 *
 * @example
 * declare const credentials: secretsmanager.ISecret;
 * const opaque = new api.IntrospectionAuthorizer(this, 'Opaque', {
 *   issuer: 'https://login.example.com/',
 *   endpoint: 'https://login.example.com/oauth2/introspect',
 *   audiences: ['https://api.example.com'],
 *   clientCredentials: credentials,
 * });
 * const orders = new api.IntegrationApi(this, 'Orders', { authorization: api.Authorization.introspection(opaque, 'orders:read') });
 */
export class IntrospectionAuthorizer extends Construct {
  /** The function, for whatever this construct does not cover. */
  public readonly function: lambda.Function;

  /** Role by which API Gateway invokes the function, for every API. */
  public readonly invocationRole: iam.IRole;

  /** How long API Gateway keeps an answer. */
  public readonly cacheTtl: Duration;

  /** @internal */
  public readonly _asked: AuthorizerFunction;

  constructor(scope: Construct, id: string, props: IntrospectionAuthorizerProps) {
    super(scope, id);

    const reservedConcurrency = props.reservedConcurrency ?? 50;
    requireUrl(this, 'issuer', props.issuer);
    requireUrl(this, 'endpoint', props.endpoint);
    requireAudiences(this, 'audiences', props.audiences);
    requireInteger(this, 'reservedConcurrency', reservedConcurrency, 1, 1000);
    if (props.senderConstraint?._kind === 'dpop') {
      throw new ConfigurationError(this,
        "'senderConstraint' must be mutualTls() where tokens are introspected, got dpop(); take tokens with DPoP as JWTs, by an OidcAuthorizer");
    }
    this.cacheTtl = cacheTtlOf(this, props.cacheTtl, Duration.seconds(0), props.senderConstraint);

    const foundation = props.foundation ?? Foundation.of(this);
    this._asked = new AuthorizerFunction(this, {
      foundation,
      reservedConcurrency,
      bundle: 'introspection-authorizer',
      environment: {
        ISSUER: props.issuer, ENDPOINT: props.endpoint, AUDIENCES: JSON.stringify(props.audiences), SECRET_ARN: props.clientCredentials.secretArn,
      },
      senderConstraint: props.senderConstraint?._bind(this, foundation),
      // Reading the secret takes 4 seconds at most and asking 1.5, both twice where a rotation put the credentials out of use.
      timeout: Duration.seconds(12),
      faults: 'the issuer cannot be asked, or the secret cannot be read',
      outsideVpc: 'the function asks an issuer over TLS and reaches nothing inside a network',
    });
    this.function = this._asked.function;
    this.invocationRole = this._asked.invocationRole;
    this.grantRead(props.clientCredentials);
  }

  private grantRead(secret: secretsmanager.ISecret): void {
    // Secrets Manager adds six characters to the name, which an imported secret may not tell ("Secrets Manager API Reference", "CreateSecret").
    const arn = secret.secretFullArn ?? `${secret.secretArn}-??????`;
    this._asked.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] }));
    secret.encryptionKey?.grant(this._asked.role, 'kms:Decrypt');
  }
}
