import { Duration, Size } from 'aws-cdk-lib';
import { Requirement } from './requirement';

/** What can be said of any scheme besides how it signs. */
export interface SenderOptions {
  /**
   * Largest body that is read, from 1 byte to 10 MiB; a larger one is refused unread.
   *
   * @default - what the sender's scheme says: 10 MiB, and 2 MiB where a body has to be parsed before it is verified
   */
  readonly maxBody?: Size;

  /**
   * What must be so of a delivery besides its signature, up to 32.
   *
   * @default - nothing, apart from what the sender's scheme asks for
   */
  readonly require?: Requirement[];
}

/** What can be said of a scheme that signs a time. */
export interface TimedSenderOptions extends SenderOptions {
  /**
   * How far the signed time may be off on either side, from 1 second to a day. Within it a captured delivery can be sent again, and is then
   * known by its record. Control `WEBHOOK-REPLAY` says how much is too much.
   *
   * @default - the sender's, see the factory
   */
  readonly tolerance?: Duration;
}
