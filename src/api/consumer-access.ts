import * as iam from 'aws-cdk-lib/aws-iam';
import { BearerKeyAuthorizer } from './bearer-key-authorizer';
import { OidcAuthorizer } from './oidc-authorizer';
import { BoundAccess, byBearerKey, byRole, byToken } from './private/bound-access';

/** How a consumer of an API proves who it is, and which key it gets. */
export class ConsumerAccess {
  /** Scoped bearer keys, which prove by themselves who calls. For routes with `Authorization.bearerKey`. */
  public static bearerKey(keys: BearerKeyAuthorizer): ConsumerAccess {
    return new ConsumerAccess(byBearerKey(keys));
  }

  /**
   * A key of API Gateway in the header field `X-API-Key`, which meters, beside access tokens of an OAuth client, which prove who calls. For
   * routes with `Authorization.oidc` and `requireApiKey`.
   *
   * @param authorizer says which tokens are good
   * @param clientId the client, as the claim `client_id`, `azp` or `cid` of its tokens has it: letters, digits and `-._~:/?#=,`
   * @param issuer who issues the client's tokens; may be left out where the authorizer has one issuer
   */
  public static apiKeyWithToken(authorizer: OidcAuthorizer, clientId: string, issuer?: string): ConsumerAccess {
    return new ConsumerAccess(byToken(authorizer, clientId, issuer));
  }

  /**
   * A key of API Gateway in the header field `X-API-Key`, which meters, beside signatures of a role (AWS Signature Version 4), which prove who
   * calls. For routes with `Authorization.iam` and `requireApiKey`; `ApiConsumer.grantInvoke` says which of them.
   *
   * @param role a role of the API's account
   */
  public static apiKeyWithRole(role: iam.IRole): ConsumerAccess {
    return new ConsumerAccess(byRole(role));
  }

  private constructor(
    /** @internal */
    public readonly _bound: BoundAccess,
  ) {}
}
