/** Options of `RotationStrategy.cognitoClientSecret`. */
export interface CognitoClientSecretOptions {
  /**
   * Where a new secret is tried before it becomes current: the token endpoint of the pool's domain, `<domain.baseUrl()>/oauth2/token`. No
   * token is issued.
   *
   * @default - the first step of a sign-in is tried, by a user that does not exist; the client has to allow the flow `USER_SRP_AUTH`
   */
  readonly tokenEndpoint?: string;
}
