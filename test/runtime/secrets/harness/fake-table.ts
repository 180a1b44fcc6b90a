import { Input, ServiceError } from './service';
import { holds, Item, updated } from '../../dynamodb-expressions';

export type { Item };

/** How many items a query looks at before it tells where to go on; it filters afterwards (Developer Guide, "Query filter expressions"). */
const PAGE_SIZE = 2;

/**
 * Answers as DynamoDB does for one table with the partition key `holder` and the sort key `credential` (API Reference of each operation).
 */
export function callTable(items: Item[], operation: string, input: Input): Record<string, unknown> {
  const at = items.findIndex((item) => isAt(item, (input.Key ?? input.Item ?? {}) as Item));
  if (input.ConditionExpression !== undefined && !holds(String(input.ConditionExpression), input, items[at])) {
    throw new ServiceError('ConditionalCheckFailedException', `The conditional request failed for ${JSON.stringify(input)}`);
  }
  switch (operation) {
    case 'GetItem':
      if (input.ConsistentRead !== true) throw new Error('a read that may be old proves nothing');
      return at < 0 ? {} : { Item: items[at] };
    case 'PutItem':
      items.splice(at < 0 ? items.length : at, 1, input.Item as Item);
      items.sort((one, other) => one.credential.S! < other.credential.S! ? -1 : 1);
      return {};
    case 'UpdateItem':
      items[at] = updated(String(input.UpdateExpression), input, items[at]);
      return {};
    case 'DeleteItem':
      items.splice(at, 1);
      return {};
    case 'Query':
      return query(items, input);
    default:
      throw new Error(`the fake does not know ${operation}`);
  }
}

function query(items: readonly Item[], input: Input): Record<string, unknown> {
  if (input.ConsistentRead !== true) throw new Error('a listing that may be old proves nothing');
  const partition = items.filter((item) => holds(String(input.KeyConditionExpression), input, item));
  const start = input.ExclusiveStartKey as Item | undefined;
  const from = start ? partition.findIndex((item) => isAt(item, start)) + 1 : 0;
  const page = partition.slice(from, from + PAGE_SIZE);
  const { holder, credential } = page.at(-1) ?? {};
  return {
    Items: page.filter((item) => holds(String(input.FilterExpression), input, item)),
    ...page.length === PAGE_SIZE ? { LastEvaluatedKey: { holder, credential } } : {}, // also where nothing comes after
  };
}

function isAt(item: Item, key: Item): boolean {
  return item.holder.S === key.holder?.S && item.credential.S === key.credential?.S;
}
