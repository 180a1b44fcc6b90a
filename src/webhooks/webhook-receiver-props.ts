import { Duration } from 'aws-cdk-lib';
import { SignatureScheme } from './signature-scheme';
import { WebhookInbox } from './webhook-inbox';
import { WebhookKeys } from './webhook-keys';
import { IntegrationApi } from '../api';
import { IFoundation } from '../foundation';

/** Properties of a `WebhookReceiver`. */
export interface WebhookReceiverProps {
  /** API that gets the route. It needs `rawBodies`, since a signature is made over bytes. */
  readonly api: IntegrationApi;

  /** Path of the route, without parameters: `/github`. */
  readonly path: string;

  /** How the sender signs. */
  readonly scheme: SignatureScheme;

  /** Where genuine webhooks go. */
  readonly inbox: WebhookInbox;

  /**
   * Keys that verify signatures.
   *
   * @default - none, which is right for senders that name certificates alone, such as Amazon SNS; any other needs keys
   */
  readonly keys?: WebhookKeys;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Name of the receiver in events and logs, of 1 to 64 lower-case letters, digits and hyphens. Events of another name are other events.
   *
   * @default - the path, with hyphens for what is neither letter nor digit
   */
  readonly endpoint?: string;

  /**
   * URL that the sender was given, as some sign it. It is never made from what a request says.
   *
   * @default - `api.urlOf(path)`
   */
  readonly publicUrl?: string;

  /**
   * Ranges of addresses that the sender sends from, in CIDR notation. Requests from elsewhere are refused by the API, and again by the function.
   * Some hundred ranges at most: they go into a policy of 8192 characters, and with the scheme into the 4 KB that a function has for variables.
   *
   * @default - any address; the signature decides
   */
  readonly sourceCidrs?: string[];

  /**
   * Header fields that are handed on, in any case. Most senders sign none of them; fields of credentials and signatures cannot be kept.
   *
   * @default ['content-type']
   */
  readonly keepHeaders?: string[];

  /**
   * How long a webhook is remembered after it was received, from 3 to 3660 days: one that comes again meanwhile is known. A sender that signs no
   * time can be replayed for as long as its key is valid, so it has to be at least that.
   *
   * @default - a week; 400 days, without the payload, where the sender signs no time
   */
  readonly retention?: Duration;

  /**
   * Keeps, answered with 200, what nothing can verify for a fault of ours, and judges it later: for senders that never try again. Whoever sends
   * anything during such a fault has it stored, within the limits of the route.
   *
   * @default false: a fault of ours is answered with 503, and the sender tries again
   */
  readonly quarantineUnverified?: boolean;

  /**
   * Requests per second, from 1 to 10000.
   *
   * @default - the API's
   */
  readonly rateLimit?: number;

  /**
   * Requests at once above the rate, from 1 to 5000.
   *
   * @default - the API's
   */
  readonly burstLimit?: number;

  /**
   * Instances of the function that may run at once, from 1 to 1000; they are set aside for it from what the account has in the Region.
   *
   * @default 50
   */
  readonly reservedConcurrency?: number;

  /**
   * Requests in five minutes that are refused before an alarm says so, from 1 to 1000000.
   *
   * @default 10
   */
  readonly maxForgeries?: number;

  /**
   * Webhooks in five minutes that come again before an alarm says so, from 1 to 1000000.
   *
   * @default 100
   */
  readonly maxDuplicates?: number;
}
