import { AttributeValue, DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { EndpointState } from './endpoint-state';
import { unless } from '../../shared/error-name';

/** An endpoint as it is stored. URL and headers are as a customer wrote them. */
export interface Endpoint {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly keySecretArn: string;
  readonly state: EndpointState;
  /** Changes with each change of the state. */
  readonly revision: number;
}

/** A row that no application should write; it holds nothing to log. */
export class UnusableEndpoint extends Error {
  public override readonly name = 'UnusableEndpoint';
}

const REASONS = ['gone', 'failing', 'requested'] as const;

/**
 * Endpoints, as the sender sees them. The registrar writes `tenant`, `url`, `keySecretArn` and `headers`; `disabledBecause`, `failures`,
 * `failingSince`, `openUntil` and `revision` are the sender's.
 */
export class EndpointTable {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  /** The endpoint of that id; undefined if there is none. @throws UnusableEndpoint */
  public async find(id: string): Promise<Endpoint | undefined> {
    const { Item } = await this.client.send(new GetItemCommand({
      TableName: this.table,
      Key: { endpoint: { S: id } },
      // An endpoint that was disabled or given another URL a moment ago must be seen as such.
      ConsistentRead: true,
    }));
    return Item && endpointOf(id, Item);
  }

  /** Stores a state, unless it was changed since the endpoint was read; tells whether it was stored. */
  public async save({ id, revision }: Endpoint, { disabledBecause, failures, failingSince, openUntil }: EndpointState): Promise<boolean> {
    const numbers = { failures, failingSince, openUntil, revision: revision + 1 };
    const known = Object.entries(numbers).filter(([, value]) => value !== undefined);
    const absent = Object.entries({ disabledBecause, failingSince, openUntil }).filter(([, value]) => value === undefined).map(([name]) => name);
    const set = [...known.map(([name]) => name), ...disabledBecause === undefined ? [] : ['disabledBecause']].map((name) => `${name} = :${name}`);
    const saved = await unless('ConditionalCheckFailedException', this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: { endpoint: { S: id } },
      // Something is always absent: what is disabled has no circuit.
      UpdateExpression: `SET ${set.join(', ')} REMOVE ${absent.join(', ')}`,
      // An endpoint that was deleted stays deleted.
      ConditionExpression: `attribute_exists(endpoint) AND ${revision === 0 ? 'attribute_not_exists(revision)' : 'revision = :seen'}`,
      ExpressionAttributeValues: {
        ...Object.fromEntries(known.map(([name, value]) => [`:${name}`, { N: String(value) }])),
        ...disabledBecause === undefined ? {} : { ':disabledBecause': { S: disabledBecause } },
        ...revision === 0 ? {} : { ':seen': { N: String(revision) } },
      },
    })));
    return saved !== undefined;
  }
}

function endpointOf(id: string, item: Readonly<Record<string, AttributeValue | undefined>>): Endpoint {
  const { tenant, url, keySecretArn, headers } = item;
  if (!tenant?.S || !url?.S || !keySecretArn?.S) throw new UnusableEndpoint('the row of an endpoint has no tenant, no URL or no secret');
  return {
    id,
    tenant: tenant.S,
    url: url.S,
    keySecretArn: keySecretArn.S,
    headers: Object.fromEntries(Object.entries(headers?.M ?? {}).map(([name, value]) => [name, value.S])),
    revision: numberOf(item.revision) ?? 0,
    state: stateOf(item),
  };
}

function stateOf({ disabledBecause, failures, failingSince, openUntil }: Readonly<Record<string, AttributeValue | undefined>>): EndpointState {
  const because = REASONS.find((known) => known === disabledBecause?.S);
  const since = numberOf(failingSince);
  const until = numberOf(openUntil);
  return {
    failures: numberOf(failures) ?? 0,
    ...because === undefined ? {} : { disabledBecause: because },
    ...since === undefined ? {} : { failingSince: since },
    ...until === undefined ? {} : { openUntil: until },
  };
}

function numberOf(value: AttributeValue | undefined): number | undefined {
  return value?.N === undefined ? undefined : Number(value.N);
}
