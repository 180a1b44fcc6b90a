import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { BearerKeyRotationOptions } from './bearer-key-rotation-options';
import { BoundStrategy } from './private/bound-strategy';
import { patternsOfKeys, requireUsagePlans, statementsForKeys } from './private/key-rights';
import { bearerKeyStrategy, sftpPasswordStrategy } from './private/stored-credentials';
import { SftpPasswordOptions } from './sftp-password-options';

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
    return new RotationStrategy({ bundle: 'webhook-secret', environment: () => ({}), statements: () => [], patterns: () => [] });
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

  private constructor(private readonly bound: BoundStrategy) {}

  /** @internal */
  public _bind(): BoundStrategy {
    return this.bound;
  }
}
