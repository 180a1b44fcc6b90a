import {
  AttributeValue, DynamoDBClient, GetItemCommand, QueryCommand, TransactionCanceledException, TransactWriteItem, TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Entry, entryAfter, Happening, NO_ENTRY } from './incident-history';
import type { IncidentRecord } from './incident-record';
import { nameOf, unless } from '../shared/error-name';

/** Index of incidents that the clock has to look at: `pending`, then `nextAt`. */
export const PENDING_INDEX = 'Pending';

/** Sort key of what is known of an incident. */
const RECORD = 'record';

/** How often a change is made again on top of another one that was faster. */
const ATTEMPTS = 5;

/** An incident as it is about to be recorded. */
export type NewIncident = Omit<IncidentRecord, 'version' | 'entrySha256'>;

/** An incident, and how many entries of its history are in the evidence. */
export interface StoredIncident { readonly record: IncidentRecord; readonly copied: number }

/**
 * The incidents, each with its history.
 *
 * A record and the entry that says how it came about are written in one transaction, so that neither is there without the other. An entry is never
 * written over. Every change is due for the clock at once: it copies the entry, and says when to look again.
 */
export class IncidentTable {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  /** Records an incident, unless it is there; gives the hash of the report that is. */
  public async create(incident: NewIncident, happening: Happening): Promise<{ readonly isNew: boolean; readonly reportSha256: string }> {
    const entry = entryAfter(incident.id, 1, NO_ENTRY, happening);
    try {
      await this.client.send(new TransactWriteItemsCommand({
        TransactItems: [{
          Put: {
            TableName: this.table,
            Item: recordItem({ ...incident, version: 1, entrySha256: entry.sha256 }, 0),
            ConditionExpression: 'attribute_not_exists(version)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        }, this.append(incident.id, entry)],
      }));
      return { isNew: true, reportSha256: incident.reportSha256 };
    } catch (error) {
      const { CancellationReasons: [first] = [] } = error as Partial<TransactionCanceledException>;
      if (nameOf(error) !== 'TransactionCanceledException' || first?.Code !== 'ConditionalCheckFailed' || !first.Item) throw error;
      return { isNew: false, reportSha256: storedOf(first.Item).record.reportSha256 };
    }
  }

  public async tryRead(id: string): Promise<StoredIncident | undefined> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: keyOf(id, RECORD), ConsistentRead: true }));
    return Item && storedOf(Item);
  }

  /**
   * Changes an incident, and notes what happened; where another change was faster, on top of that.
   *
   * @param change gives undefined where there is nothing to do
   */
  public async change(
    id: string, change: (record: IncidentRecord) => { readonly next: IncidentRecord; readonly happening: Happening } | undefined,
  ): Promise<IncidentRecord> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const stored = await this.tryRead(id);
      if (!stored) throw Object.assign(new Error('there is no such incident'), { name: 'IncidentMissing' });
      const { record: seen, copied } = stored;
      const changed = change(seen);
      if (!changed) return seen;
      const entry = entryAfter(id, seen.version + 1, seen.entrySha256, changed.happening);
      const next = { ...changed.next, version: entry.number, entrySha256: entry.sha256 };
      if (await this.tryReplace(seen, next, copied, entry)) return next;
    }
    throw Object.assign(new Error('others change the incident all the time'), { name: 'IncidentContended' });
  }

  /** Ids of incidents that are due, the longest first. */
  public async due(now: number, limit: number): Promise<readonly string[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({
      TableName: this.table,
      IndexName: PENDING_INDEX,
      KeyConditionExpression: 'pending = :yes AND nextAt <= :now',
      ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':now': { N: String(now) } },
      Limit: limit,
    }));
    return Items.map(({ incident }) => incident.S!);
  }

  /** The texts of some entries of a history, in order. */
  public async entries(id: string, after: number, upTo: number): Promise<ReadonlyArray<Pick<Entry, 'number' | 'text'>>> {
    const entries: Array<Pick<Entry, 'number' | 'text'>> = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page: QueryPage = await this.client.send(new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: 'incident = :incident AND part BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':incident': { S: id }, ':first': { S: partOf(after + 1) }, ':last': { S: partOf(upTo) } },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }));
      entries.push(...page.Items!.map(({ entry, part }) => ({ number: Number(part.S!.slice(ENTRY.length)), text: entry.S! })));
      start = page.LastEvaluatedKey;
    } while (start);
    if (entries.length !== upTo - after) throw Object.assign(new Error('the history has a gap'), { name: 'HistoryGap' });
    return entries;
  }

  /** Notes that the evidence has the history up to this version, and when to look again; nothing where the incident has changed since. */
  public async settle({ id, version }: IncidentRecord, nextAt: number | undefined): Promise<void> {
    await unless('ConditionalCheckFailedException', this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: keyOf(id, RECORD),
      UpdateExpression: nextAt === undefined ? 'SET copied = :version REMOVE pending, nextAt' : 'SET copied = :version, nextAt = :nextAt',
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': { N: String(version) }, ...nextAt === undefined ? {} : { ':nextAt': { N: String(nextAt) } } },
    })));
  }

  private async tryReplace(seen: IncidentRecord, next: IncidentRecord, copied: number, entry: Entry): Promise<boolean> {
    try {
      await this.client.send(new TransactWriteItemsCommand({
        TransactItems: [{
          Put: {
            TableName: this.table,
            // How much was copied is the clock's, which may have noted more meanwhile: then it copies again what is there, to no effect.
            Item: recordItem(next, copied),
            ConditionExpression: 'version = :seen',
            ExpressionAttributeValues: { ':seen': { N: String(seen.version) } },
          },
        }, this.append(next.id, entry)],
      }));
      return true;
    } catch (error) {
      if (nameOf(error) === 'TransactionCanceledException' && wasFaster(error as TransactionCanceledException)) return false;
      throw error;
    }
  }

  private append(id: string, { number, text }: Entry): TransactWriteItem {
    return {
      Put: { TableName: this.table, Item: { ...keyOf(id, partOf(number)), entry: { S: text } }, ConditionExpression: 'attribute_not_exists(entry)' },
    };
  }
}

/** What a loop reads of an answer; named, since its type would depend on itself. */
interface QueryPage { readonly Items?: Array<Record<string, AttributeValue>>; readonly LastEvaluatedKey?: Record<string, AttributeValue> }

const ENTRY = 'entry#';

/** With zeros, so that entries are in order as text. */
function partOf(number: number): string {
  return `${ENTRY}${String(number).padStart(8, '0')}`;
}

function keyOf(id: string, part: string): Record<string, AttributeValue> {
  return { incident: { S: id }, part: { S: part } };
}

function recordItem(record: IncidentRecord, copied: number): Record<string, AttributeValue> {
  return {
    ...keyOf(record.id, RECORD),
    version: { N: String(record.version) },
    record: { S: JSON.stringify(record) },
    copied: { N: String(copied) },
    pending: { S: 'yes' },
    nextAt: { N: '0' },
  };
}

function storedOf({ record, copied }: Record<string, AttributeValue>): StoredIncident {
  return { record: JSON.parse(record.S!) as IncidentRecord, copied: Number(copied.N) };
}

/** Whether another transaction had its way, before this one or at the same time (Amazon DynamoDB API Reference, "TransactWriteItems"). */
function wasFaster({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  return CancellationReasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict');
}
