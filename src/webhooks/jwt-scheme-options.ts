import { JwtAlgorithm } from './jwt-algorithm';
import { JwtTime } from './jwt-time';
import { TimedSenderOptions } from './sender-options';
import { SignatureEncoding } from './signature-encoding';
import { WebhookHandshake } from './webhook-handshake';
import { WebhookKeyFormat } from './webhook-key-format';

/** A JWT (RFC 7519) in a header, which has a SHA-256 hash of the body. `tolerance` is 5 minutes unless you say otherwise. */
export interface JwtSchemeOptions extends TimedSenderOptions {
  /** How the keys are written in their secret. */
  readonly keyFormat: WebhookKeyFormat;

  /** Header that the token is in. */
  readonly header: string;

  /** Algorithms that are accepted; the token has no say beyond them. */
  readonly algorithms: JwtAlgorithm[];

  /** Claim with the hash of the body. */
  readonly bodyHashClaim: string;

  /** How the hash is written, in hex or base64url. */
  readonly bodyHashEncoding: SignatureEncoding;

  /** Which claim bounds how long a token is taken. */
  readonly time: JwtTime;

  /**
   * Claim that must be the URL of the endpoint.
   *
   * @default - a token for another endpoint with the same key is taken
   */
  readonly urlClaim?: string;

  /**
   * Claim that tells deliveries apart.
   *
   * @default - the hash of the token's content
   */
  readonly idClaim?: string;

  /**
   * How the sender checks the endpoint.
   *
   * @default - it does not
   */
  readonly handshake?: WebhookHandshake;
}
