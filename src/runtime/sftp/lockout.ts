import { ConditionalCheckFailedException, DeleteItemCommand, DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Login } from './login';
import type { Item } from './partner-row';
import { nameOf } from '../shared/error-name';

/** How many wrong passwords in which time lock whom out for how long. */
export interface LockoutPolicy {
  readonly failures: number;
  readonly windowMilliseconds: number;
  readonly lockMilliseconds: number;
}

/** Wrong passwords of one partner from one address; times in milliseconds since 1970. */
export interface Failures {
  readonly count: number;
  readonly windowEnds: number;
  readonly last: number;
}

/** A row that nothing here writes; it holds nothing to log. */
export class UnusableFailures extends Error {
  public override readonly name = 'UnusableFailures';
}

/** Times that a count is tried again where others count, too: each loses to one that won. */
const ATTEMPTS = 60;

/** Rows that take the writes of logins which count for nobody: several, so that they do not wait for each other. */
const DECOYS = 16;

export interface LockoutOptions {
  /** May read, update and delete items of the table. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly policy: LockoutPolicy;
  readonly now: () => number;
  /** A whole number below the one given. */
  readonly random: (below: number) => number;
}

/**
 * Counts wrong passwords for each partner and address, and locks that pair out: what others do elsewhere locks no partner out.
 *
 * The lock ends by itself, and what is presented while it lasts does not make it longer. Time decides, and not whether DynamoDB has deleted the row.
 */
export class Lockout {
  constructor(private readonly options: LockoutOptions) {}

  /** Wrong passwords so far; undefined where there are none. @throws UnusableFailures */
  public async read(login: Login): Promise<Failures | undefined> {
    const { client, tableName } = this.options;
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: keyOf(login), ConsistentRead: true }));
    return Item && failuresOf(Item);
  }

  public isLocked(failures: Failures | undefined): boolean {
    const { policy, now } = this.options;
    return failures !== undefined && failures.count >= policy.failures && now() < failures.last + policy.lockMilliseconds;
  }

  /** Counts one more. One write, unless another login counts at the same moment. */
  public async count(login: Login, seen: Failures | undefined): Promise<void> {
    let known = seen;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const result = await this.tryCount(login, known);
      if (result === 'counted') return;
      known = result.failures;
    }
    throw new UnusableFailures('the count changes faster than it can be written');
  }

  /** One write of the same kind, which counts for nobody. */
  public async pretend(): Promise<void> {
    const { client, tableName, random, now } = this.options;
    await client.send(new UpdateItemCommand({
      TableName: tableName,
      Key: { subject: { S: `lockout##${random(DECOYS)}` } },
      UpdateExpression: 'SET lastFailure = :now, expires = :expires ADD failures :one',
      ExpressionAttributeValues: { ':now': { N: String(now()) }, ':expires': this.expires(), ':one': { N: '1' } },
    }));
  }

  /** Forgets wrong passwords, since the right one was presented. */
  public async forget(login: Login): Promise<void> {
    const { client, tableName } = this.options;
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(login) }));
  }

  /** Whether it was counted; else what has been counted meanwhile. */
  private async tryCount(login: Login, known: Failures | undefined): Promise<'counted' | { readonly failures?: Failures }> {
    const { client, tableName, policy, now } = this.options;
    const counts = known !== undefined && this.isRunning(known);
    const values = { ':now': { N: String(now()) }, ':expires': this.expires(), ':one': { N: '1' } };
    const seen = known && { ':seen': { N: String(known.windowEnds) } };
    try {
      await client.send(new UpdateItemCommand({
        TableName: tableName,
        Key: keyOf(login),
        UpdateExpression: counts
          ? 'SET lastFailure = :now, expires = :expires ADD failures :one'
          : 'SET failures = :one, windowEnds = :ends, lastFailure = :now, expires = :expires',
        ConditionExpression: seen ? 'windowEnds = :seen' : 'attribute_not_exists(subject)',
        ExpressionAttributeValues: { ...values, ...seen, ...!counts && { ':ends': { N: String(now() + policy.windowMilliseconds) } } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return 'counted';
    } catch (error) {
      if (nameOf(error) !== 'ConditionalCheckFailedException') throw error;
      const { Item } = error as ConditionalCheckFailedException;
      return Item ? { failures: failuresOf(Item) } : {};
    }
  }

  /** Whether one more belongs to what was counted: after a lock, and after a window, counting begins anew. */
  private isRunning(failures: Failures): boolean {
    const { policy, now } = this.options;
    return this.isLocked(failures) || (failures.count < policy.failures && now() < failures.windowEnds);
  }

  /** When DynamoDB may delete a row, in seconds: once neither window nor lock can last. */
  private expires(): { readonly N: string } {
    const { policy: { windowMilliseconds, lockMilliseconds }, now } = this.options;
    return { N: String(Math.ceil((now() + Math.max(windowMilliseconds, lockMilliseconds)) / 1000) + 3600) };
  }
}

/**
 * An IPv6 address counts with all of its /64, which is what one host or one household has to choose from (RFC 4291, 2.5.4; RFC 7421): else
 * whoever has one would have as many guesses as they like.
 */
function keyOf({ name, ip }: Login) {
  const from = ip.includes(':') ? `${ip.split(':').slice(0, 4).join(':')}::/64` : ip;
  return { subject: { S: `lockout#${name}#${from}` } };
}

function failuresOf({ failures, windowEnds, lastFailure }: Item): Failures {
  const [count, ends, last] = [failures, windowEnds, lastFailure].map((attribute) => Number(attribute?.N));
  if (![count, ends, last].every(Number.isSafeInteger)) throw new UnusableFailures('the row of failures has no count or no times');
  return { count, windowEnds: ends, last };
}
