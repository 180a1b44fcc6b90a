/** An OpenID Connect provider whose access tokens are accepted. */
export interface OidcIssuer {
  /** URL of the issuer, exactly as the claim `iss` of its tokens has it, trailing slash included (OpenID Connect Core 1.0, 2). */
  readonly issuer: string;

  /** Audiences, one of which a token must be for (RFC 7519, 4.1.3). For Cognito, whose access tokens have none, the ids of the app clients. */
  readonly audiences: string[];

  /**
   * Signature algorithms that the issuer uses (RFC 7518, 3.1; RFC 8037), of `RS256`, `RS384`, `RS512`, `ES256`, `ES384`, `ES512` and `EdDSA`.
   *
   * @default - all of them
   */
  readonly algorithms?: string[];

  /**
   * URL of the issuer's keys (RFC 7517, 5).
   *
   * @default - what the issuer's discovery document says (OpenID Connect Discovery 1.0, 4)
   */
  readonly jwksUri?: string;
}
