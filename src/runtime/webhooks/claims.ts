import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { HELD_QUEUES, InboxRecord, number, pendingQueueOf, recordOf } from './inbox-record';
import { unless } from '../shared/error-name';

/** A record that this function alone may dispatch, until the lease ends. */
export interface Claim {
  readonly record: InboxRecord;
  /** This one counted. */
  readonly attempts: number;
  /** Milliseconds since the Unix epoch; tells this claim from any other of the record. */
  readonly leaseUntil: number;
  /** Whether the payload is to go once it is dispatched. */
  readonly isTombstone: boolean;
}

const PENDING = 'attribute_exists(id) AND #state = :received';

/** Changes of records, each of them one conditional write. */
export class Claims {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly tableName: string) {}

  /** Takes a record that is RECEIVED and that nobody has; undefined if somebody does, or nothing is left to do. Counts the attempt. */
  public async tryClaim(id: string, now: number, leaseUntil: number): Promise<Claim | undefined> {
    const item = await this.tryUpdate(id, {
      UpdateExpression: 'SET leaseUntil = :until, dueAt = :until ADD attempts :one',
      ConditionExpression: `${PENDING} AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)`,
      values: { ':until': number(leaseUntil), ':one': number(1), ':now': number(now) },
    });
    return item && { record: recordOf(item), attempts: Number(item.attempts.N), leaseUntil, isTombstone: item.isTombstone?.BOOL === true };
  }

  /** Nothing is left to do. Whoever published may say so, also after its lease: it was published. */
  public async markDispatched({ record: { id }, isTombstone }: Claim): Promise<void> {
    await this.tryUpdate(id, {
      UpdateExpression: `SET #state = :dispatched, expires = keepUntil REMOVE queue, dueAt, leaseUntil${isTombstone ? ', body, bodyAt, headers' : ''}`,
      ConditionExpression: PENDING,
      values: { ':dispatched': { S: 'DISPATCHED' } },
    });
  }

  /** Leaves the record to the sweeper from then on; not if somebody else has it by now. */
  public async postpone({ record: { id }, leaseUntil }: Claim, until: number): Promise<void> {
    await this.tryUpdate(id, {
      UpdateExpression: 'SET leaseUntil = :until, dueAt = :until',
      ConditionExpression: `${PENDING} AND leaseUntil = :mine`,
      values: { ':until': number(until), ':mine': number(leaseUntil) },
    });
  }

  /** Gives the record up, and leaves it to a person; not if somebody else has it by now. */
  public async markDead({ record: { id }, leaseUntil }: Claim): Promise<void> {
    await this.tryUpdate(id, {
      UpdateExpression: 'SET #state = :dead, queue = :queue, expires = keepUntil REMOVE leaseUntil',
      ConditionExpression: `${PENDING} AND leaseUntil = :mine`,
      values: { ':dead': { S: 'DEAD' }, ':queue': { S: HELD_QUEUES.DEAD }, ':mine': number(leaseUntil) },
    });
  }

  /** Has a record that is DEAD or QUARANTINED dispatched after all; false if it is neither. */
  public async redrive(id: string, now: number): Promise<boolean> {
    return await this.tryUpdate(id, {
      UpdateExpression: 'SET #state = :received, queue = :queue, dueAt = :now, attempts = :none REMOVE leaseUntil, expires',
      ConditionExpression: 'attribute_exists(id) AND (#state = :dead OR #state = :quarantined)',
      values: {
        ':dead': { S: 'DEAD' }, ':quarantined': { S: 'QUARANTINED' }, ':queue': { S: pendingQueueOf(id) }, ':now': number(now), ':none': number(0),
      },
    }) !== undefined;
  }

  /** The item after the change; undefined if the condition did not hold. */
  private async tryUpdate(id: string, { values, ...expressions }: Update) {
    const changed = await unless('ConditionalCheckFailedException', this.client.send(new UpdateItemCommand({
      TableName: this.tableName,
      Key: { id: { S: id } },
      ...expressions,
      ExpressionAttributeNames: { '#state': 'state' }, // a reserved word (Developer Guide, "Reserved words")
      ExpressionAttributeValues: { ':received': { S: 'RECEIVED' }, ...values },
      ReturnValues: 'ALL_NEW',
    })));
    return changed?.Attributes;
  }
}

interface Update {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly values: NonNullable<ConstructorParameters<typeof UpdateItemCommand>[0]['ExpressionAttributeValues']>;
}
