import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** Events of one source, told to one bus. */
export class EventBus {
  constructor(private readonly client: Pick<EventBridgeClient, 'send'>, private readonly busName: string, private readonly source: string) {}

  /** Tells one event; throws unless the bus took it. */
  public async tell(detailType: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    const { FailedEntryCount } = await this.client.send(new PutEventsCommand({
      Entries: [{ EventBusName: this.busName, Source: this.source, DetailType: detailType, Detail: JSON.stringify(detail) }],
    }));
    // The answer is a success all the same (Amazon EventBridge API Reference, "PutEvents").
    if (FailedEntryCount !== 0) throw Object.assign(new Error('the event bus did not take an event; see its policy and its key'), { name: 'EventNotTaken' });
  }
}
