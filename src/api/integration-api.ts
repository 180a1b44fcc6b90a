import { Lazy, Names } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { ApiConsumer, ApiConsumerProps } from './api-consumer';
import { IApiDomain } from './api-domain-ref';
import { ApiPlatform } from './api-platform';
import { Authorization } from './authorization';
import { HttpMethod } from './http-method';
import { Integration } from './integration';
import { IntegrationApiProps } from './integration-api-props';
import { OpenApiProps, OpenApiRoutes } from './open-api-routes';
import { sharedAccessLogFormat } from './private/access-log-format';
import { BoundAuthorization, RouteBinding } from './private/bindings';
import { Callers } from './private/callers';
import { presentCertificate } from './private/client-certificate';
import { requireName } from './private/consumer-checks';
import { ConsumerHost } from './private/consumer-host';
import { logExecutions } from './private/execution-log';
import { integrationRole } from './private/integration-role';
import { MethodOptions, methodOf, MethodParts } from './private/method';
import { acknowledgeStage, MethodSettings } from './private/method-settings';
import { importedRoutes } from './private/openapi/import-routes';
import { ANY_MEDIA_TYPE, requireBytes, requireNoSchema } from './private/raw-bodies';
import { BY_SIGNATURE, ReceiverRouteOptions, WHY_OPEN } from './private/receiver-route';
import { ResourceAccess } from './private/resource-access';
import { requirePath, requireReach, requireRoute } from './private/routes';
import { watchTraffic } from './private/traffic-alarm';
import { publicUrl } from './private/url';
import { Route, RouteOptions } from './route';
import { IWebAcl } from './web-acl-ref';
import { WebhookAcl } from './webhook-acl';
import { Foundation } from '../foundation';
import { ConfigurationError, requireInteger } from '../private';

const STAGE = 'live';

/**
 * A regional REST API in front of integrations: every route asks who calls, has limits, and refuses what it was not made for.
 *
 * A web ACL, alarms and the log of requests are the platform's, so a further API brings its own routes, the log of its executions and one
 * alarm on unusual traffic. TLS 1.2 and newer is accepted, by an enhanced security policy.
 *
 * @example
 * declare const partner: iam.IRole;
 * const received = new storage.IntegrationQueue(this, 'Received');
 * const orders = new api.IntegrationApi(this, 'OrdersApi', { authorization: api.Authorization.iam() });
 * const post = orders.addRoute(api.HttpMethod.POST, '/orders', {
 *   integration: api.Integration.queue(received.queue),
 *   body: {
 *     type: apigateway.JsonSchemaType.OBJECT,
 *     properties: { sku: { type: apigateway.JsonSchemaType.STRING, maxLength: 64 } },
 *     required: ['sku'],
 *     additionalProperties: false,
 *   },
 * });
 * post.grantInvoke(partner);
 */
export class IntegrationApi extends Construct {
  /**
   * An API with the operations of an OpenAPI document as its routes.
   *
   * Each operation has to say who may call it, and what its body looks like. See `addOpenApi`.
   */
  public static fromOpenApi(scope: Construct, id: string, props: OpenApiProps): IntegrationApi {
    const api = new IntegrationApi(scope, id, props);
    api.addOpenApi(props);
    return api;
  }

  /** The underlying API, for whatever this construct does not cover. */
  public readonly restApi: apigateway.RestApi;

  /** Name under which the metrics of the API stand. */
  public readonly apiName: string;

  /** @internal */
  public readonly _rawBodies: boolean;

  /**
   * Who may call where a route does not say.
   *
   * @internal
   */
  public readonly _authorization: Authorization | undefined;

  private readonly stage: apigateway.CfnStage;
  private readonly settings: MethodSettings;
  private readonly access: ResourceAccess;
  private readonly webAcl: IWebAcl;
  private readonly domain: IApiDomain | undefined;
  private readonly basePath: string | undefined;
  private readonly callers: Callers;
  private readonly host: ConsumerHost;
  private readonly operations = new Map<string, Route>();

