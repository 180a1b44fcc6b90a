import { IConstruct } from 'constructs';
import { BoundScheme } from './private/bound-scheme';
import { presetScheme } from './private/preset-scheme';
import { SenderOptions, TimedSenderOptions } from './sender-options';

/**
 * How a sender signs its webhooks.
 *
 * @example
 * const scheme = webhooks.SignatureScheme.stripe({ tolerance: Duration.minutes(2) });
 */
export class SignatureScheme {
  /**
   * GitHub (GitHub Docs, "Validating webhook deliveries").
   *
   * Replay: no time is signed, and the delivery id is not either; deliveries are told apart by the hash of the body.
   * Weakness: `X-GitHub-Event` is unsigned. GitHub does not try again.
   */
  public static github(options: SenderOptions = {}): SignatureScheme {
    return new SignatureScheme((scope) => presetScheme(scope, 'github', options));
  }

  /**
   * Stripe (Stripe Docs, "Verify manually").
   *
   * Replay: the time is signed, 5 minutes are tolerated; deliveries are told apart by the event's id, which is signed.
   * Weakness: none known. The secret is used with its prefix `whsec_`.
   */
  public static stripe(options: TimedSenderOptions = {}): SignatureScheme {
    return new SignatureScheme((scope) => presetScheme(scope, 'stripe', options));
  }

  /**
   * Standard Webhooks 1.0, symmetric and asymmetric ("Standard Webhooks specification", "Signature scheme").
   *
   * Replay: time and id are signed, 5 minutes are tolerated.
   * Weakness: who holds a symmetric key can sign, too.
   */
  public static standardWebhooks(options: TimedSenderOptions = {}): SignatureScheme {
    return new SignatureScheme((scope) => presetScheme(scope, 'standard-webhooks', options));
  }

  private constructor(private readonly bind: (scope: IConstruct) => BoundScheme) {}

  /** @internal */
  public _bind(scope: IConstruct): BoundScheme {
    return this.bind(scope);
  }
}
