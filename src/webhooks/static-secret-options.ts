import { SenderOptions } from './sender-options';
import { WebhookHandshake } from './webhook-handshake';
import { WebhookKeyFormat } from './webhook-key-format';

/** A password in a header. */
export interface StaticSecretOptions extends SenderOptions {
  /** Header that the password is in. */
  readonly header: string;

  /**
   * What stands before the password, `Bearer ` for example.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * How the password is written in its secret; it has at least 16 bytes.
   *
   * @default WebhookKeyFormat.UTF8
   */
  readonly keyFormat?: WebhookKeyFormat;

  /**
   * How the sender checks the endpoint.
   *
   * @default - it does not
   */
  readonly handshake?: WebhookHandshake;
}
