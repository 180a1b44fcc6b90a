import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Authorization } from './authorization';
import { BearerKeyAuthorizer } from './bearer-key-authorizer';
import { IntrospectionAuthorizer } from './introspection-authorizer';
import { OidcAuthorizer } from './oidc-authorizer';
import { Proof } from './private/openapi/schemes';

/** How callers prove what a security scheme of an OpenAPI document asks for. */
export class SchemeAuthorization {
  /**
   * Signatures of AWS (Signature Version 4), for a scheme `apiKey` in the header field `Authorization`, or with
   * `x-amazon-apigateway-authtype: awsSigv4`.
   */
  public static iam(): SchemeAuthorization {
    return new SchemeAuthorization('signatures', [], () => Authorization.iam());
  }

  /**
   * Access tokens of OpenID Connect providers, for a scheme `openIdConnect`, `oauth2`, or `http` with `bearer`.
   *
   * @param authorizer says which tokens are good
   * @param scopes scopes, one of which a token needs where the document names none, as for `bearer`
   */
  public static oidc(authorizer: OidcAuthorizer, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization('tokens', scopes, (needed) => Authorization.oidc(authorizer, ...needed));
  }

  /**
   * Access tokens that their issuer is asked about, for a scheme `openIdConnect`, `oauth2`, or `http` with `bearer`.
   *
   * @param authorizer says whom to ask
   * @param scopes scopes, one of which a token needs where the document names none, as for `bearer`
   */
  public static introspection(authorizer: IntrospectionAuthorizer, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization('tokens', scopes, (needed) => Authorization.introspection(authorizer, ...needed));
  }

  /**
   * Access tokens of a Cognito user pool, for a scheme `openIdConnect`, `oauth2`, or `http` with `bearer`.
   *
   * @param userPool the pool
   * @param scopes scopes, one of which a token needs where the document names none, as for `bearer`
   */
  public static cognito(userPool: cognito.IUserPool, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization('tokens', scopes, (needed) => Authorization.cognito(userPool, ...needed));
  }

  /**
   * Scoped bearer keys of the API's consumers, for a scheme `http` with `bearer`, or `apiKey` in the header field `Authorization`.
   *
   * @param keys says which keys are good
   * @param scopes scopes, one of which a consumer needs
   */
  public static bearerKey(keys: BearerKeyAuthorizer, ...scopes: string[]): SchemeAuthorization {
    return new SchemeAuthorization('keys', scopes, (needed) => Authorization.bearerKey(keys, ...needed));
  }

  private constructor(
    /** @internal */
    public readonly _proof: Proof,
    /** @internal */
    public readonly _scopes: readonly string[],
    private readonly make: (scopes: readonly string[]) => Authorization,
  ) {}

  /** @internal */
  public _authorization(scopes: readonly string[]): Authorization {
    return this.make(scopes);
  }
}
