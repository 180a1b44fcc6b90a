import { holds, Item, updated } from '../dynamodb-expressions';
import { Call, ServiceError } from '../secrets/harness/service';

/** What DynamoDB is sent for one item. */
interface ItemInput {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeValues?: Item;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

interface QueryInput {
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeValues: Item;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** A page as a topic took it. */
export interface Published {
  readonly topicArn: string;
  readonly incident: string;
  readonly page: string;
  readonly message: string;
  readonly subject: string;
}

/** What happens to a call: the service fails at it, or the process dies; before it has an effect, or after. */
export type Fault = 'fails' | 'fails untold' | 'dies' | 'dies untold';

export const FAULTS: readonly Fault[] = ['fails', 'fails untold', 'dies', 'dies untold'];

/** How many items a query looks at before it tells where to go on. */
const PAGE_SIZE = 2;

/** DynamoDB, Amazon S3 and Amazon SNS as far as incidents need them (API Reference of each operation). */
export class IncidentCloud {
  public readonly items = new Map<string, Item>();
  public readonly objects = new Map<string, string>();
  public readonly published: Published[] = [];
  public readonly calls: Call[] = [];
  /** A client in the same process. */
  public readonly client = {
    send: async (command: object): Promise<never> => {
      await Promise.resolve();
      return this.call({ operation: command.constructor.name.replace(/Command$/, ''), input: (command as { input: Call['input'] }).input }) as never;
    },
  };

  /** Faults, each by the number of a call. */
  public faults: ReadonlyMap<number, Fault> = new Map();
  private isDead = false;

  /** Throws what a call fails with, if it likes. */
  public disturb: (call: Call) => void = () => undefined;

  /** Runs one invocation: a process that dies in it makes no further call. */
  public async invocation<T>(run: () => Promise<T>): Promise<T> {
    this.isDead = false;
    try {
      const result = await run();
      if (this.isDead) throw new ServiceError('Dead');
      return result;
    } finally {
      this.isDead = false;
    }
  }

  public call(call: Call): Record<string, unknown> {
    if (this.isDead) throw new ServiceError('Dead');
    this.calls.push(call);
    this.disturb(call);
    const fault = this.faults.get(this.calls.length - 1);
    if (fault?.startsWith('dies')) this.isDead = true;
    if (fault === 'fails' || fault === 'dies') throw new ServiceError('InternalServerError', 'CANARY');
    const output = this.answer(call);
    if (fault) throw new ServiceError('InternalServerError', 'CANARY');
    return output;
  }

  private answer({ operation, input }: Call): Record<string, unknown> {
    switch (operation) {
      case 'GetItem': return this.get(input as unknown as QueryInput & ItemInput);
      case 'Query': return this.query(input as unknown as QueryInput);
      case 'UpdateItem': return this.update(input as unknown as ItemInput);
      case 'TransactWriteItems': return this.transact((input.TransactItems as Array<{ Put: ItemInput }>).map(({ Put }) => Put));
      case 'PutObject': return this.putObject(input);
      case 'Publish': return this.publish(input);
      default: throw new Error(`the fake does not know ${operation}`);
    }
  }

  private get(input: QueryInput & ItemInput): Record<string, unknown> {
    if (input.ConsistentRead !== true) throw new Error('a read that may be old proves nothing');
    const item = this.items.get(keyOf(input.Key!));
    return item ? { Item: item } : {};
  }

  private query(input: QueryInput): Record<string, unknown> {
    const { IndexName, ExpressionAttributeValues: values, ConsistentRead, Limit = PAGE_SIZE, ExclusiveStartKey } = input;
    const all = [...this.items.values()];
    if (IndexName !== undefined) {
      const due = all.filter(({ pending, nextAt }) => pending?.S === values[':yes'].S && Number(nextAt?.N) <= Number(values[':now'].N));
      const sorted = due.sort((one, other) => Number(one.nextAt.N) - Number(other.nextAt.N)).slice(0, Limit);
      return { Items: sorted.map(({ incident, part, pending, nextAt }) => ({ incident, part, pending, nextAt })) };
    }
    if (ConsistentRead !== true) throw new Error('a listing that may be old proves nothing');
    const found = all
      .filter(({ incident, part }) => incident.S === values[':incident'].S && part.S! >= values[':first'].S! && part.S! <= values[':last'].S!)
      .sort((one, other) => one.part.S! < other.part.S! ? -1 : 1);
    const from = ExclusiveStartKey ? found.findIndex((item) => keyOf(item) === keyOf(ExclusiveStartKey)) + 1 : 0;
    const page = found.slice(from, from + PAGE_SIZE);
    const last = page.length === PAGE_SIZE ? page.at(-1)! : undefined; // also where nothing comes after
    return { Items: page, ...last && { LastEvaluatedKey: { incident: last.incident, part: last.part } } };
  }

  private update(input: ItemInput): Record<string, unknown> {
    const before = this.items.get(keyOf(input.Key!));
    if (!holds(input.ConditionExpression!, input, before)) throw new ServiceError('ConditionalCheckFailedException');
    this.items.set(keyOf(input.Key!), updated(input.UpdateExpression!, input, before!));
    return {};
  }

  private transact(puts: readonly ItemInput[]): Record<string, unknown> {
    const reasons = puts.map((put) => {
      const before = this.items.get(keyOf(put.Item!));
      if (holds(put.ConditionExpression!, put, before)) return { Code: 'None' };
      return { Code: 'ConditionalCheckFailed', ...put.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && before ? { Item: before } : {} };
    });
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw Object.assign(new ServiceError('TransactionCanceledException', 'CANARY'), { CancellationReasons: reasons });
    }
    for (const { Item: item } of puts) this.items.set(keyOf(item!), item!);
    return {};
  }

  private putObject({ Key, Body, IfNoneMatch }: Call['input']): Record<string, unknown> {
    if (IfNoneMatch !== '*') throw new ServiceError('AccessDenied'); // which is how the bucket grants it
    if (this.objects.has(String(Key))) throw new ServiceError('PreconditionFailed');
    this.objects.set(String(Key), String(Body));
    return {};
  }

  private publish({ TopicArn, Subject, Message, MessageAttributes }: Call['input']): Record<string, unknown> {
    const { incident, page } = MessageAttributes as Record<string, { readonly StringValue: string }>;
    if (!/^[\x20-\x7e]{1,99}$/.test(String(Subject))) throw new ServiceError('InvalidParameterException'); // SNS API Reference, "Publish"
    this.published.push({
      topicArn: String(TopicArn), subject: String(Subject), incident: incident.StringValue, page: page.StringValue, message: String(Message),
    });
    return {};
  }
}

function keyOf({ incident, part }: Item): string {
  return `${incident.S} ${part.S}`;
}
