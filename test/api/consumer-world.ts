import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { api } from '../../src';
import { consumerVariable } from '../../src/api/private/consumer-settings';
import { propertiesOf } from '../storage/templates';

export const env = { account: '111122223333', region: 'eu-west-1' };
export const ISSUER = 'https://login.example.com/';

/** Kinds of access, each with an API that asks for it. */
export type Kind = 'bearerKey' | 'role' | 'token';

export interface World {
  readonly app: App;
  readonly stack: Stack;
  readonly api: api.IntegrationApi;
  readonly route: api.Route;
  readonly role: iam.Role;
  /** The access of the kind, for the client or role of that name. */
  access(name?: string): api.ConsumerAccess;
  /** Adds `acme` with the access of the kind. */
  acme(props?: Partial<api.ApiConsumerProps>): api.ApiConsumer;
  all(type: string): any[];
  one(type: string): any;
  /** What the stage tells the authorizer of a consumer. */
  settings(name?: string): string | undefined;
  /** Properties of an alarm by its id below the consumer `acme`. */
  alarm(id: string): any;
}

export interface WorldOptions {
  readonly stack?: StackProps;
  readonly route?: Partial<api.RouteOptions>;
  api?(stack: Stack): api.IntegrationApiProps;
}

/** An API with one route that asks for a kind of access together with a key. */
export function worldOf(kind: Kind, options: WorldOptions = {}): World {
  const app = new App();
  const stack = new Stack(app, 'Stack', options.stack ?? { env });
  const served = new api.IntegrationApi(stack, 'Api', options.api?.(stack));
  const keys = new api.BearerKeyAuthorizer(stack, 'Keys', { prefix: 'shop' });
  const idp = new api.OidcAuthorizer(stack, 'Idp', { issuers: [{ issuer: ISSUER, audiences: ['https://api.example.com'] }] });
  const roleOf = (name: string) => stack.node.tryFindChild(name) as iam.Role | undefined ?? new iam.Role(stack, name, { assumedBy: new iam.AccountPrincipal('111122223333') });
  const authorization = {
    bearerKey: () => api.Authorization.bearerKey(keys, 'orders:read'), role: () => api.Authorization.iam(), token: () => api.Authorization.oidc(idp, 'orders:read'),
  }[kind]();
  const route = served.addRoute(api.HttpMethod.GET, '/orders', { integration: integrationIn(stack), authorization, requireApiKey: true, ...options.route });
  const access = (name = 'Partner') => ({
    bearerKey: () => api.ConsumerAccess.bearerKey(keys),
    role: () => api.ConsumerAccess.apiKeyWithRole(roleOf(name)),
    token: () => api.ConsumerAccess.apiKeyWithToken(idp, name),
  })[kind]();
  const all = (type: string) => Object.values(propertiesOf(stack, type));
  return {
    app,
    stack,
    api: served,
    route,
    role: roleOf('Partner'),
    access,
    acme: (props = {}) => served.addConsumer('acme', { access: access(), ...kind === 'bearerKey' && { scopes: ['orders:read'] }, ...props }),
    all,
    one: (type) => all(type)[0],
    settings: (name = 'acme') => all('AWS::ApiGateway::Stage')[0].Variables?.[consumerVariable(name)] as string | undefined,
    alarm: (id) => Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).find(([each]) => each.startsWith(`ApiacmeAlarms${id}`))?.[1].Properties,
  };
}

/** A backend that takes no resources of its own. */
export function integrationIn(stack: Stack): api.Integration {
  const link = stack.node.tryFindChild('Link') as unknown as apigateway.IVpcLink | undefined ?? apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1');
  return api.Integration.upstream(link, 'https://orders.internal');
}
