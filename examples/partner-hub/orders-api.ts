import { join } from 'node:path';
import { Duration, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { api, foundation, storage } from '../../src';
import { TeamFunction } from '../shared/team-function';

/** What the API promises its callers, which is what it does. */
const CONTRACT = api.OpenApiDocument.fromFile(join(__dirname, 'orders.openapi.json'));

/** Somebody who places orders. */
export interface Partner {
  readonly name: string;
  /** OAuth client with which the partner gets its tokens. */
  readonly clientId: string;
  /** Ranges of addresses that the partner calls from. */
  readonly cidrs: string[];
}

/** Properties of an `OrdersApi`. */
export interface OrdersApiProps {
  readonly foundation: foundation.IFoundation;
  readonly domain: api.IApiDomain;
  /** Whose tokens let a partner place orders. */
  readonly tokens: api.OidcAuthorizer;
  readonly partners: readonly Partner[];
  readonly orders: storage.IntegrationTable;
}

/** Partners place orders, which a queue keeps until they are stored; internal systems look them up. */
export class OrdersApi extends Construct {
  constructor(scope: Construct, id: string, props: OrdersApiProps) {
    super(scope, id);
    const shared = { foundation: props.foundation };
    const environment = { ORDERS_TABLE: props.orders.table.tableName };

    const placed = new storage.IntegrationQueue(this, 'Placed', { ...shared, visibilityTimeout: Duration.minutes(1) });
    const storing = new TeamFunction(this, 'Storing', {
      ...shared, bundle: join(__dirname, 'assets', 'placed-orders'), description: 'Stores the lines of placed orders', environment, timeout: Duration.seconds(10),
    });
    storing.consume(placed);
    props.orders.grant(storing.role, 'dynamodb:PutItem');

    const lookup = new TeamFunction(this, 'Lookup', {
      ...shared, bundle: join(__dirname, 'assets', 'order-lookup'), description: 'Tells the lines of an order', environment, timeout: Duration.seconds(5),
    });
    props.orders.grant(lookup.role, 'dynamodb:Query');

    const orders = api.IntegrationApi.fromOpenApi(this, 'Api', {
      ...shared,
      description: 'Partners place orders; internal systems look them up',
      domain: props.domain,
      basePath: 'orders',
      document: CONTRACT,
      authorizations: { partners: api.SchemeAuthorization.oidc(props.tokens), internal: api.SchemeAuthorization.iam() },
      operations: {
        placeOrder: { integration: api.Integration.queue(placed.queue), rateLimit: 20, burstLimit: 40 },
        getOrder: { integration: api.Integration.lambdaFunction(lookup.function) },
      },
    });
    for (const { name, clientId, cidrs } of props.partners) {
      orders.addConsumer(name, { access: api.ConsumerAccess.apiKeyWithToken(props.tokens, clientId), cidrs, rateLimit: 5, burstLimit: 10 });
    }
    Validations.of(orders.operation('getOrder').method).acknowledge({
      id: `annotation::${api.OpenApiDocument.NOT_ENFORCED}`, reason: 'the function answers an id that cannot be one as it does an unknown one',
    });
  }
}
