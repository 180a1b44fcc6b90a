import { AttributeValue, DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PartnerRow, partnerRowOf } from './partner-row';

/** All that the table of partners holds. */
export interface Register {
  readonly partners: readonly PartnerRow[];
  /** Whose a key is, by its fingerprint. */
  readonly owners: ReadonlyMap<string, string>;
  /** Fingerprints of keys that an operator has revoked, which are nobody's any more. */
  readonly revoked: ReadonlySet<string>;
  /** Fingerprints of the keys that the reconciler has given to a user or was about to, by the user's name. */
  readonly installed: ReadonlyMap<string, ReadonlySet<string>>;
}

const OWNER = 'key#';
const INSTALLED = 'installed#';

/**
 * The table of partners, as what looks at all of them sees it.
 *
 * Beside partners and owners of keys it holds an item `installed#<name>` for each user that the reconciler has given a key to: without it, a key
 * that was revoked could not be told from one that somebody has added by hand.
 */
export class PartnersScan {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  public async read(): Promise<Register> {
    const partners: PartnerRow[] = [];
    const owners = new Map<string, string>();
    const revoked = new Set<string>();
    const installed = new Map<string, ReadonlySet<string>>();
    let start: Record<string, AttributeValue> | undefined;
    do {
      // A key that was revoked a moment ago must be seen as such.
      const { Items = [], LastEvaluatedKey } = await this.client.send(new ScanCommand({
        TableName: this.table, ConsistentRead: true, ExclusiveStartKey: start,
      }));
      for (const item of Items) {
        const name = item.partner?.S ?? '';
        if (name.startsWith(OWNER)) owners.set(name.slice(OWNER.length), item.owner?.S ?? '');
        if (name.startsWith(OWNER) && item.revokedAt !== undefined) revoked.add(name.slice(OWNER.length));
        if (name.startsWith(INSTALLED)) installed.set(name.slice(INSTALLED.length), new Set(item.fingerprints?.SS));
        else if (!name.includes('#')) partners.push(partnerRowOf(name, item));
      }
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return { partners, owners, revoked, installed };
  }

  /** Notes that keys are given to a user, before they are. */
  public async noteInstalled(name: string, fingerprints: readonly string[]): Promise<void> {
    await this.change(name, 'ADD', fingerprints);
  }

  /** Notes that a user has keys no more. */
  public async noteRemoved(name: string, fingerprints: readonly string[]): Promise<void> {
    await this.change(name, 'DELETE', fingerprints);
  }

  private async change(name: string, action: 'ADD' | 'DELETE', fingerprints: readonly string[]): Promise<void> {
    await this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: { partner: { S: `${INSTALLED}${name}` } },
      UpdateExpression: `${action} fingerprints :fingerprints`,
      ExpressionAttributeValues: { ':fingerprints': { SS: [...fingerprints] } },
    }));
  }
}
