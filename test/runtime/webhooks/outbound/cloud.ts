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

/**
 * Answers as DynamoDB and Secrets Manager do, for the tables `endpoints` and `deliveries` (API Reference of each operation), and does what the
 * stream and the pipe of a sender do: a delivery that is changed into `queued` becomes a message of the queue.
 */
export class Cloud {
  public readonly endpoints = new Map<string, Row>();
  public readonly deliveries = new Map<string, Row>();
  /** By ARN and label. */
  public readonly secrets = new Map<string, string>([[`${ARN} AWSCURRENT`, secretOf('k')]]);
  public readonly queue: string[] = [];
  public readonly calls: string[] = [];
  /** The client of a service in the same process. */
  public readonly client = {
    send: async (command: object): Promise<never> => this.call(command.constructor.name.replace(/Command$/, ''), (command as { input: Input }).input) as never,
  };

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
    if (input.TableName === 'deliveries' && before && after.phase.S === 'queued') {
      this.queue.push(JSON.stringify({ endpoint: after.endpoint.S, message: after.message.S, attempt: after.attempt.N }));
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

  private rows({ TableName }: Input): Map<string, Row> {
    return TableName === 'endpoints' ? this.endpoints : this.deliveries;
  }
}

function keyIn({ TableName }: Input, row: Row): string {
  return KEYS[TableName].map((name) => row[name].S).join(' ');
}
