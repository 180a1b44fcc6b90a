import { join } from 'node:path';
import { CfnOutput, Duration, Fn } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { foundation, storage, webhooks } from '../../src';
import { TeamFunction } from '../shared/team-function';

/** Whom webhooks are sent to. */
export interface NotifiedPartner {
  /** Also the id of the endpoint that the partner may have. */
  readonly name: string;
  /** Whether the partner verifies with a public key, and so holds nothing that signs. Not every library can. */
  readonly hasPublicKey?: boolean;
}

/** Properties of `Notifications`. */
export interface NotificationsProps {
  readonly foundation: foundation.IFoundation;
  /** Where it is told how shipments get on. */
  readonly shipments: events.IEventBus;
  readonly partners: readonly NotifiedPartner[];
}

/** Tells each partner by webhook how the shipments of its orders get on. */
export class Notifications extends Construct {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const common = { foundation: props.foundation };

    const network = new webhooks.SenderNetwork(this, 'Network', common);
    const sender = new webhooks.WebhookSender(this, 'Sender', { ...common, network, deniedDomains: ['example.com'] });
    for (const { name, hasPublicKey } of props.partners) sender.addSigningKey(name, { asymmetric: hasPublicKey });
    new CfnOutput(this, 'Addresses', { description: 'Where webhooks come from, for partners to let in', value: Fn.join(', ', network.addresses) });

    const reports = new storage.IntegrationQueue(this, 'Reports', { ...common, visibilityTimeout: Duration.minutes(3) });
    reports.receiveFrom(new events.Rule(this, 'Reported', {
      description: 'Reports of carriers on shipments',
      eventBus: props.shipments,
      eventPattern: { source: ['shipments.api'], detailType: ['ShipmentReported'] },
    }));
    const notices = new TeamFunction(this, 'Notices', {
      ...common,
      bundle: join(__dirname, 'assets', 'shipment-notices'),
      description: 'Makes webhooks of reports on shipments',
      environment: { QUEUE_URL: sender.queue.queue.queueUrl, PARTNERS: JSON.stringify(props.partners.map(({ name }) => name)) },
      timeout: Duration.seconds(30),
    });
    notices.consume(reports);
    sender.grantSend(notices.role);
  }
}
