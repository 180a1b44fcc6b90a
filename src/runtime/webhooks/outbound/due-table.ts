import { AttributeValue, DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DueDelivery, dueDeliveryOf, keyOf, shardOf } from './delivery-row';
import { unless } from '../../shared/error-name';

/** Dead deliveries, and the id to go on after if there are more. */
export interface DeadPage {
  readonly found: readonly DeadDelivery[];
  readonly next?: string;
}

/** Where a release leads: the same attempt again or another one, due anew if nobody takes it. */
export interface Release { readonly attempt: number; readonly releases: number; readonly dueAt: number; readonly seriesStart: number }

/** A dead delivery that can be sent anew. */
export type DeadDelivery = Pick<DueDelivery, 'endpoint' | 'message' | 'attempt'>;

/** The index by due time, with `phase`, `attempt`, `seriesStart` and `releases` beside its keys. */
export const DUE_INDEX = 'due';

/** Deliveries, as those see them that put them back into the queue, which a stream of the table feeds. */
export class DueTable {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  /** Up to `limit` deliveries of a shard that are due, the longest overdue first. */
  public async due(shard: string, now: number, limit: number): Promise<readonly DueDelivery[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({
      TableName: this.table,
      IndexName: DUE_INDEX,
      KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
      ExpressionAttributeValues: { ':shard': { S: shard }, ':now': { N: String(now) } },
      Limit: limit,
    }));
    return Items.map(dueDeliveryOf);
  }

  /** Puts a delivery back into the queue, unless somebody changed it meanwhile; tells whether it did. */
  public release(seen: DueDelivery, to: Release): Promise<boolean> {
    return this.queued(seen, to, 'phase = :phase AND attempt = :seen AND dueAt = :dueSeen', {
      ':phase': { S: seen.phase }, ':seen': { N: String(seen.attempt) }, ':dueSeen': { N: String(seen.dueAt) },
    });
  }

  /** Ends a delivery whose last attempt was begun and never ended; tells whether it did. */
  public bury({ endpoint, message, attempt, dueAt }: DueDelivery, expiresSeconds: number): Promise<boolean> {
    return this.happens({
      Key: keyOf({ endpoint, message }),
      UpdateExpression: 'SET phase = :dead, ending = :ending, expires = :expires REMOVE claim, dueAt, dueShard',
      ConditionExpression: 'phase = :sending AND attempt = :seen AND dueAt = :dueSeen',
      ExpressionAttributeValues: {
        ':dead': { S: 'dead' },
        ':ending': { S: 'abandoned' },
        ':expires': { N: String(expiresSeconds) },
        ':sending': { S: 'sending' },
        ':seen': { N: String(attempt) },
        ':dueSeen': { N: String(dueAt) },
      },
    });
  }

  /** Puts a dead delivery into the queue for a series of its own; tells whether it did. */
  public revive(seen: DeadDelivery, to: Release): Promise<boolean> {
    return this.queued(seen, to, 'phase = :dead AND attempt = :seen', { ':dead': { S: 'dead' }, ':seen': { N: String(seen.attempt) } });
  }

  /** A page of dead deliveries of an endpoint, in order of their ids, after the id `after`. */
  public async dead(endpoint: string, after: string | undefined, limit: number): Promise<DeadPage> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(new QueryCommand({
      TableName: this.table,
      KeyConditionExpression: 'endpoint = :endpoint',
      FilterExpression: 'phase = :dead',
      ProjectionExpression: 'endpoint, message, attempt',
      ExpressionAttributeValues: { ':endpoint': { S: endpoint }, ':dead': { S: 'dead' } },
      ConsistentRead: true,
      Limit: limit,
      ...after === undefined ? {} : { ExclusiveStartKey: keyOf({ endpoint, message: after }) },
    }));
    const found = Items.map(({ message, attempt }) => ({ endpoint, message: message.S!, attempt: Number(attempt.N) }));
    return { found, ...LastEvaluatedKey ? { next: LastEvaluatedKey.message.S! } : {} };
  }

  private queued(
    { endpoint, message }: DeadDelivery, { attempt, releases, dueAt, seriesStart }: Release, condition: string,
    values: Record<string, AttributeValue>,
  ): Promise<boolean> {
    return this.happens({
      Key: keyOf({ endpoint, message }),
      UpdateExpression: 'SET phase = :queued, attempt = :attempt, releases = :releases, dueAt = :dueAt, dueShard = :shard, seriesStart = :start'
        + ' REMOVE claim, ending, expires',
      ConditionExpression: condition,
      ExpressionAttributeValues: {
        ...values,
        ':queued': { S: 'queued' },
        ':attempt': { N: String(attempt) },
        ':releases': { N: String(releases) },
        ':dueAt': { N: String(dueAt) },
        ':shard': { S: shardOf(message) },
        ':start': { N: String(seriesStart) },
      },
    });
  }

  private async happens(input: Omit<ConstructorParameters<typeof UpdateItemCommand>[0], 'TableName'>): Promise<boolean> {
    const written = this.client.send(new UpdateItemCommand({ TableName: this.table, ...input }));
    return await unless('ConditionalCheckFailedException', written) !== undefined;
  }
}
