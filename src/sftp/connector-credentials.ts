import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Waiver } from '../core';
import { SftpKeyType } from '../secrets';
import { BoundCredentials, CredentialHost } from './private/bound-credentials';
import { handKeptCredential, rotatingKeyPair } from './private/connector-credentials';

/** Options of `ConnectorCredentials.rotatingKeyPair`. */
export interface ConnectorKeyPairOptions {
  /** Name of the user at the partner's server, of 1 to 100 characters. */
  readonly userName: string;

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
   * Time between two rotations, from 1 to 90 days.
   *
   * @default Duration.days(60)
   */
  readonly rotateEvery?: Duration;

  /**
   * How long the previous key is still tried once there is a new one, less than half of `rotateEvery`. The partner may take it away after that.
   *
   * @default - 7 days, or a third of rotateEvery where that is less
   */
  readonly overlap?: Duration;

  /**
   * How long a key that the partner has not installed is offered again, from 1 to 90 whole days; then another one is made.
   *
   * @default Duration.days(14)
   */
  readonly offerFor?: Duration;
}

/** Options of `ConnectorCredentials.keptByHand`. */
export interface HandKeptCredentialOptions {
  /**
   * Age from which on an alarm asks for a new credential, from 1 to 365 days.
   *
   * @default Duration.days(365)
   */
  readonly maxAge?: Duration;
}

/**
 * What a connector signs in with at the server of a partner.
 *
 * @example
 * declare const partners: events.IEventBus;
 * const credentials = sftp.ConnectorCredentials.rotatingKeyPair({ userName: 'our-company', bus: partners });
 */
export class ConnectorCredentials {
  /**
   * A key pair that rotates by itself. The private key never leaves the secret; the public one is offered by an event, and becomes current when the
   * partner has installed it: a second connector, which transfers nothing, tries it until then.
   */
  public static rotatingKeyPair(options: ConnectorKeyPairOptions): ConnectorCredentials {
    return new ConnectorCredentials((host) => rotatingKeyPair(host, options));
  }

  /**
   * A secret that a person puts, for a partner who makes the credential, or takes a password alone. Waives control `SECRET-ROTATION`.
   *
   * The deployment makes a placeholder that is no credential: transfers fail and an alarm goes off until somebody puts
   * `{"Username":"...","PrivateKey":"..."}`, with `"Password"` beside or in place of the key, for example with
   * `aws secretsmanager put-secret-value --secret-id <ARN> --secret-string file:///dev/stdin`. A private key has no passphrase. An alarm asks for a
   * new one when it is too old. The secret, `connector.secret`, outlives the stack.
   */
  public static keptByHand(withoutRotation: Waiver, options: HandKeptCredentialOptions = {}): ConnectorCredentials {
    return new ConnectorCredentials((host) => handKeptCredential(host, withoutRotation, options));
  }

  private constructor(private readonly bind: (host: CredentialHost) => BoundCredentials) {}

  /** @internal */
  public _bind(host: CredentialHost): BoundCredentials {
    return this.bind(host);
  }
}
