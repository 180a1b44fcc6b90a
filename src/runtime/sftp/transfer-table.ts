import { AttributeValue, BatchGetItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { itemOf, Row, rowOf, UNFINISHED_INDEX } from './transfer-row';
import { unless } from '../shared/error-name';

/** Amazon DynamoDB API Reference, "BatchGetItem". */
const BATCH = 100;

/** Rows of files and listings. Whoever changes a row says which revision was seen, so that of two changes at once one is made. */
export class TransferTable {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  /** The rows that there are, by file. */
  public async rows(files: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const found = new Map<string, Row>();
    for (let start = 0; start < files.length; start += BATCH) {
      let keys: Array<Record<string, AttributeValue>> | undefined = files.slice(start, start + BATCH).map((file) => ({ file: { S: file } }));
      while (keys && keys.length > 0) {
        const { Responses, UnprocessedKeys = {} }: BatchAnswer = await this.client.send(new BatchGetItemCommand({
          RequestItems: { [this.table]: { Keys: keys, ConsistentRead: true } },
        }));
        for (const row of Responses![this.table].map(rowOf)) found.set(row.file, row);
        keys = UnprocessedKeys[this.table]?.Keys;
      }
    }
    return found;
  }

  public async tryRow(file: string): Promise<Row | undefined> {
    return (await this.rows([file])).get(file);
  }

  /** Writes a row in place of the one that was seen; gives what was written, or undefined where another change was faster. */
  public async tryWrite(seen: Row | undefined, next: Omit<Row, 'revision'>): Promise<Row | undefined> {
    const row = { ...next, revision: (seen?.revision ?? 0) + 1 };
    const written = this.client.send(new PutItemCommand({
      TableName: this.table,
      Item: itemOf(row),
      ...seen === undefined
        ? { ConditionExpression: 'attribute_not_exists(revision)' } // `file` is a reserved word
        : { ConditionExpression: 'revision = :seen', ExpressionAttributeValues: { ':seen': { N: String(seen.revision) } } },
    }));
    return await unless('ConditionalCheckFailedException', written) === undefined ? undefined : row;
  }

  /** Up to `limit` rows that began before and have not ended, the oldest first. */
  public async unfinished(before: number, limit: number): Promise<readonly Row[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({
      TableName: this.table,
      IndexName: UNFINISHED_INDEX,
      KeyConditionExpression: 'unfinished = :yes AND since < :before',
      ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':before': { N: String(before) } },
      Limit: limit,
    }));
    return Items.map(rowOf);
  }
}

/** What a loop reads of an answer; named, since its type would depend on itself. */
interface BatchAnswer {
  readonly Responses?: Record<string, Array<Record<string, AttributeValue>>>;
  readonly UnprocessedKeys?: Record<string, { Keys: Array<Record<string, AttributeValue>> | undefined }>;
}
