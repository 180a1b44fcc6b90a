import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { NotPublished, Target } from './target';

/** What rules match events of the inbox by, beside the endpoint in the detail. */
export const EVENT_SOURCE = 'cdk-secure-integrations.webhooks';
export const EVENT_DETAIL_TYPE = 'Webhook Received';

/** An event bus. It has no deduplication: rules hand on `dedupeId` in the detail. */
export function eventBridgeTarget(client: Pick<EventBridgeClient, 'send'>, busArn: string): Target {
  return {
    async publish(event) {
      const { FailedEntryCount } = await client.send(new PutEventsCommand({
        Entries: [{
          EventBusName: busArn,
          Source: EVENT_SOURCE,
          DetailType: EVENT_DETAIL_TYPE,
          Time: new Date(event.receivedAt),
          Detail: JSON.stringify(event),
        }],
      }));
      // The call succeeds also if its only entry fails (API Reference, "PutEvents", FailedEntryCount).
      if (FailedEntryCount !== 0) throw new NotPublished('EventBridge did not take the event');
    },
  };
}
