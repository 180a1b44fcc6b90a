import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';

/** Kinds of key that an SFTP connector signs in with. */
export enum SftpKeyType {
  /** ECDSA on the curve P-256. */
  ECDSA_P256 = 'ecdsa-p256',
  /** ECDSA on the curve P-384. */
  ECDSA_P384 = 'ecdsa-p384',
  /** ECDSA on the curve P-521. */
  ECDSA_P521 = 'ecdsa-p521',
  /** RSA with 4096 bits, for partners whose servers know nothing else; making one takes the function up to a minute. */
  RSA_4096 = 'rsa-4096',
}

/** Options of `RotationStrategy.sftpConnectorKeyPair`. */
export interface SftpConnectorKeyPairOptions {
  /** Name of the user at the partner's server, of 1 to 100 characters. */
  readonly userName: string;

  /** Id of the connector that uses the secret, `c-` and 17 hexadecimal digits; the function tests its connection each hour. */
  readonly connectorId: string;

  /**
   * Id of a connector like the first, but whose `OrderedUserSecretVersionStages` is `["AWSPENDING"]`: it tries a new key before it becomes
   * current.
   */
  readonly probeConnectorId: string;

  /**
   * Where a new public key is offered, for the partner to install: source `cdk-secure-integrations.secrets`, detail type
   * `SFTP Connector Public Key Offered`.
   */
  readonly bus: events.IEventBus;

  /**
   * Kind of a new key.
   *
   * @default SftpKeyType.ECDSA_P256
   */
  readonly keyType?: SftpKeyType;

  /**
   * How long a key that the partner has not installed is offered again, from 1 to 90 whole days; then another one is made.
   *
   * @default Duration.days(14)
   */
  readonly offerFor?: Duration;
}
