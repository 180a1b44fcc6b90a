import { AcceptedSignature } from './accepted-signature';
import { CertificateSource } from './certificate-source';
import { TimedSenderOptions } from './sender-options';
import { SignatureSource } from './signature-source';
import { SignedId } from './signed-id';
import { SignedPart } from './signed-part';
import { SignedTime } from './signed-time';
import { WebhookHandshake } from './webhook-handshake';
import { WebhookKeyFormat } from './webhook-key-format';

/** A signature in a header or the body, over content that is put together from the request. */
export interface DetachedSchemeOptions extends TimedSenderOptions {
  /** How the keys are written in their secret. */
  readonly keyFormat: WebhookKeyFormat;

  /** Kinds of signature that are accepted, up to 32. */
  readonly accepts: AcceptedSignature[];

  /** Where signatures are. */
  readonly signature: SignatureSource;

  /** What is signed, up to 32 parts; the body is among it, or what stands for it. */
  readonly content: SignedPart[];

  /**
   * Values of the parts that name one.
   *
   * @default - no part names one
   */
  readonly settings?: { [name: string]: string };

  /**
   * When the sender signed. `tolerance` goes with it, and is 5 minutes unless you say otherwise.
   *
   * @default - no time is signed; whoever captured a delivery can send it again, and nothing but its record keeps it out
   */
  readonly timestamp?: SignedTime;

  /**
   * What tells deliveries apart.
   *
   * @default - the hash of what is signed
   */
  readonly id?: SignedId;

  /**
   * The delivery names the certificate that verifies it. There is then no secret.
   *
   * @default - keys are stored
   */
  readonly certificate?: CertificateSource;

  /**
   * How the sender checks the endpoint.
   *
   * @default - it does not
   */
  readonly handshake?: WebhookHandshake;
}
