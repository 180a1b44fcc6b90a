import {
  DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand, type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import type { Adapter } from './adapter';
import { credentialOf, CredentialRow, Entry, itemOf, keyOf, tryRowOf } from './credential-row';
import { Refused } from './failures';
import { unless } from '../shared/error-name';

/** A row that is disabled can be enabled again by hand; a day later it is deleted. */
const DELETE_AFTER_MILLISECONDS = 24 * 60 * 60 * 1000;

/** A row is changed only as long as it is the one that was looked at. */
const OWN_ROW = 'secretArn = :secretArn AND #version = :version';

/** What differs between kinds of stored credentials. */
export interface CredentialKind<C> {
  /** Makes the content of a version, whose row has that id. */
  issue(version: string, id: string): string;
  /** The credential in the content of a version; refuses any other content. */
  read(content: string, version: string, id: string): C;
  /** What the table is to hold in place of a credential. */
  entryOf(credential: C): Promise<Entry>;
  /** Rejects if what the table holds does not vouch for the credential. */
  check(entry: Entry, credential: C): Promise<void>;
}

/** Which credentials, and how to reach them. */
export interface StoredCredentialOptions<C> {
  readonly kind: CredentialKind<C>;
  readonly secretArn: string;
  readonly tableName: string;
  /** Partition of the table: whose credentials they are. */
  readonly holder: string;
  readonly client: Pick<DynamoDBClient, 'send'>;
  now(): number;
}

/**
 * A credential that a table vouches for. It works as soon as its row is there, and until the row is disabled.
 *
 * The row of a version is written once: a repeated or concurrent activation meets the row, and goes on only if that vouches for the same
 * credential. Revoked is a row in two stages: disabled, and a day later deleted. Each change asks for the state that it was decided on,
 * so of two that revoke at once one does nothing. Reads are consistent, so a probe sees what an activation wrote.
 */
export function storedCredential<C>(options: StoredCredentialOptions<C>): Adapter<CredentialRow> {
  const { kind, secretArn, tableName: TableName, holder, client } = options;
  const idOf = (version: string) => credentialOf(secretArn, version);
  const values = (version: string): Record<string, AttributeValue> => ({ ':secretArn': { S: secretArn }, ':version': { S: version } });

  return {
    issue: async (version) => kind.issue(version, idOf(version)),

    async activate(version, content) {
      const id = idOf(version);
      const credential = kind.read(content, version, id);
      const row = { holder, id, secretArn, version, createdAt: options.now(), ...await kind.entryOf(credential) };
      const stored = await succeeds(client.send(new PutItemCommand({
        TableName, Item: itemOf(row), ConditionExpression: 'attribute_not_exists(credential)',
      })));
      if (!stored) await requireUsable(version, credential);
    },

    probe: async (version, content) => requireUsable(version, kind.read(content, version, idOf(version))),

    async list() {
      const found: CredentialRow[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(new QueryCommand({
          TableName,
          KeyConditionExpression: 'holder = :holder',
          FilterExpression: 'secretArn = :secretArn',
          ExpressionAttributeValues: { ':holder': { S: holder }, ':secretArn': { S: secretArn } },
          ConsistentRead: true,
          ExclusiveStartKey,
        }));
        found.push(...(page.Items ?? []).flatMap((item) => tryRowOf(item) ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return found;
    },

    async revoke({ id, version, disabledAt }) {
      const change = { TableName, Key: keyOf(holder, id), ExpressionAttributeNames: { '#version': 'version' } };
      if (disabledAt === undefined) {
        return await succeeds(client.send(new UpdateItemCommand({
          ...change,
          UpdateExpression: 'SET disabledAt = :now',
          ConditionExpression: `${OWN_ROW} AND attribute_not_exists(disabledAt)`,
          ExpressionAttributeValues: { ...values(version), ':now': { N: String(options.now()) } },
        }))) ? 'disabled' : 'waiting';
      }
      if (options.now() - disabledAt < DELETE_AFTER_MILLISECONDS) return 'waiting';
      return await succeeds(client.send(new DeleteItemCommand({
        ...change,
        ConditionExpression: `${OWN_ROW} AND disabledAt = :disabledAt`,
        ExpressionAttributeValues: { ...values(version), ':disabledAt': { N: String(disabledAt) } },
      }))) ? 'deleted' : 'waiting';
    },
  };

  async function requireUsable(version: string, credential: C): Promise<void> {
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(holder, idOf(version)), ConsistentRead: true }));
    const row = tryRowOf(Item);
    if (!row) throw new Refused('credential-not-stored', 'the table has no row for the version; rotate again');
    if (row.secretArn !== secretArn || row.version !== version) throw new Refused('credential-taken', 'the row belongs to another version; rotate again');
    if (row.disabledAt !== undefined) throw new Refused('credential-disabled', 'the row of the version is disabled; rotate again');
    await kind.check(row, credential);
  }
}

/** Whether the state was as a change asked for; rejects with any other failure. */
async function succeeds(change: Promise<unknown>): Promise<boolean> {
  return await unless('ConditionalCheckFailedException', change) !== undefined;
}
