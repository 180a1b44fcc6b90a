import { createHash } from 'node:crypto';
import { holds, Item, updated } from '../../dynamodb-expressions';
import { Call, Input } from '../../secrets/harness/service';

/** How many items a query looks at before it tells where to go on. */
const PAGE_SIZE = 2;

export const TABLE = 'inbox';
export const BUCKET = 'bodies-of-webhooks';

/** Everything that lasts, as JSON. */
export interface World {
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** By id. */
  readonly items: Record<string, Item>;
  /** Keys of objects, and the hash of each. */
  readonly objects: Record<string, string>;
  /** Ids of new records that the stream has not handed over. */
  readonly stream: string[];
  /** What the target took: `<dedupeId> <hash of the body>`. */
  readonly published: string[];
}

/** What AWS answers; bytes are base64. */
export type AwsAnswer = { readonly output: Readonly<Record<string, unknown>> } | { readonly error: string; readonly item?: Item };

export function newWorld(now: number): World {
  return { now, items: {}, objects: {}, stream: [], published: [] };
}

/** Answers one call, and changes the world accordingly (API Reference of each operation). */
export function callAws(world: World, { operation, input }: Call): AwsAnswer {
  switch (operation) {
    case 'PutItem': return put(world, input);
    case 'UpdateItem': return update(world, input);
    case 'Query': return { output: query(world, input) };
    case 'PutObject': return putObject(world, input);
    case 'Publish':
      world.published.push(`${String(input.dedupeId)} ${bodyOf(world, input)}`);
      return { output: {} };
    default: throw new Error(`the fake does not know ${operation}`);
  }
}

function put({ items, stream }: World, input: Input): AwsAnswer {
  const item = input.Item as Item;
  const id = item.id.S!;
  const refused = refusal(items[id], input);
  if (refused) return refused;
  if (items[id] === undefined) stream.push(id); // the stream tells an INSERT from a MODIFY
  items[id] = item;
  return { output: {} };
}

function update({ items }: World, input: Input): AwsAnswer {
  const id = (input.Key as Item).id.S!;
  const refused = refusal(items[id], input);
  if (refused) return refused;
  items[id] = updated(String(input.UpdateExpression), input, items[id] ?? { id: { S: id } });
  return { output: { Attributes: items[id] } };
}

function refusal(item: Item | undefined, input: Input): AwsAnswer | undefined {
  if (input.ConditionExpression === undefined || holds(String(input.ConditionExpression), input, item)) return undefined;
  return { error: 'ConditionalCheckFailedException', ...input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && item ? { item } : {} };
}

/** The index: items that have both of its keys, by `dueAt`, and no more of them than keys. */
function query({ items }: World, input: Input): Readonly<Record<string, unknown>> {
  const found = Object.values(items)
    .filter((item) => item.queue !== undefined && item.dueAt !== undefined && holds(String(input.KeyConditionExpression), input, item))
    .sort((one, other) => Number(one.dueAt.N) - Number(other.dueAt.N) || (one.id.S! < other.id.S! ? -1 : 1))
    .map(({ id, queue, dueAt }) => ({ id, queue, dueAt }));
  const start = (input.ExclusiveStartKey as Item | undefined)?.id.S;
  const from = found.findIndex(({ id }) => id.S === start) + 1;
  const page = found.slice(from, from + PAGE_SIZE);
  return { Items: page, ...page.length === PAGE_SIZE ? { LastEvaluatedKey: page[PAGE_SIZE - 1] } : {} };
}

function putObject({ objects }: World, { Key, Body, ChecksumSHA256 }: Input): AwsAnswer {
  const hash = sha256(String(Body));
  if (Buffer.from(hash, 'hex').toString('base64') !== ChecksumSHA256) return { error: 'BadDigest' };
  objects[String(Key)] = hash;
  return { output: {} };
}

/** The hash of the body that a target gets, or of the object that it is pointed to. */
function bodyOf({ objects }: World, { bodyBase64, bodyAt }: Input): string {
  if (bodyBase64 !== undefined) return sha256(String(bodyBase64));
  return objects[(bodyAt as { readonly key: string }).key] ?? 'nowhere';
}

function sha256(base64: string): string {
  return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
}
