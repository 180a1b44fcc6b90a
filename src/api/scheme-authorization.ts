import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Authorization } from './authorization';
import { IntrospectionAuthorizer } from './introspection-authorizer';
import { OidcAuthorizer } from './oidc-authorizer';

/** How callers prove what a security scheme of an OpenAPI document asks for. */
export class SchemeAuthorization {
  /**
   * Signatures of AWS (Signature Version 4), for a scheme `apiKey` in the header field `Authorization`, or with
   * `x-amazon-apigateway-authtype: awsSigv4`.
   */
  public static iam(): SchemeAuthorization {
    return new SchemeAuthorization(false, [], () => Authorization.iam());
  }

  /**
   * Access tokens of OpenID Connect providers, for a scheme `openIdConnect`, `oauth2`, or `http` with `bearer`.
   *
   * @param authorizer says which tokens are good
   * @param scopes scopes, one of which a token needs where the document names none, as for `bearer`
   */
  public static oidc(authorizer: OidcAuthorizer, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization(true, scopes, (needed) => Authorization.oidc(authorizer, ...needed));
  }

  /**
   * Access tokens that their issuer is asked about, for a scheme `openIdConnect`, `oauth2`, or `http` with `bearer`.
   *
   * @param authorizer says whom to ask
   * @param scopes scopes, one of which a token needs where the document names none, as for `bearer`
   */
  public static introspection(authorizer: IntrospectionAuthorizer, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization(true, scopes, (needed) => Authorization.introspection(authorizer, ...needed));
  }

  /**
   * Access tokens of a Cognito user pool, for a scheme `openIdConnect`, `oauth2`, or `http` with `bearer`.
   *
   * @param userPool the pool
   * @param scopes scopes, one of which a token needs where the document names none, as for `bearer`
   */
  public static cognito(userPool: cognito.IUserPool, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization(true, scopes, (needed) => Authorization.cognito(userPool, ...needed));
  }

  private constructor(
    /** @internal */
    public readonly _takesTokens: boolean,
    /** @internal */
    public readonly _scopes: readonly string[],
    private readonly make: (scopes: readonly string[]) => Authorization,
  ) {}

  /** @internal */
  public _authorization(scopes: readonly string[]): Authorization {
    return this.make(scopes);
  }
}
