import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { partnerKey, PartnerRow, partnerRowOf } from './partner-row';
import { ShortMemory } from '../shared/short-memory';

/** Names that are remembered at most: those that were asked for in vain are among them, and come from anybody. */
const CAPACITY = 1000;

export interface PartnerSourceOptions {
  /** May read items of the table. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  /** How long an answer is remembered; 0 for not at all. */
  readonly cacheSeconds: number;
  readonly now: () => number;
}

/** The table of partners, for those who sign in. */
export class PartnerSource {
  private readonly memory: ShortMemory<{ readonly row?: PartnerRow }>;

  constructor(private readonly options: PartnerSourceOptions) {
    this.memory = new ShortMemory(CAPACITY, { now: () => new Date(options.now()) });
  }

  /** What is stored of a partner, if there is one. A partner that was disabled, or whose key was revoked, is let in no longer than it is remembered. */
  public async find(name: string): Promise<PartnerRow | undefined> {
    const known = this.memory.get(name);
    if (known) return known.row;
    const { client, tableName, cacheSeconds, now } = this.options;
    // Two reads of a row may see it at two times; this one sees what was written before it.
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: partnerKey(name), ConsistentRead: true }));
    const row = Item && partnerRowOf(name, Item);
    if (cacheSeconds > 0) this.memory.set(name, { row }, now() + cacheSeconds * 1000);
    return row;
  }
}
