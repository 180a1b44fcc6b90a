import { App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { api } from '../../src';
import { propertiesOf } from '../storage/templates';

/** A document of one operation, `POST /orders`, that is whole but for what a test says otherwise. */
export function documentOf(operation: object = {}, others: object = {}): any {
  return {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    paths: {
      '/orders': {
        post: {
          operationId: 'placeOrder',
          security: [{ aws: [] }],
          requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { sku: { type: 'string', maxLength: 64 } } } } } },
          responses: { 202: { description: 'taken' } },
          ...operation,
        },
      },
    },
    components: {
      securitySchemes: {
        aws: { type: 'apiKey', in: 'header', name: 'Authorization' },
        partners: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/.well-known/openid-configuration' },
      },
    },
    ...others,
  };
}

/** The document with another schema of the body. */
export function documentWith(schema: unknown, others: object = {}): any {
  return documentOf({ requestBody: { required: true, content: { 'application/json': { schema } } } }, others);
}

export interface Imported {
  readonly stack: Stack;
  readonly api: api.IntegrationApi;
  all(type: string): any[];
  warnings(): string[];
}

/** Imports a document, of which everything is answered by an event bus. */
export function imported(document: unknown, options: (stack: Stack) => Partial<api.OpenApiProps> = () => ({})): Imported {
  const stack = new Stack(new App(), 'Stack');
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const served = api.IntegrationApi.fromOpenApi(stack, 'Api', {
    document: api.OpenApiDocument.fromText(text, 'orders.yaml'),
    integration: api.Integration.eventBus(events.EventBus.fromEventBusName(stack, 'Bus', 'orders'), { source: 'orders', detailType: 'Placed' }),
    authorizations: { aws: api.SchemeAuthorization.iam() },
    ...options(stack),
  });
  return {
    stack,
    api: served,
    all: (type) => Object.values(propertiesOf(stack, type)),
    warnings: () => stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)),
  };
}

/** The schema that the model of the only body has. */
export function modelOf(document: unknown, options?: (stack: Stack) => Partial<api.OpenApiProps>): any {
  const [{ Schema: { $schema, ...schema } }] = imported(document, options).all('AWS::ApiGateway::Model');
  return schema;
}

/** What an import says of a document that it refuses. */
export function refusalOf(document: unknown, options?: (stack: Stack) => Partial<api.OpenApiProps>): string {
  try {
    imported(document, options);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'taken';
}
