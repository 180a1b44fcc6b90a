import {
  AttributeValue, CancellationReason, DynamoDBClient, GetItemCommand, TransactionCanceledException, TransactWriteItem, TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { keyRowKey, ManagedBy, partnerKey, PartnerRow, partnerRowOf, suspensionKey } from './partner-row';
import { PartnerRecord, writePartnerRecord } from '../../formats/partner-record';
import { nameOf, unless } from '../shared/error-name';

/** Whose a partner is that is stored. */
export interface Manager {
  readonly serverId: string;
  readonly managedBy: ManagedBy;
  /** The resource of a template; where its name changes, the partner of the new name takes over the keys of the old one. */
  readonly resource?: string;
  /** Whether it begins suspended, where there is none yet. */
  readonly isSuspended?: boolean;
}

/** What came of storing: nothing was stored unless it says so. */
export type Stored =
  | { readonly outcome: 'stored' }
  /** Somebody else changed the partner since it was read. */
  | { readonly outcome: 'changed' }
  | KeysTaken;

/** Keys, by fingerprint, that were revoked, or are another partner's. */
export interface KeysTaken { readonly outcome: 'keys-taken'; readonly revoked: readonly string[]; readonly others: readonly string[] }

/** Reserved words of DynamoDB ("Reserved words in DynamoDB"). */
const NAMES = { '#record': 'record', '#owner': 'owner', '#resource': 'resource' } as const;

/** A transaction has 100 items at most, of which two are none of keys; a legal record has ten keys. */
const MAX_KEYS_REMOVED = 98;

const FINGERPRINTS = /SHA256:[A-Za-z0-9+/]{43}/g;

/**
 * The table of partners, for those who change it. Beside the row of each partner there is one for each key, so that no two partners have the same;
 * the row of a revoked key stays, so that nobody has it ever again.
 */
export class PartnerRegister {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string, private readonly now: () => number) {}

  public async find(name: string): Promise<PartnerRow | undefined> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: partnerKey(name), ConsistentRead: true }));
    return Item && partnerRowOf(name, Item);
  }

  /** Whether the last partner of that name was suspended when a deployment removed it. */
  public async wasSuspended(name: string): Promise<boolean> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: suspensionKey(name), ConsistentRead: true }));
    return Item !== undefined;
  }

  /** Whether a key of that partner was revoked. */
  public async isRevoked(name: string, fingerprint: string): Promise<boolean> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: keyRowKey(fingerprint), ConsistentRead: true }));
    return Item?.owner?.S === name && Item.revokedAt !== undefined;
  }

  /**
   * Stores a partner with its keys, all or nothing, if it still is as it was seen. Whether it is suspended stays as it is.
   *
   * `left` are keys that another name of the resource has by now.
   */
  public async store(record: PartnerRecord, manager: Manager, seen: PartnerRow | undefined, left: readonly string[] = []): Promise<Stored> {
    const { serverId, managedBy, resource, isSuspended } = manager;
    const suspends = isSuspended === true && !seen;
    const kept = [...new Set(record.keys.map(({ fingerprint }) => fingerprint))];
    const dropped = fingerprintsOf(seen).filter((fingerprint) => !kept.includes(fingerprint) && !left.includes(fingerprint));
    const values = {
      serverId: { S: serverId },
      managedBy: { S: managedBy },
      ...resource === undefined ? {} : { resource: { S: resource } },
      ...suspends ? { suspended: { BOOL: true } } : {},
    };
    const reasons = await this.transact([
      this.recordUpdate(record, values, seen),
      ...kept.map((fingerprint) => this.keyPut(fingerprint, record.name, resource)),
      ...dropped.map((fingerprint) => this.keyDelete(fingerprint, record.name)),
      ...suspends ? [{ Delete: { TableName: this.table, Key: suspensionKey(record.name) } }] : [],
    ]);
    if (!reasons) return { outcome: 'stored' };
    const [, ...ofKeys] = reasons;
    const taken = kept.filter((_, index) => isFailed(ofKeys[index]));
    if (taken.length > 0) {
      const isRevoked = (fingerprint: string) => ofKeys[kept.indexOf(fingerprint)].Item?.revokedAt !== undefined;
      return { outcome: 'keys-taken', revoked: taken.filter(isRevoked), others: taken.filter((fingerprint) => !isRevoked(fingerprint)) };
    }
    const others = dropped.filter((_, index) => isFailed(ofKeys[kept.length + index]));
    return others.length > 0 ? this.store(record, manager, seen, [...left, ...others]) : { outcome: 'changed' };
  }

  /** Takes a key out of a partner for good, if the partner still is as it was seen. */
  public async revoke(record: PartnerRecord, fingerprint: string, seen: PartnerRow): Promise<Stored> {
    const keys = record.keys.filter((key) => key.fingerprint !== fingerprint);
    const reasons = await this.transact([this.recordUpdate({ ...record, keys }, {}, seen), {
      Update: {
        TableName: this.table,
        Key: keyRowKey(fingerprint),
        UpdateExpression: 'SET #owner = :name, revokedAt = :now',
        ExpressionAttributeNames: { '#owner': NAMES['#owner'] },
        ExpressionAttributeValues: { ':name': { S: record.name }, ':now': this.time() },
      },
    }]);
    return { outcome: reasons ? 'changed' : 'stored' };
  }

  /** Suspends a partner, or lets it in again; tells whether there is such a partner. */
  public async suspend(name: string, isSuspended: boolean): Promise<boolean> {
    const updated = await unless('ConditionalCheckFailedException', this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: partnerKey(name),
      UpdateExpression: isSuspended
        ? 'SET suspended = :yes, updatedAt = :now ADD revision :one'
        : 'SET updatedAt = :now REMOVE suspended ADD revision :one',
      ConditionExpression: 'attribute_exists(partner)',
      ExpressionAttributeValues: { ':now': this.time(), ':one': { N: '1' }, ...isSuspended && { ':yes': { BOOL: true } } },
    })));
    return updated !== undefined;
  }

  /**
   * Removes a partner with its keys, all or nothing, if it still is as it was seen, and tells whether it was. Of a template's that was suspended this is
   * noted, since it was operators who did that.
   *
   * `left` are keys that were revoked, or that another partner has: their rows stay.
   */
  public async remove(seen: PartnerRow, left: readonly string[] = []): Promise<boolean> {
    const fingerprints = fingerprintsOf(seen).filter((fingerprint) => !left.includes(fingerprint)).slice(0, MAX_KEYS_REMOVED);
    const reasons = await this.transact([
      this.partnerDelete(seen),
      ...fingerprints.map((fingerprint) => this.keyDelete(fingerprint, seen.name)),
      ...seen.suspended && seen.managedBy === 'template' ? [{ Put: { TableName: this.table, Item: suspensionKey(seen.name) } }] : [],
    ]);
    if (!reasons) return true;
    const [ofPartner, ...ofKeys] = reasons;
    const others = fingerprints.filter((_, index) => isFailed(ofKeys[index]));
    return isFailed(ofPartner) || others.length === 0 ? false : this.remove(seen, [...left, ...others]);
  }

  private partnerDelete({ name, revision }: PartnerRow): TransactWriteItem {
    return {
      Delete: {
        TableName: this.table,
        Key: partnerKey(name),
        ...asSeen(revision),
      },
    };
  }

  private recordUpdate(record: PartnerRecord, others: Record<string, AttributeValue>, seen: PartnerRow | undefined): TransactWriteItem {
    const values = {
      ':record': { S: writePartnerRecord(record) },
      ':updatedAt': this.time(),
      ':revision': { N: String((seen?.revision ?? 0) + 1) },
      ...Object.fromEntries(Object.entries(others).map(([name, value]) => [`:${name}`, value])),
    };
    const set = Object.keys(values).map((placeholder) => [placeholder.slice(1), placeholder])
      .map(([name, placeholder]) => `${`#${name}` in NAMES ? `#${name}` : name} = ${placeholder}`);
    return {
      Update: {
        TableName: this.table,
        Key: partnerKey(record.name),
        UpdateExpression: `SET ${set.join(', ')}`,
        ConditionExpression: seen ? asSeen(seen.revision).ConditionExpression : 'attribute_not_exists(partner)',
        ExpressionAttributeNames: { '#record': NAMES['#record'], ...'resource' in others && { '#resource': NAMES['#resource'] } },
        ExpressionAttributeValues: { ...values, ...seen && asSeen(seen.revision).ExpressionAttributeValues },
      },
    };
  }

  private keyPut(fingerprint: string, name: string, resource: string | undefined): TransactWriteItem {
    const isOurs = resource === undefined ? '#owner = :name' : '(#owner = :name OR #resource = :resource)';
    return {
      Put: {
        TableName: this.table,
        Item: { ...keyRowKey(fingerprint), owner: { S: name }, ...resource !== undefined && { resource: { S: resource } } },
        ConditionExpression: `attribute_not_exists(partner) OR (${isOurs} AND attribute_not_exists(revokedAt))`,
        ExpressionAttributeNames: { '#owner': NAMES['#owner'], ...resource !== undefined && { '#resource': NAMES['#resource'] } },
        ExpressionAttributeValues: { ':name': { S: name }, ...resource !== undefined && { ':resource': { S: resource } } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }

  private keyDelete(fingerprint: string, name: string): TransactWriteItem {
    return {
      Delete: {
        TableName: this.table,
        Key: keyRowKey(fingerprint),
        ConditionExpression: 'attribute_not_exists(partner) OR (#owner = :name AND attribute_not_exists(revokedAt))',
        ExpressionAttributeNames: { '#owner': NAMES['#owner'] },
        ExpressionAttributeValues: { ':name': { S: name } },
      },
    };
  }

  /** Writes all or nothing; else tells of each item why, or why not. */
  private async transact(items: TransactWriteItem[]): Promise<readonly CancellationReason[] | undefined> {
    try {
      await this.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return undefined;
    } catch (error) {
      if (nameOf(error) !== 'TransactionCanceledException') throw error;
      const reasons = (error as TransactionCanceledException).CancellationReasons ?? [];
      if (reasons.some(({ Code }) => !['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? ''))) throw error;
      return reasons;
    }
  }

  private time(): { readonly N: string } {
    return { N: String(this.now()) };
  }
}

/** That a row is as it was seen; one that nothing here made has no count of changes. */
function asSeen(revision: number): { readonly ConditionExpression: string; readonly ExpressionAttributeValues?: Record<string, AttributeValue> } {
  if (revision === 0) return { ConditionExpression: 'attribute_exists(partner) AND attribute_not_exists(revision)' };
  return { ConditionExpression: 'revision = :seen', ExpressionAttributeValues: { ':seen': { N: String(revision) } } };
}

function isFailed(reason: CancellationReason | undefined): boolean {
  return reason?.Code === 'ConditionalCheckFailed';
}

/** Keys that a row has, also one whose record nobody can read any more. */
function fingerprintsOf(row: PartnerRow | undefined): readonly string[] {
  return [...new Set(row?.record?.match(FINGERPRINTS) ?? [])];
}
