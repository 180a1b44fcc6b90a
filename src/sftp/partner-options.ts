import { Duration } from 'aws-cdk-lib';
import { PartnerAccess } from './partner-access';
import { PartnerKey } from './partner-key';

/** Who a partner of an `SftpServer` is, and what it may do. */
export interface PartnerOptions {
  /**
   * Public keys that the partner logs in with, up to ten, of which three may count at the same time: one, and for a while its successor. No key
   * may be another partner's.
   */
  readonly keys: PartnerKey[];

  /**
   * Networks that the partner connects from, IPv4 or IPv6 in CIDR notation without host bits, such as `203.0.113.0/28`; at least one, and none
   * of everything. Not tokens: the rules of the security group have to say which protocol they are for.
   *
   * With an identity provider nobody logs in as this partner from elsewhere. A server that manages users itself lets every partner log in
   * from the networks of all.
   */
  readonly networks: string[];

  /**
   * What the partner does with files.
   *
   * @default PartnerAccess.upload()
   */
  readonly access?: PartnerAccess;

  /**
   * Where the partner's files are in the buckets, without `/` at its ends. No partner's is within another's, and none is within `runtime`, where
   * partners are that are added at run time. An `SftpLanding` tells whose an upload is by it, of some forty partners that do not have the usual one.
   *
   * @default - `partners/` and the name
   */
  readonly prefix?: string;

  /**
   * Lets the partner in nowhere, while its files and its role stay.
   *
   * @default false
   */
  readonly disabled?: boolean;

  /**
   * Time between two rotations of the partner's password, from 1 to 90 days; only where the server's users require one.
   *
   * @default Duration.days(90)
   */
  readonly passwordRotateEvery?: Duration;

  /**
   * How long the previous password still works once there is a new one: give the partner the time that it needs to take the new one over.
   *
   * @default - 30 days, or a third of passwordRotateEvery where that is less
   */
  readonly passwordOverlap?: Duration;
}
