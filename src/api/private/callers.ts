import { Lazy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct, IConstruct } from 'constructs';
import { BoundAccess } from './bound-access';
import { requireRoomFor } from './routes';
import { ConfigurationError } from '../../private';
import { Route } from '../route';

/** How a route asks who calls. */
interface Asked {
  readonly authorizationType: apigateway.AuthorizationType;
  readonly judge?: IConstruct;
}

const SOURCES: Readonly<Record<apigateway.ApiKeySourceType, string>> = {
  [apigateway.ApiKeySourceType.AUTHORIZER]: 'the authorizer',
  [apigateway.ApiKeySourceType.HEADER]: 'the header field X-API-Key',
};

/** Who calls an API: what authorizers are told by stage variables, where keys of API Gateway come from, and which routes need one. */
export class Callers {
  private readonly variables: Record<string, string> = {};
  private readonly routes = new Map<apigateway.Method, Asked & { readonly route: Route }>();
  private readonly owners = new Map<string, string>();
  private source: { readonly type: apigateway.ApiKeySourceType; readonly of: string } | undefined;

  constructor(private readonly api: Construct, restApi: apigateway.RestApi) {
    const stage = restApi.deploymentStage.node.defaultChild as apigateway.CfnStage;
    stage.variables = Lazy.any({ produce: () => this.variables }, { omitEmptyArray: true }) as unknown as Record<string, string>;
    (restApi.node.defaultChild as apigateway.CfnRestApi).apiKeySourceType = Lazy.string({ produce: () => this.source?.type });
  }

  /** Tells authorizers what a stage has room for; `prop` is what asks for it. */
  public tell(scope: Construct, prop: string, variables: Readonly<Record<string, string>>): void {
    Object.assign(this.variables, variables);
    requireRoomFor(scope, prop, Object.keys(this.variables).length);
  }

  /** Has the API take keys of API Gateway from a source, of which it has one; `subject` is what asks for it, as an error names it. */
  public takeKeysFrom(scope: Construct, subject: string, type: apigateway.ApiKeySourceType, of: string): void {
    if (this.source && this.source.type !== type) {
      throw new ConfigurationError(scope,
        `${subject} must take keys of API Gateway from ${SOURCES[this.source.type]} as ${this.source.of} does, got ${SOURCES[type]}; `
        + 'an API has one source of keys, so let another API serve the other');
    }
    this.source ??= { type, of };
  }

  /** Refuses a second consumer whom an authorizer could not tell from the first. */
  public claim(consumer: Construct, identity: string): void {
    const owner = this.owners.get(identity);
    if (owner !== undefined) {
      throw new ConfigurationError(consumer, `'access' must be of this consumer alone, got that of '${owner}'; give each a client or a role of its own`);
    }
    this.owners.set(identity, consumer.node.id);
  }

  /** Remembers how a route asks who calls. */
  public add(route: Route, asked: Asked): void {
    this.routes.set(route.method, { ...asked, route });
  }

  /** Refuses a route that is not the API's, or needs no key, so that no usage plan counts its requests. */
  public requireMetered(scope: Construct, prop: string, route: Route): void {
    if (!this.routes.has(route.method)) {
      throw new ConfigurationError(scope, `'${prop}' must be of API ${this.api.node.path}, got '${route.httpMethod} ${route.path}' of ${route.method.api.node.path}; name a route of it`);
    }
    if (!route.requiresApiKey) {
      throw new ConfigurationError(scope, `'${prop}' must require a key, got '${route.httpMethod} ${route.path}'; set its 'requireApiKey', since a usage plan counts nothing else`);
    }
  }

  /** Whether a route takes the proof of a consumer, and needs its key. */
  public isAsked(access: BoundAccess, route?: Route): boolean {
    return [...this.routes.values()].filter((each) => route === undefined || each.route === route)
      .some(({ route: { requiresApiKey }, judge, authorizationType }) => requiresApiKey && judge === access.judge
        && (access.judge !== undefined || authorizationType === apigateway.AuthorizationType.IAM));
  }
}
