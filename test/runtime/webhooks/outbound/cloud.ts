import { createHash } from 'node:crypto';
import { ChangeRecord } from '../../../../src/runtime/webhooks/outbound/feed';
import { holds, Item as Row, updated } from '../../dynamodb-expressions';

/** Members of a request, as far as the fake reads them. */
interface Input {
  readonly TableName: string;
  readonly Key?: Row;
  readonly Item?: Row;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ExpressionAttributeValues?: Row;
  readonly ReturnValues?: string;
  readonly IndexName?: string;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Row;
  readonly SecretId?: string;
  readonly VersionStage?: string;
  readonly QueueUrl?: string;
  readonly Entries?: ReadonlyArray<{ readonly Id: string; readonly MessageBody: string; readonly MessageGroupId: string }>;
}

const KEYS: Readonly<Record<string, readonly string[]>> = { endpoints: ['endpoint'], deliveries: ['endpoint', 'message'] };

export class CloudError extends Error {
  constructor(name: string) {
    super(`CANARY of ${name}`);
    this.name = name;
  }
}

export const ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:acme-AbCdEf';
export const secretOf = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`;

export const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/111111111111/webhooks';

/**
 * Answers as DynamoDB, Secrets Manager and SQS do, for the tables `endpoints` and `deliveries` and one queue (API Reference of each operation).
 * What changes in `deliveries` is in the stream, until it is handed to a function.
 */
export class Cloud {
  public readonly endpoints = new Map<string, Row>();
  public readonly deliveries = new Map<string, Row>();
  /** By ARN and label. */
  public readonly secrets = new Map<string, string>([[`${ARN} AWSCURRENT`, secretOf('k')]]);
  public readonly queue: string[] = [];
  /** Groups of what was put into the queue. */
  public readonly groups: string[] = [];
  public readonly stream: ChangeRecord[] = [];
  public readonly calls: string[] = [];
  /** The client of a service in the same process. */
  public readonly client = {
    send: async (command: object): Promise<never> => this.call(command.constructor.name.replace(/Command$/, ''), (command as { input: Input }).input) as never,
  };

  /** Sequence numbers that the stream has given. */
  private changes = 0;

  /** Throws before or after a call, if it likes. */
  public disturb: (operation: string, when: 'before' | 'after', input: Input) => void = () => undefined;

  public addEndpoint(id: string, attributes: Row = {}): void {
    this.endpoints.set(id, {
      endpoint: { S: id }, tenant: { S: 'acme' }, url: { S: 'https://hooks.customer.com/in' }, keySecretArn: { S: ARN }, ...attributes,
    });
  }

  public delivery(message: string, endpoint = 'ep_1'): Row | undefined {
    return this.deliveries.get(`${endpoint} ${message}`);
  }

  public call(operation: string, input: Input): Record<string, unknown> {
    this.calls.push(operation);
    this.disturb(operation, 'before', input);
    const result = this.answer(operation, input);
    this.disturb(operation, 'after', input);
    return result;
  }

  private answer(operation: string, input: Input): Record<string, unknown> {
    switch (operation) {
      case 'GetSecretValue': return this.secret(`${input.SecretId} ${input.VersionStage}`);
      case 'GetItem':
        if (input.ConsistentRead !== true) throw new Error('a read that may be old proves nothing');
        return this.rows(input).has(keyIn(input, input.Key!)) ? { Item: this.rows(input).get(keyIn(input, input.Key!)) } : {};
      case 'PutItem': return this.write(input, input.Item!);
      case 'UpdateItem': return this.write(input, undefined);
      case 'Query': return this.query(input);
      case 'SendMessageBatch': return this.enqueue(input);
      default: throw new Error(`the fake does not know ${operation}`);
    }
  }

  private write(input: Input, item: Row | undefined): Record<string, unknown> {
    const rows = this.rows(input);
    const key = keyIn(input, item ?? input.Key!);
    const before = rows.get(key);
    const values = input.ExpressionAttributeValues ?? {};
    const used = `${input.ConditionExpression} ${input.UpdateExpression}`;
    const unused = Object.keys(values).find((name) => !new RegExp(`${name}\\b`).test(used));
    if (unused !== undefined) throw new CloudError('ValidationException');
    if (!holds(input.ConditionExpression!, input, before)) throw new CloudError('ConditionalCheckFailedException');
    const after = item ?? updated(input.UpdateExpression!, input, before ?? input.Key!);
    rows.set(key, after);
    if (input.TableName === 'deliveries') {
      this.changes += 1;
      this.stream.push({ eventName: before ? 'MODIFY' : 'INSERT', dynamodb: { SequenceNumber: String(this.changes), NewImage: after } });
    }
    return input.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
  }

  private query(input: Input): Record<string, unknown> {
    const { KeyConditionExpression, FilterExpression, Limit = 1000, ExclusiveStartKey: start } = input;
    const order = input.IndexName === 'due' ? ({ dueAt }: Row) => Number(dueAt.N) : ({ message }: Row) => String(message.S);
    const found = [...this.deliveries.values()].filter((row) => holds(KeyConditionExpression!, input, row))
      .sort((one, other) => order(one) < order(other) ? -1 : 1).filter((row) => !start || String(row.message.S) > String(start.message.S));
    const page = found.slice(0, Limit);
    const last = found.length > Limit ? page.at(-1)! : undefined;
    return {
      Items: page.filter((row) => !FilterExpression || holds(FilterExpression, input, row)),
      ...last ? { LastEvaluatedKey: { endpoint: last.endpoint, message: last.message } } : {},
    };
  }

  private secret(name: string): Record<string, unknown> {
    const SecretString = this.secrets.get(name);
    if (SecretString === undefined) throw new CloudError('ResourceNotFoundException');
    return { SecretString };
  }

  /** The digest is compared by the client. */
  private enqueue({ QueueUrl, Entries = [] }: Input): Record<string, unknown> {
    if (QueueUrl !== QUEUE_URL) throw new CloudError('QueueDoesNotExist');
    if (Entries.length < 1 || Entries.length > 10) throw new CloudError('TooManyEntriesInBatchRequest');
    this.queue.push(...Entries.map(({ MessageBody }) => MessageBody));
    this.groups.push(...Entries.map(({ MessageGroupId }) => MessageGroupId));
    const digest = (text: string) => createHash('md5').update(text).digest('hex');
    return { Successful: Entries.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: digest(MessageBody) })), Failed: [] };
  }

  private rows({ TableName }: Input): Map<string, Row> {
    return TableName === 'endpoints' ? this.endpoints : this.deliveries;
  }
}

function keyIn({ TableName }: Input, row: Row): string {
  return KEYS[TableName].map((name) => row[name].S).join(' ');
}
