import { join } from 'node:path';
import { CfnOutput, Duration, Fn } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { foundation, storage, webhooks } from '../../src';
import { TeamFunction } from '../shared/team-function';

/** Properties of `Notifications`. */
export interface NotificationsProps {
  readonly foundation: foundation.IFoundation;
  /** Where it is told how shipments get on. */
  readonly shipments: events.IEventBus;
  /** Names of the partners, each of which may have an endpoint of that id. */
  readonly partners: readonly string[];
}

/** Tells each partner by webhook how the shipments of its orders get on. */
export class Notifications extends Construct {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const common = { foundation: props.foundation };

    const network = new webhooks.SenderNetwork(this, 'Network', common);
    const sender = new webhooks.WebhookSender(this, 'Sender', { ...common, network, deniedDomains: ['example.com'] });
    for (const partner of props.partners) sender.addSigningKey(partner);
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
      environment: { QUEUE_URL: sender.queue.queue.queueUrl, PARTNERS: JSON.stringify(props.partners) },
      timeout: Duration.seconds(30),
    });
    notices.consume(reports);
    sender.grantSend(notices.role);
  }
}
