import { Duration } from 'aws-cdk-lib';

/** How a key that signs webhooks is kept. */
export interface SigningKeyOptions {
  /**
   * Signs with an Ed25519 key pair (`v1a`) in place of a secret that both sides have (`v1`): the customer gets the public half alone and cannot forge
   * with it. Not every customer's library verifies such signatures.
   *
   * @default false
   */
  readonly asymmetric?: boolean;

  /**
   * Time between two rotations, from 1 to 90 days.
   *
   * @default Duration.days(90)
   */
  readonly rotateEvery?: Duration;

  /**
   * How long webhooks are signed with the previous key, too, from 5 minutes to less than half of `rotateEvery`: the time that a customer has to
   * take the new one over.
   *
   * @default - thirty days, or a third of rotateEvery where that is less
   */
  readonly overlap?: Duration;
}
