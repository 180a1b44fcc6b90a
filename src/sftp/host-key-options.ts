import { Duration } from 'aws-cdk-lib';
import { HostKeyType } from './host-key-type';

/** How the host keys of an `SftpServer` are made and rotated. */
export interface HostKeyOptions {
  /**
   * Types of keys. Choose them before the first partner connects: a client that knows the server by one type may take a second for an attack.
   *
   * @default - Ed25519, ECDSA P-256 and RSA 4096; without Ed25519 in FIPS mode
   */
  readonly types?: HostKeyType[];

  /**
   * Age at which a key is followed by a new one, from 30 to 3650 days.
   *
   * @default Duration.days(365)
   */
  readonly rotateAfter?: Duration;

  /**
   * How long the next key is published before it is used, from 7 to 90 days. Partners add it to their known hosts meanwhile.
   *
   * @default Duration.days(30)
   */
  readonly overlap?: Duration;

  /**
   * The next key waits, however long, until an operator has said that the partners know it. Without, it is used as soon as the overlap is over, and
   * partners who have not added it are cut off, or worse, told that somebody is in the middle.
   *
   * @default true
   */
  readonly requireAcknowledgement?: boolean;
}
