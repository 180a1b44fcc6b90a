import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { BodyBucket } from './bodies';
import { Delivery, optionalHeader } from './delivery';
import { collisionIdOf, idOf, InboxRecord, Item, itemOf } from './inbox-record';
import { MAX_HEADER_LENGTH } from './limits';
import type { Retention } from './retention';
import type { Genuine } from './verdict';
import { nameOf } from '../shared/error-name';

/**
 * Larger bodies go to S3. As base64 this fits the messages of every target, of which Step Functions has the smallest, 256 KiB; and each change
 * of a record costs as much as its size.
 */
export const MAX_INLINE_BYTES = 64 * 1024;

/** A delivery that was found genuine. */
export interface Arrival {
  readonly delivery: Delivery;
  readonly verdict: Genuine;
  /** Milliseconds since the Unix epoch. */
  readonly receivedAt: number;
}

/** What became of a delivery; each is durable, and answered with 2xx. */
export interface Receipt {
  readonly outcome: 'stored' | 'duplicate' | 'quarantined';
  readonly id: string;
}

/** Whose deliveries are kept, where, and what of them. */
export interface InboxOptions {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly bodies: Pick<BodyBucket, 'put'>;
  readonly endpoint: string;
  /** Names, in lower case, of the headers that are handed on. */
  readonly headers: readonly string[];
  readonly retention: Retention;
}

/**
 * Where deliveries are before they are anywhere else.
 *
 * One conditional write is both the mark that an event was seen and the event itself, so there is no moment at which one is there without the
 * other. Whatever fails throws, and is answered with 503: to deliver again is always right.
 */
export class Inbox {
  constructor(private readonly options: InboxOptions) {}

  /** Stores a delivery, unless it is there; a body that comes under the identifier of another one is stored apart, for a person to look at. */
  public async accept({ delivery, verdict, receivedAt }: Arrival): Promise<Receipt> {
    const { endpoint } = this.options;
    const bodySha256 = createHash('sha256').update(delivery.body).digest('hex');
    const { integrity, signedAtSeconds, dedupeKey } = verdict;
    const record: InboxRecord = {
      id: idOf(endpoint, dedupeKey),
      endpoint,
      receivedAt,
      integrity,
      signedAtSeconds,
      bodySha256,
      payload: await this.payloadOf(delivery.body, bodySha256),
      headers: this.kept(delivery),
    };

    const present = await this.tryPut(record, 'RECEIVED');
    if (!present) return { outcome: 'stored', id: record.id };
    if (present.bodySha256?.S === bodySha256) return { outcome: 'duplicate', id: record.id };

    const collision = { ...record, id: collisionIdOf(endpoint, dedupeKey, bodySha256) };
    await this.tryPut(collision, 'QUARANTINED'); // if it is there, it was quarantined before
    return { outcome: 'quarantined', id: collision.id };
  }

  /** Before the record, so that no record points nowhere. */
  private async payloadOf(body: Buffer, bodySha256: string): Promise<InboxRecord['payload']> {
    return body.length <= MAX_INLINE_BYTES ? { body } : { bodyAt: await this.options.bodies.put(this.options.endpoint, bodySha256, body) };
  }

  /** Those of the headers to keep that came once and are well-formed, as many as fit. */
  private kept(delivery: Delivery): Readonly<Record<string, string>> {
    const kept: Record<string, string> = {};
    let length = 0;
    for (const name of this.options.headers) {
      const value = optionalHeader(delivery, name);
      if (typeof value !== 'string' || (length += value.length) > MAX_HEADER_LENGTH) continue;
      kept[name] = value;
    }
    return kept;
  }

  /** Writes a record, or gives the item that is there. A record that should have expired, and was not deleted yet, is there, too. */
  private async tryPut(record: InboxRecord, state: 'RECEIVED' | 'QUARANTINED'): Promise<Item | undefined> {
    const { client, tableName, retention } = this.options;
    const keepUntilSeconds = Math.floor(record.receivedAt / 1000) + retention.keepSeconds;
    try {
      await client.send(new PutItemCommand({
        TableName: tableName,
        Item: itemOf(record, state, keepUntilSeconds, retention.isTombstone),
        ConditionExpression: 'attribute_not_exists(id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return undefined;
    } catch (error) {
      const { Item: present } = error as Partial<ConditionalCheckFailedException>;
      if (nameOf(error) !== 'ConditionalCheckFailedException' || !present) throw error;
      return present;
    }
  }
}
