import { AttributeValue, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { keyOf, shardOf } from './delivery-row';
import type { Job, MessageAttempt } from './message-attempt';
import { unless } from '../../shared/error-name';

/** An attempt that somebody may make, once. */
export interface Claimed {
  readonly body: Buffer;
  /** The number of the attempt within its series. */
  readonly position: number;
}

/** How a delivery ended. */
export type Ending = 'delivered' | 'gone' | 'attempts-exhausted' | 'endpoint-disabled' | 'unknown-endpoint' | 'url-refused' | 'abandoned';

/** How long a message may be in the queue before it is asked for again. */
export const QUEUED_MILLISECONDS = 15 * 60_000;

/** How long an attempt may take, the storing of its outcome included; longer than the function lives. */
export const SENDING_MILLISECONDS = 5 * 60_000;

/** Values of an expression, by placeholder. */
type Values = Record<string, AttributeValue>;

/**
 * Deliveries, as the sender sees them.
 *
 * Every change is one conditional write on the phase and the number of the attempt, so that of two that are after the same attempt one gets it,
 * and a message of the queue that comes twice, or late, changes nothing.
 */
export class DeliveryTable {
  /** @param retentionMilliseconds how long deliveries are kept that are delivered or dead */
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string, private readonly retentionMilliseconds: number,
  ) {}

  /** Stores a new message before anything else is done with it; one that is known stays as it is. */
  public async accept(job: Required<Job>, tenant: string, now: number): Promise<void> {
    const number = (value: number) => ({ N: String(value) });
    await this.happens(new PutItemCommand({
      TableName: this.table,
      Item: {
        ...keyOf(job),
        tenant: { S: tenant },
        phase: { S: 'queued' },
        attempt: number(job.attempt),
        seriesStart: number(0),
        releases: number(0),
        dueAt: number(now + QUEUED_MILLISECONDS),
        dueShard: { S: shardOf(job.message) },
        body: { B: Buffer.from(job.body) },
      },
      ConditionExpression: 'attribute_not_exists(endpoint)',
    }));
  }

  /** Takes the attempt; undefined if it is not to be made any more, or somebody else makes it. `claim` tells one's own from theirs. */
  public async claim(attempt: MessageAttempt, claim: string, now: number): Promise<Claimed | undefined> {
    const attributes = await this.happens(new UpdateItemCommand({
      TableName: this.table,
      Key: keyOf(attempt),
      UpdateExpression: 'SET phase = :sending, claim = :claim, dueAt = :dueAt, releases = :none',
      // The client sends again what was not answered, and must not take its own claim for another's.
      ConditionExpression: 'attempt = :attempt AND (phase = :queued OR (phase = :sending AND claim = :claim))',
      ExpressionAttributeValues: {
        ':attempt': { N: String(attempt.attempt) },
        ':queued': { S: 'queued' },
        ':sending': { S: 'sending' },
        ':claim': { S: claim },
        ':dueAt': { N: String(now + SENDING_MILLISECONDS) },
        ':none': { N: '0' },
      },
      ReturnValues: 'ALL_NEW',
    }));
    return attributes && { body: Buffer.from(attributes.body.B!), position: attempt.attempt - Number(attributes.seriesStart.N) };
  }

  /** Puts an attempt off that was not made. */
  public async defer(attempt: MessageAttempt, until: number): Promise<void> {
    await this.moved(attempt, 'queued', 'SET phase = :next, dueAt = :dueAt, releases = :none', {
      ':next': { S: 'waiting' }, ':dueAt': { N: String(until) }, ':none': { N: '0' },
    });
  }

  /** Plans the attempt after one that was made. */
  public async retry(attempt: MessageAttempt, claim: string, dueAt: number): Promise<void> {
    await this.moved(attempt, 'sending', 'SET phase = :next, attempt = :following, dueAt = :dueAt REMOVE claim', {
      ':next': { S: 'waiting' }, ':following': { N: String(attempt.attempt + 1) }, ':dueAt': { N: String(dueAt) },
    }, claim);
  }

  /**
   * Ends a delivery: after an attempt that was made under `claim`, or before one. It is kept for a while, so that a message which comes again
   * is known; what was sent is kept only where it can be sent anew.
   */
  public async end(attempt: MessageAttempt, ending: Ending, now: number, claim?: string): Promise<void> {
    const isDelivered = ending === 'delivered';
    const update = `SET phase = :next, ending = :ending, expires = :expires REMOVE claim, dueAt, dueShard${isDelivered ? ', body' : ''}`;
    await this.moved(attempt, claim === undefined ? 'queued' : 'sending', update, {
      ':next': { S: isDelivered ? 'delivered' : 'dead' },
      ':ending': { S: ending },
      ':expires': { N: String(Math.ceil((now + this.retentionMilliseconds) / 1000)) },
    }, claim);
  }

  private async moved(attempt: MessageAttempt, from: string, update: string, values: Values, claim?: string): Promise<void> {
    await this.happens(new UpdateItemCommand({
      TableName: this.table,
      Key: keyOf(attempt),
      UpdateExpression: update,
      ConditionExpression: `attempt = :attempt AND phase = :from${claim === undefined ? '' : ' AND claim = :claim'}`,
      ExpressionAttributeValues: {
        ...values, ':attempt': { N: String(attempt.attempt) }, ':from': { S: from }, ...claim === undefined ? {} : { ':claim': { S: claim } },
      },
    }));
  }

  /** Makes a write, and gives what is there afterwards; undefined if its condition does not hold, since then somebody else was first. */
  private async happens(command: PutItemCommand | UpdateItemCommand): Promise<Record<string, AttributeValue> | undefined> {
    const written = await unless('ConditionalCheckFailedException', this.client.send(command as UpdateItemCommand));
    return written && (written.Attributes ?? {});
  }
}
