import { TimedSenderOptions } from './sender-options';
import { SignatureAlgorithm } from './signature-algorithm';
import { WebhookHandshake } from './webhook-handshake';
import { WebhookKeyFormat } from './webhook-key-format';

/** HTTP Message Signatures (RFC 9421) with a digest of the body (RFC 9530), as two parties agree to use them. */
export interface Rfc9421Options extends TimedSenderOptions {
  /**
   * How the keys are written in their secret.
   *
   * @default WebhookKeyFormat.JWKS
   */
  readonly keyFormat?: WebhookKeyFormat;

  /**
   * Algorithms that are accepted, up to 32.
   *
   * @default - those of RFC 9421, 3.3
   */
  readonly algorithms?: SignatureAlgorithm[];

  /**
   * Components that a signature must cover at least, up to 32; `content-digest` is among them.
   *
   * @default - `@method`, `@target-uri` and `content-digest`
   */
  readonly components?: string[];

  /**
   * The `tag` that a signature must have (RFC 9421, 2.3), which keeps signatures for other uses of the key out.
   *
   * @default - any, or none
   */
  readonly tag?: string;

  /**
   * Pointer to the member of the JSON body that tells deliveries apart.
   *
   * @default - the hash of the signature base
   */
  readonly idPointer?: string;
}

/** HTTP Message Signatures of a sender of your own. `tolerance` is 5 minutes unless you say otherwise. */
export interface HttpMessageSchemeOptions extends Rfc9421Options {
  /**
   * How the sender checks the endpoint.
   *
   * @default - it does not
   */
  readonly handshake?: WebhookHandshake;
}
