import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { HubFunction } from './hub-function';
import { api, foundation, storage } from '../../src';

/** What the API promises its callers. */
const CONTRACT = JSON.parse(readFileSync(join(__dirname, 'orders.openapi.json'), 'utf8')) as {
  readonly components: { readonly schemas: { readonly Order: apigateway.JsonSchema } };
};

/** Properties of an `OrdersApi`. */
export interface OrdersApiProps {
  readonly foundation: foundation.IFoundation;
  readonly domain: api.IApiDomain;
  /** Whose tokens let a partner place orders. */
  readonly partners: api.OidcAuthorizer;
  readonly orders: storage.IntegrationTable;
}

/** Partners place orders, which a queue keeps until they are stored; internal systems look them up. */
export class OrdersApi extends Construct {
  constructor(scope: Construct, id: string, props: OrdersApiProps) {
    super(scope, id);
    const shared = { foundation: props.foundation };
    const environment = { ORDERS_TABLE: props.orders.table.tableName };

    const placed = new storage.IntegrationQueue(this, 'Placed', { ...shared, visibilityTimeout: Duration.minutes(1) });
    const storing = new HubFunction(this, 'Storing', {
      ...shared, handler: 'placed-orders', description: 'Stores the lines of placed orders', environment, timeout: Duration.seconds(10),
    });
    storing.consume(placed);
    props.orders.grant(storing.role, 'dynamodb:PutItem');

    const lookup = new HubFunction(this, 'Lookup', {
      ...shared, handler: 'order-lookup', description: 'Tells the lines of an order', environment, timeout: Duration.seconds(5),
    });
    props.orders.grant(lookup.role, 'dynamodb:Query');

    const orders = new api.IntegrationApi(this, 'Api', {
      ...shared, description: 'Partners place orders; internal systems look them up', domain: props.domain, basePath: 'orders',
    });
    orders.addRoute(api.HttpMethod.POST, '/orders', {
      integration: api.Integration.queue(placed.queue),
      authorization: api.Authorization.oidc(props.partners, 'orders:write'),
      body: CONTRACT.components.schemas.Order,
      rateLimit: 20,
      burstLimit: 40,
    });
    orders.addRoute(api.HttpMethod.GET, '/orders/{orderId}', {
      integration: api.Integration.lambdaFunction(lookup.function),
      authorization: api.Authorization.iam(),
    });
  }
}
