import type { Answer, SeenRequest } from '../../runtime-e2e/loopback-aws';
import { holds, Item, updated } from '../dynamodb-expressions';

export type { Item };

/** Members of a request, as far as the fake reads them. */
export interface Input {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
  readonly TransactItems?: ReadonlyArray<Readonly<Record<string, Input>>>;
}

/** An error as the SDK has it. */
export class TableError extends Error {
  constructor(name: string, public readonly details: Readonly<Record<string, unknown>> = {}) {
    super(`CANARY of ${name}`);
    this.name = name;
    Object.assign(this, details);
  }
}

/** Keys of each table. */
const KEYS: Readonly<Record<string, readonly string[]>> = { partners: ['partner'], activity: ['subject'], credentials: ['holder', 'credential'] };

/** How many items a query looks at before it tells where to go on. */
const PAGE_SIZE = 2;

/** Answers as DynamoDB does for the tables `partners`, `activity` and `credentials` (API Reference of each operation), in this process or over HTTP. */
export class FakeTables {
  public readonly calls: Array<{ readonly operation: string; readonly input: Input }> = [];
  /** The client in the same process. */
  public readonly client = {
    send: async (command: object): Promise<never> => {
      await new Promise(setImmediate); // so that calls at the same time are
      return this.call(command.constructor.name.replace(/Command$/, ''), (command as { input: Input }).input) as never;
    },
  };

  private tables: Readonly<Record<string, Map<string, Item>>> = { partners: new Map(), activity: new Map(), credentials: new Map() };

  /** Throws what an operation fails with, if it likes. */
  public disturb: (operation: string, input: Input) => void = () => undefined;

  /** Over HTTP, as AWS JSON 1.0. */
  public readonly answer = ({ headers, body }: SeenRequest): Answer => {
    const sent = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      const output = this.call(String(headers['x-amz-target']).split('.')[1], JSON.parse(body) as Input);
      return { status: 200, headers: sent, body: JSON.stringify(output) };
    } catch (error) {
      const { name, message, details } = error as TableError;
      return { status: name.startsWith('Internal') ? 500 : 400, headers: sent, body: JSON.stringify({ __type: `com.amazonaws#${name}`, message, ...details }) };
    }
  };

  public get operations(): readonly string[] {
    return this.calls.map(({ operation, input }) => `${operation} ${input.TableName ?? ''}`.trim());
  }

  public rows(table: string): ReadonlyMap<string, Item> {
    return this.tables[table];
  }

  public put(table: string, item: Item): void {
    this.tables[table].set(keyIn(table, item), item);
  }

  public delete(table: string, key: string): void {
    this.tables[table].delete(key);
  }

  /** Has the tables of another one. */
  public join(other: FakeTables): void {
    this.tables = other.tables;
  }

  private call(operation: string, input: Input): Record<string, unknown> {
    this.calls.push({ operation, input });
    this.disturb(operation, input);
    switch (operation) {
      case 'GetItem': {
        if (input.ConsistentRead !== true) throw new Error('a read that may be old proves nothing');
        const item = this.tables[input.TableName].get(keyIn(input.TableName, input.Key!));
        return item ? { Item: item } : {};
      }
      case 'TransactWriteItems': return this.transact(input.TransactItems!.map((each) => Object.entries(each)[0]));
      case 'Query': return this.query(input);
      case 'Scan': return this.scan(input);
      default: {
        const failed = this.failureOf(input);
        if (failed) throw new TableError('ConditionalCheckFailedException', failed);
        this.write(operation, input);
        return {};
      }
    }
  }

  private transact(items: ReadonlyArray<[string, Input]>): Record<string, unknown> {
    const keys = items.map(([, input]) => keyIn(input.TableName, input.Key ?? input.Item!));
    if (new Set(keys).size < keys.length) throw new TableError('ValidationException');
    const failures = items.map(([, input]) => this.failureOf(input));
    if (failures.some((failure) => failure)) {
      const CancellationReasons = failures.map((failure) => failure ? { Code: 'ConditionalCheckFailed', ...failure } : { Code: 'None' });
      throw new TableError('TransactionCanceledException', { CancellationReasons });
    }
    for (const [kind, input] of items) this.write(kind, input);
    return {};
  }

  /** What a failed condition is answered with; undefined where it holds. */
  private failureOf(input: Input): { Item?: Item } | undefined {
    const { TableName, Key, Item: item, ConditionExpression: condition, UpdateExpression: update = '', ExpressionAttributeValues: values = {} } = input;
    const unused = [...Object.keys(values), ...Object.keys(input.ExpressionAttributeNames ?? {})]
      .find((name) => !new RegExp(`${name}\\b`).test(`${condition} ${update}`));
    if (unused !== undefined) throw new TableError('ValidationException', { unused });
    const before = this.tables[TableName].get(keyIn(TableName, Key ?? item!));
    if (condition === undefined || holds(condition, input, before)) return undefined;
    return input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before ? { Item: before } : {};
  }

  private write(kind: string, input: Input): void {
    const { TableName, Key, Item: item, UpdateExpression } = input;
    const rows = this.tables[TableName];
    if (kind.startsWith('Put')) rows.set(keyIn(TableName, item!), item!);
    else if (kind.startsWith('Delete')) rows.delete(keyIn(TableName, Key!));
    else if (kind.startsWith('Update')) rows.set(keyIn(TableName, Key!), updated(UpdateExpression!, input, rows.get(keyIn(TableName, Key!)) ?? Key!));
    else throw new Error(`the fake does not know ${kind}`);
  }

  private query(input: Input): Record<string, unknown> {
    if (input.ConsistentRead !== true) throw new Error('a listing that may be old proves nothing');
    const partition = [...this.tables[input.TableName].values()].filter((item) => holds(input.KeyConditionExpression!, input, item));
    return paged(input.TableName, partition, input.ExclusiveStartKey, PAGE_SIZE);
  }

  private scan(input: Input): Record<string, unknown> {
    const { Items, ...rest } = paged(input.TableName, [...this.tables[input.TableName].values()], input.ExclusiveStartKey, input.Limit ?? PAGE_SIZE);
    return { Items: (Items as Item[]).filter((item) => holds(input.FilterExpression!, input, item)), ...rest };
  }
}

function paged(table: string, items: readonly Item[], start: Item | undefined, size: number): Record<string, unknown> {
  const from = start ? items.findIndex((item) => keyIn(table, item) === keyIn(table, start)) + 1 : 0;
  const page = items.slice(from, from + size);
  const last = page.length === size ? page.at(-1)! : undefined; // also where nothing comes after
  return { Items: page, ...last && { LastEvaluatedKey: Object.fromEntries(KEYS[table].map((name) => [name, last[name]])) } };
}

function keyIn(table: string, item: Item): string {
  return KEYS[table].map((name) => item[name].S).join(' ');
}
