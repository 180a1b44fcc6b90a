import * as events from 'aws-cdk-lib/aws-events';
import { LandingBucket } from '../storage';

/** Options of `SftpConnector.addSend`. */
export interface ConnectorSendOptions {
  /** Where files lie that are to be sent. */
  readonly outbox: LandingBucket;

  /**
   * Folder of the outbox. Objects right in it are sent, those in folders below are not: two of one name would become one at the partner.
   */
  readonly prefix: string;

  /** When the outbox is looked at. */
  readonly schedule: events.Schedule;

  /**
   * Directory at the partner, `/incoming` for example.
   *
   * @default - the directory in which the user finds itself
   */
  readonly remoteDirectory?: string;
}

/** Options of `SftpConnector.addRetrieve`. */
export interface ConnectorRetrieveOptions {
  /** Where retrieved files go; `inbox.onDelivered` tells of each. */
  readonly inbox: LandingBucket;

  /** Folder of the inbox. */
  readonly prefix: string;

  /** When the partner's directory is looked at. */
  readonly schedule: events.Schedule;

  /** Directory at the partner, `/outgoing` for example. Files right in it are retrieved, those in directories below are not. */
  readonly remoteDirectory: string;

  /**
   * Removes a file from the partner's directory once a later look shows it as it was when it was retrieved.
   *
   * The service removes by name: a file that the partner puts in its place in the very moment is lost. A file of which the partner's server tells no
   * time is not removed.
   *
   * @default false
   */
  readonly removeRetrieved?: boolean;
}
