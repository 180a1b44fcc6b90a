import { ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { number } from './inbox-record';
import { nameOf } from '../shared/error-name';

/** Where it is kept what was done, and for how long. */
export interface IdempotentOptions {
  /** May write items of a table with the key `id` and `expires` as its time to live. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  /**
   * How long it is known that an event was acted on, a week at least.
   *
   * @default 30 days: a sender tries for three, an event waits in the inbox and in queues for as long as their retention
   */
  readonly keepSeconds?: number;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Makes a text that no other invocation has. */
  readonly unique: () => string;
}

/** What AWS Lambda tells a function about itself. */
export interface LambdaContext {
  /** Milliseconds that this invocation may still run. */
  getRemainingTimeInMillis(): number;
}

/** Another invocation is at it, or was and died; whoever sent the event is to send it again. */
export class InProgress extends Error {
  public override readonly name = 'InProgress';

  constructor() {
    super('another invocation is acting on the event; send it again');
  }
}

const DAY_SECONDS = 24 * 60 * 60;
const MIN_KEEP_SECONDS = 7 * DAY_SECONDS;

/** Clocks of two functions differ by less. */
const CLOCK_MILLISECONDS = 5000;

/** Fit for the key of a table, and no longer than a `dedupeId` is. */
const DEDUPE_ID = /^[\x21-\x7e]{1,128}$/;

/**
 * Wraps what acts on an event so that it does so once for each `dedupeId`, as long as it does not die half way.
 *
 * The lease lasts longer than the invocation can live, so two are never at it at once. An action that throws gives the event free at once; one
 * that died, when its lease ends. An event that was acted on is passed over: the result is then undefined. An event without an id throws,
 * since to act on it any number of times would go unnoticed.
 */
export function idempotent<E extends { readonly dedupeId: string }, R>(
  { client, tableName, keepSeconds = 30 * DAY_SECONDS, now, unique }: IdempotentOptions, act: (event: E, context: LambdaContext) => Promise<R>,
) {
  if (!Number.isInteger(keepSeconds) || keepSeconds < MIN_KEEP_SECONDS) throw new Error(`keepSeconds must be a whole number from ${MIN_KEEP_SECONDS}`);

  return async (event: E, context: LambdaContext): Promise<R | undefined> => {
    const id: unknown = Object(event).dedupeId;
    if (typeof id !== 'string' || !DEDUPE_ID.test(id)) throw new Error('the event must have a dedupeId');
    const owner = unique();
    if (!await begin(id, owner, context)) return undefined;
    let result: R;
    try {
      result = await act(event, context);
    } catch (error) {
      await release(id, owner).catch(() => undefined); // the lease ends by itself; what the action threw is what matters
      throw error;
    }
    await end(id, owner);
    return result;
  };

  /** Whether there is anything to do. @throws InProgress */
  async function begin(id: string, owner: string, context: LambdaContext): Promise<boolean> {
    const leaseUntil = now() + context.getRemainingTimeInMillis() + CLOCK_MILLISECONDS;
    try {
      await client.send(new PutItemCommand({
        TableName: tableName,
        Item: { id: { S: id }, progress: { S: 'IN_PROGRESS' }, holder: { S: owner }, leaseUntil: number(leaseUntil), expires: expires() },
        // The client sends again what was not answered, and must not take its own lease for another's.
        ConditionExpression: 'attribute_not_exists(id) OR (progress = :begun AND (leaseUntil < :now OR holder = :holder))',
        ExpressionAttributeValues: { ':begun': { S: 'IN_PROGRESS' }, ':now': number(now()), ':holder': { S: owner } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return true;
    } catch (error) {
      if (nameOf(error) !== 'ConditionalCheckFailedException') throw error;
      if ((error as Partial<ConditionalCheckFailedException>).Item?.progress?.S === 'DONE') return false;
      throw new InProgress();
    }
  }

  /** If this fails the function fails, and the event is acted on again once the lease ends: better than never. */
  async function end(id: string, owner: string): Promise<void> {
    await client.send(new UpdateItemCommand({
      TableName: tableName,
      Key: { id: { S: id } },
      UpdateExpression: 'SET progress = :done, expires = :expires REMOVE leaseUntil',
      ConditionExpression: 'holder = :holder',
      ExpressionAttributeValues: { ':done': { S: 'DONE' }, ':expires': expires(), ':holder': { S: owner } },
    }));
  }

  async function release(id: string, owner: string): Promise<void> {
    await client.send(new DeleteItemCommand({
      TableName: tableName,
      Key: { id: { S: id } },
      ConditionExpression: 'holder = :holder AND progress = :begun',
      ExpressionAttributeValues: { ':holder': { S: owner }, ':begun': { S: 'IN_PROGRESS' } },
    }));
  }

  function expires() {
    return number(Math.floor(now() / 1000) + keepSeconds);
  }
}
