import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { BearerKeyAuthorizer } from './bearer-key-authorizer';
import { IntrospectionAuthorizer } from './introspection-authorizer';
import { OidcAuthorizer } from './oidc-authorizer';
import { cognitoAuthorizer, TokenAuthorizer, tokenAuthorizer } from './private/authorizers';
import { BoundAuthorization, RouteBinding } from './private/bindings';

/** Whose tokens are good, and which of them. */
interface Tokens { readonly judge: object; readonly scopes: readonly string[] }

/** Who may call a route, and how they prove who they are. */
export class Authorization {
  /** Principals of AWS whose policies allow `execute-api:Invoke`, by a signature of each request (AWS Signature Version 4). */
  public static iam(): Authorization {
    return new Authorization(() => ({ authorizationType: apigateway.AuthorizationType.IAM }));
  }

  /**
   * Access tokens of a Cognito user pool.
   *
   * @param userPool the pool; its app clients say who gets which scopes
   * @param scopes scopes, one of which a token needs; without any, API Gateway would take ID tokens (API Gateway Developer Guide, "Integrate a
   *   REST API with an Amazon Cognito user pool")
   */
  public static cognito(userPool: cognito.IUserPool, ...scopes: string[]): Authorization {
    return new Authorization((route) => {
      route.requireScopes(scopes);
      return {
        authorizationType: apigateway.AuthorizationType.COGNITO,
        authorizer: cognitoAuthorizer(route, userPool),
        authorizationScopes: scopes,
      };
    }, { judge: userPool, scopes });
  }

  /**
   * Access tokens of OpenID Connect providers.
   *
   * @param authorizer says which tokens are good
   * @param scopes scopes, one of which a token needs: letters, digits and `-._~:/?#&=`, together at most 512 characters
   */
  public static oidc(authorizer: OidcAuthorizer, ...scopes: string[]): Authorization {
    return Authorization.tokens('Oidc', authorizer, scopes);
  }

  /**
   * Access tokens that their issuer is asked about, such as opaque ones (RFC 7662).
   *
   * @param authorizer says whom to ask
   * @param scopes scopes, one of which a token needs: letters, digits and `-._~:/?#&=`, together at most 512 characters
   */
  public static introspection(authorizer: IntrospectionAuthorizer, ...scopes: string[]): Authorization {
    return Authorization.tokens('Introspection', authorizer, scopes);
  }

  /**
   * Scoped bearer keys of the API's consumers.
   *
   * The authorizer names to API Gateway the key by which the consumer is metered, so a key in the header field `X-API-Key` counts for nothing
   * in such an API.
   *
   * @param keys says which keys are good
   * @param scopes scopes, one of which a consumer needs: letters, digits and `-._~:/?#&=`, together at most 512 characters
   */
  public static bearerKey(keys: BearerKeyAuthorizer, ...scopes: string[]): Authorization {
    return Authorization.tokens('BearerKey', keys, scopes, apigateway.ApiKeySourceType.AUTHORIZER);
  }

  private static tokens(kind: string, authorizer: TokenAuthorizer, scopes: string[], keySource?: apigateway.ApiKeySourceType): Authorization {
    return new Authorization((route) => {
      route.requireScopes(scopes);
      return {
        authorizationType: apigateway.AuthorizationType.CUSTOM,
        authorizer: tokenAuthorizer(route, kind, authorizer),
        stageVariables: { [route.scopeVariable()]: scopes.join(',') },
        judge: authorizer,
        keySource,
      };
    }, { judge: authorizer, scopes });
  }

  private constructor(private readonly bind: (route: RouteBinding) => BoundAuthorization, private readonly tokens?: Tokens) {}

  /**
   * A scope that is enough for either of two authorizations; undefined where their callers are apart, or policies say who they are.
   *
   * @internal
   */
  public _sharedScope(other: Authorization): string | undefined {
    return this.tokens?.judge === other.tokens?.judge ? this.tokens?.scopes.find((scope) => other.tokens?.scopes.includes(scope)) : undefined;
  }

  /** @internal */
  public _bind(route: RouteBinding): BoundAuthorization {
    return this.bind(route);
  }
}
