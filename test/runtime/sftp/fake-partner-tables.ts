import { holds, Item as PlainItem, updated } from '../dynamodb-expressions';
import { Input, ServiceError } from '../secrets/harness/service';

/** An attribute as DynamoDB has it on the wire. */
export interface Value { readonly S?: string; readonly N?: string; readonly BOOL?: boolean; readonly SS?: readonly string[] }
export type Item = Record<string, Value>;

const PAGE_SIZE = 2;

/** Tables that have a partition key alone (Amazon DynamoDB API Reference, of each operation). */
export class FakePartnerTables {
  private readonly tables = new Map<string, Map<string, Item>>();

  constructor(private readonly keys: Readonly<Record<string, string>>) {}

  public items(table: string): Map<string, Item> {
    if (!(table in this.keys)) throw new ServiceError('ResourceNotFoundException');
    if (!this.tables.has(table)) this.tables.set(table, new Map());
    return this.tables.get(table)!;
  }

  public call(operation: string, input: Input): Record<string, unknown> {
    const table = String(input.TableName);
    const items = this.items(table);
    const key = ((input.Key ?? input.Item) as Item | undefined)?.[this.keys[table]]?.S ?? '';
    switch (operation) {
      case 'Scan': return this.scan(table, items, input);
      case 'GetItem': return items.has(key) ? { Item: items.get(key) } : {};
      case 'PutItem':
        items.set(key, input.Item as Item);
        return {};
      case 'UpdateItem':
        items.set(key, update(input, items.get(key), { [this.keys[table]]: { S: key } }));
        return {};
      default: throw new Error(`the fake does not know ${operation}`);
    }
  }

  private scan(table: string, items: Map<string, Item>, input: Input): Record<string, unknown> {
    if (input.ConsistentRead !== true) throw new Error('a scan that may be old proves nothing');
    const all = [...items.entries()];
    const start = (input.ExclusiveStartKey as Item | undefined)?.[this.keys[table]]?.S;
    const from = start === undefined ? 0 : all.findIndex(([key]) => key === start) + 1;
    const page = all.slice(from, from + PAGE_SIZE);
    const last = page.at(-1);
    const more = last && page.length === PAGE_SIZE ? { LastEvaluatedKey: { [this.keys[table]]: { S: last[0] } } } : {}; // also where nothing comes after
    return { Items: page.map(([, item]) => item), ...more };
  }
}

function update(input: Input, item: Item | undefined, key: Item): Item {
  const expression = String(input.UpdateExpression);
  if (input.ConditionExpression !== undefined && !holds(String(input.ConditionExpression), input, item as PlainItem | undefined)) {
    throw new ServiceError('ConditionalCheckFailedException');
  }
  const [, action, name, value] = /^(ADD|DELETE) (\w+) (:\w+)$/.exec(expression) ?? [];
  if (!action) return updated(expression, input, { ...key, ...item } as PlainItem) as Item;
  const given = (input.ExpressionAttributeValues as Item)[value].SS ?? [];
  const before = item?.[name]?.SS ?? [];
  const after = action === 'ADD' ? [...new Set([...before, ...given])] : before.filter((entry) => !given.includes(entry));
  const { [name]: _, ...rest } = { ...key, ...item };
  return after.length === 0 ? rest : { ...rest, [name]: { SS: after } }; // there is no empty set
}
