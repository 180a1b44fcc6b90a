import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BearerKeyRotationOptions } from './bearer-key-rotation-options';
import { CognitoClientSecretOptions } from './cognito-client-secret-options';
import { BoundStrategy } from './private/bound-strategy';
import { cognitoClientStrategy } from './private/cognito-client';
import { patternsOfKeys, requireUsagePlans, statementsForKeys } from './private/key-rights';
import { sftpConnectorStrategy } from './private/sftp-connector';
import { bearerKeyStrategy, sftpPasswordStrategy } from './private/stored-credentials';
import { thirdPartyStrategy } from './private/third-party';
import { SftpConnectorKeyPairOptions } from './sftp-connector-key-pair-options';
import { SftpPasswordOptions } from './sftp-password-options';

/** Of a credential that no provider has to be told. */
const KNOWN_TO_NOBODY = { environment: () => ({}), statements: () => [], patterns: () => [] };

/**
 * What a `RotatingSecret` holds, and how a new one comes into effect.
 *
 * @example
 * const strategy = secrets.RotationStrategy.webhookSecret();
 */
export class RotationStrategy {
  /**
   * A key of 256 bits that signs webhooks by HMAC. The secret holds `{ "secret": <base64>, "kid": <version> }`.
   *
   * Sign with the current version; accept signatures of the current and of the previous one, and read the secret again for an unknown `kid`.
   */
  public static webhookSecret(): RotationStrategy {
    return new RotationStrategy({ bundle: 'webhook-secret', ...KNOWN_TO_NOBODY });
  }

  /**
   * A key pair that signs webhooks, Ed25519. The secret holds `{ "secret": "whsk_<seed and public half in base64>", "kid": <version> }`.
   *
   * Receivers need the public half alone, `whpk_` and the last 32 of the 64 bytes in base64 (Standard Webhooks, signatures `v1a`), and cannot
   * sign with it. Sign with the current and the previous version, as `webhooks.WebhookSender` does, and tell them the new public key within the
   * overlap: give `overlap` as long as your customers take for that.
   */
  public static webhookSigningKey(): RotationStrategy {
    return new RotationStrategy({ bundle: 'webhook-signing-key', ...KNOWN_TO_NOBODY });
  }

  /**
   * A key of API Gateway, a member of each of the usage plans. The secret holds `{ "apiKey": <value>, "kid": <version> }`.
   *
   * The function makes, disables and deletes the keys, so that no template, output or log ever has a value. After the overlap the old key is
   * disabled, and a day later deleted. A quota starts at zero with each new key. An API key tells who calls and proves it to nobody: keep
   * another authorization beside it.
   *
   * @param usagePlans from 1 to 10 plans of the secret's account and Region
   */
  public static apiGatewayKey(...usagePlans: apigateway.IUsagePlan[]): RotationStrategy {
    const ids = usagePlans.map(({ usagePlanId }) => usagePlanId);
    return new RotationStrategy({
      bundle: 'api-key',
      environment: (scope) => {
        requireUsagePlans(scope, usagePlans);
        return { USAGE_PLAN_IDS: JSON.stringify(ids) };
      },
      statements: (scope, secretArn) => statementsForKeys(scope, secretArn, ids),
      patterns: (scope) => patternsOfKeys(scope, ids),
    });
  }

  /**
   * A scoped bearer key of one holder. The secret holds `{ "key": "<prefix>_<id>_<secret>", "kid": <version> }`.
   *
   * The table holds a MAC in place of the key, which AWS KMS alone can make. After the overlap the row of the old key is disabled, and a day
   * later deleted. The metering key of API Gateway has to exist before the first rotation: a key that is replaced is noticed within the hour
   * by the alarm `Fault`, and taken by the next rotation.
   */
  public static bearerKey(options: BearerKeyRotationOptions): RotationStrategy {
    return new RotationStrategy(bearerKeyStrategy(options));
  }

  /**
   * The password of an SFTP user: 40 letters, digits and `-._~`. The secret holds `{ "username": <name>, "password": <it>, "kid": <version> }`.
   *
   * The table holds a verifier in place of the password (scrypt, RFC 7914); an identity provider reads it. After the overlap the row of the old
   * password is disabled, and a day later deleted.
   */
  public static sftpPassword(options: SftpPasswordOptions): RotationStrategy {
    return new RotationStrategy(sftpPasswordStrategy(options));
  }

  /**
   * A secret of an app client of a Cognito user pool. The secret holds `{ "clientId", "clientSecret", "kid": <version> }`.
   *
   * A client has two secrets at most. The one that Cognito made with it goes at the end of the first overlap, as any previous one does: by
   * then everybody has to read the secret here. Leave the secrets of the client to the function; one that is added by hand stops rotation.
   *
   * @param client made with `generateSecret`
   */
  public static cognitoClientSecret(
    userPool: cognito.IUserPool, client: cognito.IUserPoolClient, options: CognitoClientSecretOptions = {},
  ): RotationStrategy {
    return new RotationStrategy(cognitoClientStrategy(userPool, client, options.tokenEndpoint));
  }

  /**
   * The key pair of an SFTP connector of AWS Transfer Family. The secret holds `{ "Username", "PrivateKey" }`, as a connector takes it.
   *
   * A new public key is offered by an event. Until the partner has installed it, rotations fail as `not-installed-yet` and offer the same key
   * again, while the old one stays current. Rotate once more when the partner has installed it, or wait for the schedule; and have the old
   * one removed only when the overlap has ended. Let the connector's access role read the secret by `grantRead`.
   */
  public static sftpConnectorKeyPair(options: SftpConnectorKeyPairOptions): RotationStrategy {
    return new RotationStrategy(sftpConnectorStrategy(options));
  }

  /**
   * A credential of a provider that the library does not know, an OAuth client at a third party for example. The secret holds
   * `{ "credential": { "<name>": <text>, ... }, "id": <the provider's>, "kid": <version> }`.
   *
   * `adapter` makes, tries and revokes credentials as the README of this room says; it answers within a minute, and never writes its event
   * to a log, since that has values. It has no right to the secret, which the function of the library rotates itself.
   *
   * @param adapter function, version or alias of the secret's account
   */
  public static thirdParty(adapter: lambda.IFunction): RotationStrategy {
    return new RotationStrategy(thirdPartyStrategy(adapter));
  }

  private constructor(private readonly bound: BoundStrategy) {}

  /** @internal */
  public _bind(): BoundStrategy {
    return this.bound;
  }
}
