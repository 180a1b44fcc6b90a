import { TimedSenderOptions } from './sender-options';

/** What PayPal signs for this endpoint. */
export interface PaypalOptions extends TimedSenderOptions {
  /** Id that PayPal gave to the webhook; it is signed, so that a delivery for another endpoint is refused. */
  readonly webhookId: string;
}
