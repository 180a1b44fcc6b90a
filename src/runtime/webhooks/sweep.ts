import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { dispatch, DispatchPorts, DispatchSettings } from './dispatch';
import { number, PENDING_QUEUES, QUEUE_INDEX } from './inbox-record';

/** What the sweeper is given besides what dispatch is. */
export interface SweepPorts extends DispatchPorts {
  readonly queue: Queue;
}

/** How far a sweep goes. */
export interface SweepSettings extends DispatchSettings {
  /** No record is begun later than this after the start; the rest is left to the next sweep. */
  readonly budgetMilliseconds: number;
}

/** Records that somebody has to do something about, oldest first. */
export class Queue {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly tableName: string) {}

  /** Ids of one partition that are due, page by page. The index may lag, so a claim decides whether there is anything to do. */
  public async *due(queue: string, now: number): AsyncGenerator<string> {
    let from: Parameters<typeof this.page>[2];
    do {
      const { Items = [], LastEvaluatedKey } = await this.page(queue, now, from);
      for (const { id } of Items) yield id.S!;
      from = LastEvaluatedKey;
    } while (from);
  }

  private page(queue: string, now: number, from?: NonNullable<ConstructorParameters<typeof QueryCommand>[0]['ExclusiveStartKey']>) {
    return this.client.send(new QueryCommand({
      TableName: this.tableName,
      IndexName: QUEUE_INDEX,
      KeyConditionExpression: 'queue = :queue AND dueAt < :now',
      ExpressionAttributeValues: { ':queue': { S: queue }, ':now': number(now) },
      ...from && { ExclusiveStartKey: from },
    }));
  }
}

/**
 * Dispatches what the stream left: events whose function died, whose target was away, or that the stream lost.
 *
 * Runs every minute. Partitions are swept side by side, the records of each one after the other. Sweeps may overlap, with each other and with
 * the stream: a claim keeps a record to one of them. A partition that cannot be read ends the sweep with an error, after the others.
 */
export async function sweep(settings: SweepSettings, ports: SweepPorts, queues: readonly string[] = PENDING_QUEUES): Promise<void> {
  const end = ports.now() + settings.budgetMilliseconds;
  const swept = await Promise.allSettled(queues.map(async (queue) => {
    for await (const id of ports.queue.due(queue, ports.now())) {
      if (ports.now() > end) return;
      await dispatch(id, settings, ports);
    }
  }));
  const failed = swept.find(({ status }) => status === 'rejected');
  if (failed) throw new Error('a partition could not be swept', { cause: (failed as PromiseRejectedResult).reason });
}
