import { Duration } from 'aws-cdk-lib';
import { ISenderNetwork } from './sender-network-ref';
import { IFoundation } from '../foundation';

/** Properties of a `WebhookSender`. */
export interface WebhookSenderProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Where webhooks are sent from. A network costs some 75 US dollars a month, so senders share one.
   *
   * @default - the stack's own, `SenderNetwork.of(this)`
   */
  readonly network?: ISenderNetwork;

  /**
   * How long an endpoint may take, from the resolution of its name to the last byte of its answer: from 1 to 30 seconds.
   *
   * @default Duration.seconds(20)
   */
  readonly timeout?: Duration;

  /**
   * How long a webhook is kept that was delivered, without its body, or given up: from 1 to 3650 days. That long it can be sent anew, and one
   * that comes again under its id is known.
   *
   * @default Duration.days(30)
   */
  readonly retention?: Duration;

  /**
   * Networks of your own with public addresses, in CIDR notation, that nothing may be sent to: with `deniedDomains`, 3000 characters of them at most.
   *
   * @default - those alone that are not the public internet
   */
  readonly deniedNetworks?: string[];

  /**
   * Domains of your own, in lower case, that nothing may be sent to, nor to anything below them.
   *
   * @default - those alone that are reserved
   */
  readonly deniedDomains?: string[];

  /**
   * How many invocations send at the same time, from 2 to 1000, each up to ten webhooks. They are reserved from the account's concurrency.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;
}
