import { Duration } from 'aws-cdk-lib';
import { ConnectorCredentials } from './connector-credentials';
import { ConnectorEgress } from './connector-egress';
import { IFoundation } from '../foundation';

/** Properties of an `SftpConnector`. */
export interface SftpConnectorProps {
  /** How the server of the partner is reached. */
  readonly egress: ConnectorEgress;

  /**
   * Public keys by which the server proves that it is the partner's, 1 to 10 of them, `ecdsa-sha2-nistp256 AAAA...` or a line of `ssh-keyscan`.
   *
   * RSA of 2048 bits or more, or ECDSA; connectors take no Ed25519. Compare the fingerprint with what the partner told on another way: whoever answers
   * `ssh-keyscan` may be anybody. A server with another key is never connected to, so have the partner tell a new key before it is used, and add it here.
   */
  readonly trustedHostKeys: string[];

  /** What the connector signs in with. */
  readonly credentials: ConnectorCredentials;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Agrees with the server on algorithms of FIPS 140 alone, by `TransferSFTPConnectorSecurityPolicy-FIPS-2024-10`.
   *
   * @default false
   */
  readonly fips?: boolean;

  /**
   * Connections that the connector has at one time, from 1 to 5. A partner may allow fewer.
   *
   * @default 1
   */
  readonly maxConcurrentConnections?: number;

  /**
   * How long a transfer may take before an alarm goes off, from 5 minutes to 7 days. The service itself ends one after twelve hours.
   *
   * @default Duration.hours(2)
   */
  readonly finishWithin?: Duration;
}
