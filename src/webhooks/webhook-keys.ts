import { Duration } from 'aws-cdk-lib';
import { Waiver } from '../core';
import { RotatingSecret } from '../secrets';
import { BoundKeys, KeyHost } from './private/bound-keys';
import { handKeptKeys } from './private/hand-kept-keys';

/** How long a key is used that a person puts. */
export interface HandKeptKeyOptions {
  /**
   * Age from which on an alarm asks for a new key, from 1 to 365 days.
   *
   * @default Duration.days(365)
   */
  readonly maxAge?: Duration;

  /**
   * How long the previous key is still taken once there is a new one, up to 30 days: for what was signed before the sender had the new one.
   *
   * @default Duration.days(1)
   */
  readonly overlap?: Duration;
}

/** Where the keys are that verify a sender's signatures. */
export class WebhookKeys {
  /**
   * A secret that rotates by itself, for a sender that takes the key from you: it reads the secret, or is told of a new key within the overlap.
   *
   * Both the current key and the previous one verify, as long as the secret's overlap lasts.
   */
  public static rotating(secret: RotatingSecret): WebhookKeys {
    return new WebhookKeys(() => ({
      secret: secret.secret,
      encryptionKey: secret.encryptionKey,
      // The secret itself says when the overlap ends.
      overlap: Duration.seconds(0),
      // A rotation each 90 days at most, and less than half of that as overlap.
      validFor: Duration.days(135),
    }));
  }

  /**
   * A secret whose key a person puts, for a sender that makes the key and has no API to change it. Waives control `SECRET-ROTATION`.
   *
   * The deployment makes a placeholder that is no key: deliveries are answered with 503 and an alarm goes off until somebody puts the key, for example
   * with `aws secretsmanager put-secret-value --secret-id <ARN> --secret-string file:///dev/stdin`. An alarm asks for a new one when it is too
   * old. Each receiver makes a secret of its own, `receiver.secret`, which outlives the stack.
   */
  public static keptByHand(withoutRotation: Waiver, options: HandKeptKeyOptions = {}): WebhookKeys {
    return new WebhookKeys((host) => handKeptKeys(host, withoutRotation, options));
  }

  private constructor(private readonly bind: (host: KeyHost) => BoundKeys) {}

  /** @internal */
  public _bind(host: KeyHost): BoundKeys {
    return this.bind(host);
  }
}