  constructor(scope: Construct, id: string, props: IntegrationApiProps = {}) {
    super(scope, id);

    requireReach(this, props);
    const platform = props.platform ?? ApiPlatform.of(props.foundation ?? Foundation.of(this));
    const foundation = props.foundation ?? platform.foundation;
    const anomalyBand = props.anomalyBand ?? 3;
    requireInteger(this, 'anomalyBand', anomalyBand, 1, 100);
    this._authorization = props.authorization;
    this.domain = props.domain;
    this.settings = new MethodSettings(this, props.rateLimit ?? 50, props.burstLimit ?? 100);
    this.basePath = props.basePath;
    this._rawBodies = props.rawBodies ?? false;
    this.access = new ResourceAccess(STAGE, props.vpcEndpoints);
    this.apiName = Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });

    this.restApi = new apigateway.RestApi(this, 'Resource', {
      restApiName: this.apiName,
      description: props.description,
      endpointConfiguration: props.vpcEndpoints
        ? { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints: props.vpcEndpoints }
        : { types: [apigateway.EndpointType.REGIONAL] },
      binaryMediaTypes: this._rawBodies ? ANY_MEDIA_TYPE : undefined,
      disableExecuteApiEndpoint: props.domain ? true : undefined,
      failOnWarnings: true,
      // The platform sets the role, once for the account.
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        accessLogDestination: new apigateway.LogGroupLogDestination(platform.accessLogGroup),
        accessLogFormat: apigateway.AccessLogFormat.custom(sharedAccessLogFormat(this.apiName)),
        tracingEnabled: true,
      },
    });
    // The endpoint is an output only for the sake of a first look, and is off where there is a domain.
    this.restApi.node.tryRemoveChild('Endpoint');
    const resource = this.restApi.node.defaultChild as apigateway.CfnRestApi;
    resource.securityPolicy = apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
    resource.endpointAccessMode = apigateway.EndpointAccessMode.STRICT;
    resource.policy = Lazy.any({ produce: () => this.access.policy() });
    this.node.addValidation({ validate: () => this.access.problems(this) });

    this.stage = this.restApi.deploymentStage.node.defaultChild as apigateway.CfnStage;
    this.stage.methodSettings = Lazy.any({ produce: () => this.settings.render() });
    this.callers = new Callers(this, this.restApi);
    this.webAcl = this._rawBodies ? platform.webhookAcl : platform.webAcl;
    logExecutions(this, this.restApi, platform, foundation);
    new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', {
      webAclArn: this.webAcl.webAclArn,
      resourceArn: this.restApi.deploymentStage.stageArn,
    });
    if (props.domain) {
      new apigateway.BasePathMapping(this, 'Mapping', {
        domainName: props.domain.domain, basePath: props.basePath, restApi: this.restApi, stage: this.restApi.deploymentStage,
      });
    }
    watchTraffic(this, this.metric('Count', { statistic: 'Sum' }), foundation, anomalyBand);
    acknowledgeStage(this.restApi.deploymentStage);
    this.host = {
      api: this,
      restApi: this.restApi,
      apiName: this.apiName,
      callers: this.callers,
      foundation,
      accessLogGroup: platform.accessLogGroup,
      isPrivate: props.vpcEndpoints !== undefined,
    };
  }

  /**
   * Adds a route.
   *
   * @param path from the root of the API on, with parameters in braces: `/orders/{id}`
   */
  public addRoute(httpMethod: HttpMethod, path: string, options: RouteOptions): Route {
    if (this._rawBodies) requireNoSchema(this, `${httpMethod} ${path}`, options);
    requireRoute(this, httpMethod, path, options, this._authorization !== undefined);
    const binding = this.binding(httpMethod, path);
    const open = options.withoutAuthorization && `${options.withoutAuthorization.reason} (owner: ${options.withoutAuthorization.owner})`;
    const authorization: BoundAuthorization = options.withoutAuthorization
      ? { authorizationType: apigateway.AuthorizationType.NONE }
      : (options.authorization ?? this._authorization!)._bind(binding);
    const requiresApiKey = options.requireApiKey ?? authorization.keySource !== undefined;
    if (requiresApiKey || authorization.keySource) {
      const source = authorization.keySource ?? apigateway.ApiKeySourceType.HEADER;
      this.callers.takeKeysFrom(this, `'authorization' of route '${binding.name}'`, source, `route '${binding.name}'`);
    }
    return this.add(binding, options, { authorization, integration: options.integration._bind(binding), requiresApiKey, open });
  }

  /** The URL by which clients reach a path of the API, by its domain where it has one. */
  public urlOf(path: string): string {
    requirePath(this, path);
    return publicUrl(this.restApi, STAGE, path, this.domain, this.basePath);
  }

  /**
   * Adds somebody who calls the API, with limits, a key that is rotated, and alarms of its own.
   *
   * @param name in logs and metrics, from 1 to 40 lower-case letters, digits and hyphens, a letter first
   */
  public addConsumer(name: string, props: ApiConsumerProps): ApiConsumer {
    requireName(this, name);
    return ApiConsumer._of(this.host, name, props);
  }

  /**
   * Adds the operations of an OpenAPI document, stricter than the document says: objects take the members alone that it names, texts and
   * lists without a limit get one, and members that are read alone are refused. What API Gateway cannot enforce is a warning,
   * `OpenApiDocument.NOT_ENFORCED`; anything else that it cannot do is an error which names the place in the document.
   */
  public addOpenApi(routes: OpenApiRoutes): void {
    for (const [name, route] of importedRoutes(this, routes)) this.operations.set(name, route);
  }

  /**
   * The route of an operation that was added by its document.
   *
   * @param operationId by method and path, `GET /orders`, where the document gives none
   */
  public operation(operationId: string): Route {
    const route = this.operations.get(operationId);
    if (route) return route;
    const known = [...this.operations.keys()].join(', ') || 'none';
    throw new ConfigurationError(this, `'operationId' must be of an operation that was added (${known}), got '${operationId}'; correct it`);
  }

  /**
   * Adds a route that anybody may call because its function verifies a signature: control `WEBHOOK-SIGNATURE` stands in for a waiver of
   * `API-AUTHORIZATION` and `API-BODY-SCHEMA`.
   *
   * @internal
   */
  public _addReceiverRoute(httpMethod: HttpMethod, path: string, { handler, ...limits }: ReceiverRouteOptions): Route {
    requirePath(this, path);
    const binding = this.binding(httpMethod, path);
    const integration = Integration.lambdaFunction(handler)._bind(binding);
    return this.add(binding, limits, { authorization: BY_SIGNATURE, integration, requiresApiKey: false, open: WHY_OPEN });
  }

  /**
   * Refuses what comes to a route from other addresses than those.
   *
   * @internal
   */
  public _restrictSources(route: Route, cidrs: readonly string[]): void {
    this.access.restrict(route.httpMethod, route.path, cidrs);
  }

  /**
   * Keeps a header field out of the log of the platform's own web ACL for webhooks: a password, or the signature of an unknown sender.
   *
   * @internal
   */
  public _hideHeader(header: string): void {
    if (this.webAcl instanceof WebhookAcl) this.webAcl._hide(header);
  }

  /** A metric of the API, of namespace `AWS/ApiGateway`. */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiName: this.apiName, Stage: STAGE }, ...props });
  }

  private binding(httpMethod: HttpMethod, path: string): RouteBinding {
    return new RouteBinding(this, this.restApi, httpMethod, path, () => integrationRole(this, this.apiName), this.domain);
  }

  private add(binding: RouteBinding, options: MethodOptions, parts: MethodParts): Route {
    const { authorization, integration, requiresApiKey } = parts;
    if (this._rawBodies) requireBytes(binding, integration);
    const { httpMethod, path } = binding;
    const route = new Route(httpMethod, path, methodOf(binding, options, parts), requiresApiKey);
    if (authorization.stageVariables) this.callers.tell(this, 'authorization', authorization.stageVariables);
    this.callers.add(route, authorization);
    this.settings.add(httpMethod, path, options.rateLimit, options.burstLimit);
    if (authorization.authorizationType !== apigateway.AuthorizationType.IAM) this.access.open(httpMethod, path);
    if (integration.overHttp) presentCertificate(this, this.apiName, this.stage);
    return route;
  }
}
