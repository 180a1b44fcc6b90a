import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { api, core, foundation, secrets, storage, webhooks } from '../../src';
import { acknowledgeStar } from '../shared/role-policy';
import { TeamFunction } from '../shared/team-function';

/** Properties of `PartnerWebhooks`. */
export interface PartnerWebhooksProps {
  readonly foundation: foundation.IFoundation;
  readonly domain: api.IApiDomain;
}

/** GitHub, Stripe and a warehouse tell by webhook what happens; a function notes each event once. */
export class PartnerWebhooks extends Construct {
  constructor(scope: Construct, id: string, props: PartnerWebhooksProps) {
    super(scope, id);
    const common = { foundation: props.foundation };

    const received = new storage.IntegrationQueue(this, 'Received', { ...common, visibilityTimeout: Duration.minutes(3) });
    const inbox = new webhooks.WebhookInbox(this, 'Inbox', { ...common, target: webhooks.WebhookTarget.queue(received.queue) });
    const hooks = new api.IntegrationApi(this, 'Api', {
      ...common, description: 'Others tell what happens', domain: props.domain, basePath: 'hooks', rawBodies: true,
    });
    const receives = { ...common, api: hooks, inbox };

    new webhooks.WebhookReceiver(this, 'GitHub', {
      ...receives,
      path: '/github',
      scheme: webhooks.SignatureScheme.github(),
      keys: webhooks.WebhookKeys.keptByHand(byHand('GitHub takes a secret in the settings of a repository, which a person changes there')),
      keepHeaders: ['content-type', 'x-github-event'],
      // GitHub delivers once (GitHub Docs, "Handling failed webhook deliveries"): what it is told of a fault of ours would be lost.
      quarantineUnverified: true,
    });
    new webhooks.WebhookReceiver(this, 'Stripe', {
      ...receives,
      path: '/stripe',
      scheme: webhooks.SignatureScheme.stripe(),
      keys: webhooks.WebhookKeys.keptByHand(byHand('Stripe makes the secret of an endpoint, and a person rolls it in the dashboard')),
    });
    const warehouse = new secrets.RotatingSecret(this, 'WarehouseKey', { ...common, strategy: secrets.RotationStrategy.webhookSecret() });
    new webhooks.WebhookReceiver(this, 'Warehouse', {
      ...receives, path: '/warehouse', scheme: webhooks.SignatureScheme.standardWebhooks(), keys: webhooks.WebhookKeys.rotating(warehouse),
    });

    this.note(inbox, received, common);
  }

  /** Notes events in a table, each once however often the queue gives it. */
  private note(inbox: webhooks.WebhookInbox, received: storage.IntegrationQueue, common: { readonly foundation: foundation.IFoundation }): void {
    const consumed = new webhooks.ConsumedEvents(this, 'Consumed', common);
    const notes = new storage.IntegrationTable(this, 'Notes', {
      ...common,
      partitionKey: { name: 'endpoint', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'receivedAt', type: dynamodb.AttributeType.STRING },
    });
    const noting = new TeamFunction(this, 'Noting', {
      ...common,
      bundle: join(__dirname, 'assets', 'received-webhooks'),
      description: 'Notes what webhooks tell',
      environment: { CONSUMED_TABLE: consumed.table.tableName, NOTES_TABLE: notes.table.tableName },
      timeout: Duration.seconds(30),
    });
    noting.consume(received);
    consumed.grantUse(noting.role);
    notes.grant(noting.role, 'dynamodb:PutItem');
    inbox.grantReadBodies(noting.role, 'github');

    acknowledgeStar(noting.role, inbox.bodies.bucket.arnForObjects('github/*'),
      'large bodies are stored under their hashes, so the function may read those of GitHub, which alone sends any, and nothing else');
  }
}

function byHand(reason: string): core.Waiver {
  return core.Waiver.because(reason, { owner: 'integrations', expires: '2027-06-30' });
}
