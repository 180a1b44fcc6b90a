import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unless } from '../shared/error-name';

/** How long it is remembered that a key was used: longer than any key may live. */
const KEEP_MILLISECONDS = 800 * 24 * 60 * 60 * 1000;

/** Uses of a key that are closer together are one: a partner may sign in every minute. */
const RESOLUTION_MILLISECONDS = 60 * 60 * 1000;

/** What was said about a key, so that it is not said again. */
export interface Notice {
  readonly subject: string;
  /** What it was about; about something else it is said anew. */
  readonly about: string;
  /** How urgent it is; what is more urgent, and so has a smaller number, is said anew. */
  readonly rank: number;
}

/** When keys were used, and what was said about them; the table forgets by itself. */
export class KeyActivity {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  /** Notes that a partner signed in with a key, unless that is known of about the same time, or later. */
  public async noteUse(partner: string, fingerprint: string, at: number): Promise<void> {
    await unless('ConditionalCheckFailedException', this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: { subject: { S: useOf(partner, fingerprint) } },
      UpdateExpression: 'SET lastUsedAt = :at, expires = :expires',
      ConditionExpression: 'attribute_not_exists(lastUsedAt) OR lastUsedAt < :before',
      ExpressionAttributeValues: {
        ':at': { N: String(at) }, ':before': { N: String(at - RESOLUTION_MILLISECONDS) }, ':expires': { N: secondsAfter(at) },
      },
    })));
  }

  /** When a partner last signed in with a key, to the hour; undefined if that is not known. */
  public async tryLastUse(partner: string, fingerprint: string): Promise<number | undefined> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: { subject: { S: useOf(partner, fingerprint) } } }));
    return Item?.lastUsedAt?.N === undefined ? undefined : Number(Item.lastUsedAt.N);
  }

  /** Whether something was not said yet. */
  public async isNews({ subject, about, rank }: Notice): Promise<boolean> {
    // A notice of a moment ago counts: a run may be repeated at once.
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: { subject: { S: subject } }, ConsistentRead: true }));
    return Item?.about?.S !== about || !(Number(Item.rank?.N) <= rank);
  }

  public async note({ subject, about, rank }: Notice, at: number): Promise<void> {
    await this.client.send(new PutItemCommand({
      TableName: this.table,
      Item: { subject: { S: subject }, about: { S: about }, rank: { N: String(rank) }, expires: { N: secondsAfter(at) } },
    }));
  }
}

function useOf(partner: string, fingerprint: string): string {
  return `use#${partner}#${fingerprint}`;
}

/** When an item may go, as DynamoDB wants it (Developer Guide, "Using time to live (TTL)"). */
function secondsAfter(at: number): string {
  return String(Math.ceil((at + KEEP_MILLISECONDS) / 1000));
}
