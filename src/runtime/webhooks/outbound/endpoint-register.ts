import { AttributeValue, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { EndpointHeaders } from './endpoint-headers';
import { unless } from '../../shared/error-name';

/** Names an endpoint of a tenant. */
export interface EndpointKey { readonly endpoint: string; readonly tenant: string }

/** What is stored of an endpoint; headers in order, so that the same are stored alike. */
export interface StoredEndpoint { readonly url: string; readonly keySecretArn: string; readonly headers: EndpointHeaders }

/** A name that is a reserved word of DynamoDB ("Reserved words in DynamoDB"). */
const NAMES = { url: '#url' } as const;

/**
 * Endpoints, as those see them who register them. Each change is one write, under the condition that the endpoint is the tenant's, and has the
 * state of the sender count on, so that an attempt which is under way takes nothing back.
 */
export class EndpointRegister {
  constructor(private readonly client: Pick<DynamoDBClient, 'send'>, private readonly table: string) {}

  /** Adds an endpoint; tells whether it is there now, as given. One that is there already, the same, keeps its state. */
  public add({ endpoint, tenant }: EndpointKey, { url, keySecretArn, headers }: StoredEndpoint): Promise<boolean> {
    return this.happens(
      endpoint,
      'SET tenant = :tenant, #url = :url, keySecretArn = :keySecretArn, headers = :headers',
      'attribute_not_exists(endpoint) OR (tenant = :tenant AND #url = :url AND keySecretArn = :keySecretArn AND headers = :headers)',
      { ':tenant': { S: tenant }, ...valuesOf({ url, keySecretArn, headers }) },
    );
  }

  /**
   * Changes what is given, at least one member; tells whether there is such an endpoint. Of another URL nothing bad is known; what is disabled stays so.
   */
  public change({ endpoint, tenant }: EndpointKey, changes: Partial<StoredEndpoint>): Promise<boolean> {
    const values = valuesOf(changes);
    const isElsewhere = changes.url !== undefined;
    const set = Object.keys(values).map((placeholder) => `${nameOf(placeholder)} = ${placeholder}`).join(', ');
    const update = isElsewhere ? `SET ${set}, failures = :none REMOVE failingSince, openUntil ADD revision :one` : `SET ${set} ADD revision :one`;
    return this.happens(endpoint, update, 'tenant = :tenant', {
      ':tenant': { S: tenant }, ':one': { N: '1' }, ...values, ...isElsewhere ? { ':none': { N: '0' } } : {},
    });
  }

  /** Has nothing sent to an endpoint; tells whether there is such a one. */
  public disable({ endpoint, tenant }: EndpointKey): Promise<boolean> {
    return this.happens(endpoint, 'SET disabledBecause = :because REMOVE openUntil ADD revision :one', 'tenant = :tenant', {
      ':tenant': { S: tenant }, ':because': { S: 'requested' }, ':one': { N: '1' },
    });
  }

  /** Has an endpoint be one of which nothing bad is known; tells whether there is such a one. */
  public enable({ endpoint, tenant }: EndpointKey): Promise<boolean> {
    return this.happens(endpoint, 'SET failures = :none REMOVE disabledBecause, failingSince, openUntil ADD revision :one', 'tenant = :tenant', {
      ':tenant': { S: tenant }, ':none': { N: '0' }, ':one': { N: '1' },
    });
  }

  private async happens(endpoint: string, update: string, condition: string, values: Record<string, AttributeValue>): Promise<boolean> {
    const written = this.client.send(new UpdateItemCommand({
      TableName: this.table,
      Key: { endpoint: { S: endpoint } },
      UpdateExpression: update,
      ConditionExpression: condition,
      ...update.includes(NAMES.url) ? { ExpressionAttributeNames: { [NAMES.url]: 'url' } } : {},
      ExpressionAttributeValues: values,
    }));
    return await unless('ConditionalCheckFailedException', written) !== undefined;
  }
}

/** Values of those members that are given, by placeholder. */
function valuesOf({ url, keySecretArn, headers }: Partial<StoredEndpoint>): Record<string, AttributeValue> {
  return {
    ...url === undefined ? {} : { ':url': { S: url } },
    ...keySecretArn === undefined ? {} : { ':keySecretArn': { S: keySecretArn } },
    ...headers === undefined ? {} : { ':headers': { M: Object.fromEntries(Object.entries(headers).sort().map(([name, value]) => [name, { S: value }])) } },
  };
}

function nameOf(placeholder: string): string {
  return placeholder === ':url' ? NAMES.url : placeholder.slice(1);
}
