import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { api, core, foundation, storage } from '../../src';
import { acknowledgedBelow, identityStatements, propertiesOf } from '../storage/templates';

const { HttpMethod, Authorization, Integration } = api;
const waiver = core.Waiver.because('health checks come from anywhere', { owner: 'edi-team', expires: '2027-01-31' });
const schema: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  properties: { sku: { type: apigateway.JsonSchemaType.STRING, maxLength: 64 } },
  required: ['sku'],
  additionalProperties: false,
};

function handlerIn(stack: Stack): lambda.IFunction {
  return lambda.Function.fromFunctionAttributes(stack, 'Handler', {
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:orders', sameEnvironment: true,
  });
}

function domainIn(stack: Stack, props: Partial<api.ApiDomainProps> = {}): api.ApiDomain {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555');
  return new api.ApiDomain(stack, 'Domain', { domainName: 'api.example.com', certificate, ...props });
}

interface Served { readonly stack: Stack; readonly api: api.IntegrationApi; one(type: string): any; all(type: string): any[] }

function serve(props: api.IntegrationApiProps | ((stack: Stack) => api.IntegrationApiProps) = {}, stackProps: StackProps = {}): Served {
  const stack = new Stack(new App(), 'Stack', stackProps);
  const served = new api.IntegrationApi(stack, 'Api', typeof props === 'function' ? props(stack) : props);
  const all = (type: string) => Object.values(propertiesOf(stack, type));
  return { stack, api: served, all, one: (type) => all(type)[0] };
}

/** With a route, without which API Gateway refuses to deploy. */
function serveOrders(props?: Parameters<typeof serve>[0], options: Partial<api.RouteOptions> = {}): Served & { route: api.Route } {
  const served = serve(props);
  const route = served.api.addRoute(HttpMethod.POST, '/orders', {
    integration: Integration.lambdaFunction(handlerIn(served.stack)), authorization: Authorization.iam(), body: schema, ...options,
  });
  return { ...served, route };
}

describe('by default', () => {
  test('is regional, and takes TLS 1.2 and newer from whom it is meant for', () => {
    expect(serveOrders().one('AWS::ApiGateway::RestApi')).toMatchObject({
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  test('limits every route, logs errors and no data, and traces', () => {
    const stage = serveOrders().one('AWS::ApiGateway::Stage');
    expect(stage.MethodSettings).toEqual([{
      HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, LoggingLevel: 'ERROR', DataTraceEnabled: false, MetricsEnabled: false,
    }]);
    expect(stage.TracingEnabled).toBe(true);
    expect(stage.CacheClusterEnabled).toBeUndefined();
  });

  test('logs each request as JSON without query, headers, body and token', () => {
    const { stack, one } = serveOrders();
    const { DestinationArn, Format } = one('AWS::ApiGateway::Stage').AccessLogSetting;
    const entry = JSON.parse(Format) as Record<string, string>;
    expect(entry).toMatchObject({ requestId: '$context.requestId', ip: '$context.identity.sourceIp', status: '$context.status', caller: '$context.authorizer.principalId' });
    expect(Object.values(entry).filter((value) => /\.path$|apiKey$|header|querystring|body|claims|validationErrorString|clientCertPem/i.test(value))).toEqual([]);
    expect(stack.resolve(DestinationArn)).toEqual(stack.resolve(api.ApiPlatform.of(foundation.Foundation.of(stack)).accessLogGroup.logGroupArn));
  });

  test('has a log group for executions, encrypted and kept for a year, before API Gateway makes one', () => {
    const { stack } = serveOrders();
    const groups = Template.fromStack(stack).findResources('AWS::Logs::LogGroup');
    const [id, group] = Object.entries(groups).find(([, { Properties }]) => JSON.stringify(Properties.LogGroupName).includes('API-Gateway-Execution-Logs_'))!;
    expect(group.Properties.LogGroupName).toEqual({ 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', { Ref: expect.any(String) }, '/live']] });
    expect(group.Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
    expect(Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Stage'))[0].DependsOn).toEqual(expect.arrayContaining([id]));
  });

  test('waits for the role by which API Gateway writes logs', () => {
    const template = Template.fromStack(serveOrders().stack);
    const [account] = Object.keys(template.findResources('AWS::ApiGateway::Account'));
    expect(Object.values(template.findResources('AWS::ApiGateway::Stage'))[0].DependsOn).toContain(account);
  });

  test('stands behind the web ACL of the platform', () => {
    const { stack, one } = serveOrders();
    const association = one('AWS::WAFv2::WebACLAssociation');
    expect(association.WebACLArn).toEqual(stack.resolve(api.ApiPlatform.of(foundation.Foundation.of(stack)).webAcl.webAclArn));
  });

  test('tells the foundation of unusual traffic', () => {
    const alarm = serveOrders().all('AWS::CloudWatch::Alarm').find(({ ThresholdMetricId }) => ThresholdMetricId);
    expect(alarm.Metrics[0].Expression).toBe('ANOMALY_DETECTION_BAND(m0, 3)');
    expect(alarm.Metrics[1].MetricStat.Metric).toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: 'Count' });
    expect(alarm.AlarmActions).toHaveLength(1);
  });

  test('tells no address of its own as an output', () => {
    expect(Template.fromStack(serveOrders().stack).toJSON().Outputs).toBeUndefined();
  });
});

describe('a route', () => {
  test('without authorization fails with its path and the remedy', () => {
    const { stack, api: served } = serve();
    expect(() => served.addRoute(HttpMethod.GET, '/orders/{id}', { integration: Integration.lambdaFunction(handlerIn(stack)) })).toThrow(
      "[Stack/Api] 'authorization' of route 'GET /orders/{id}' must be given, got nothing; "
      + "say who may call, there or for the whole API, or give a waiver as 'withoutAuthorization'");
  });

  test('takes the authorization of the API', () => {
    const { stack, api: served, one } = serve({ authorization: Authorization.iam() });
    served.addRoute(HttpMethod.GET, '/orders', { integration: Integration.lambdaFunction(handlerIn(stack)) });
    expect(one('AWS::ApiGateway::Method').AuthorizationType).toBe('AWS_IAM');
  });

  test('is open with a waiver, which it records, and the packs of cdk-nag are told why', () => {
    const { stack, one } = serveOrders({}, { authorization: undefined, withoutAuthorization: waiver });
    expect(one('AWS::ApiGateway::Method').AuthorizationType).toBe('NONE');
    expect(acknowledgedBelow(stack)).toEqual(expect.arrayContaining([
      expect.stringMatching(/API-AUTHORIZATION\[NoAuthorization\]: health checks.*edi-team.*2027-01-31/),
      expect.stringMatching(/AwsSolutions-APIG4: health checks.*edi-team/),
    ]));
  });

  test('is no open one where the API says who may call, unless it says so', () => {
    const served = serveOrders({ authorization: Authorization.iam() }, { authorization: undefined, withoutAuthorization: waiver });
    expect(served.one('AWS::ApiGateway::Method').AuthorizationType).toBe('NONE');
  });

  test('validates body and parameters, whatever media type the body claims to have', () => {
    const { stack, one } = serveOrders();
    const method = one('AWS::ApiGateway::Method');
    const template = Template.fromStack(stack);
    const [model] = Object.entries(template.findResources('AWS::ApiGateway::Model'));
    expect(method.RequestModels).toEqual({ $default: { Ref: model[0] } });
    expect(model[1].Properties.Schema).toMatchObject({ type: 'object', additionalProperties: false, required: ['sku'] });
    expect(one('AWS::ApiGateway::RequestValidator')).toMatchObject({ ValidateRequestBody: true, ValidateRequestParameters: true });
  });

  test('demands the parameters of its path and those it names', () => {
    const { stack, api: served, one } = serve({ authorization: Authorization.iam() });
    served.addRoute(HttpMethod.GET, '/orders/{id}/lines/{line}', {
      integration: Integration.lambdaFunction(handlerIn(stack)), requiredQuery: ['from'], requiredHeaders: ['X-Partner'],
    });
    expect(one('AWS::ApiGateway::Method').RequestParameters).toEqual({
      'method.request.path.id': true, 'method.request.path.line': true, 'method.request.querystring.from': true, 'method.request.header.X-Partner': true,
    });
  });

  test('shares validator and model with a route of the same schema', () => {
    const { stack, api: served, all } = serveOrders();
    served.addRoute(HttpMethod.PUT, '/orders', {
      integration: Integration.lambdaFunction(stack.node.findChild('Handler') as unknown as lambda.IFunction), authorization: Authorization.iam(), body: { ...schema },
    });
    expect(all('AWS::ApiGateway::Model')).toHaveLength(1);
    expect(all('AWS::ApiGateway::RequestValidator')).toHaveLength(1);
  });

  test('has limits of its own, the others stay the API\'s', () => {
    const settings = serveOrders({ burstLimit: 40 }, { rateLimit: 5 }).one('AWS::ApiGateway::Stage').MethodSettings;
    expect(settings[1]).toEqual({ ...settings[0], HttpMethod: 'POST', ResourcePath: '/orders', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 40 });
  });

  test('is called by whom it is granted to, and by nobody else', () => {
    const { stack, route } = serveOrders();
    const partner = new iam.Role(stack, 'Partner', { assumedBy: new iam.AccountPrincipal('111122223333') });
    route.grantInvoke(partner);
    const statement = identityStatements(stack).find(({ Action }) => Action === 'execute-api:Invoke')!;
    expect(JSON.stringify(statement.Resource)).toContain('/POST/orders');
  });

  test('changes the deployment when its authorizer or schema changes', () => {
    const deployment = (options: Partial<api.RouteOptions>) =>
      Object.keys(Template.fromStack(serveOrders({}, options).stack).findResources('AWS::ApiGateway::Deployment'))[0];
    expect(deployment({ body: { ...schema, required: [] } })).not.toBe(deployment({}));
    expect(deployment({})).toBe(deployment({}));
  });

  test.each([
    ['orders', 'a path without a slash'], ['/orders/', 'a slash at the end'], ['/or ders', 'a space'], ['/{id', 'an open brace'], ['/{all+}/more', 'a greedy parameter inside'],
  ])('refuses the path %j: %s', (path) => {
    const { stack, api: served } = serve({ authorization: Authorization.iam() });
    expect(() => served.addRoute(HttpMethod.GET, path, { integration: Integration.lambdaFunction(handlerIn(stack)) }))
      .toThrow(`[Stack/Api] 'path' must be a path from the root on, with parameters in braces, got '${path}'; write for example '/orders/{id}'`);
  });

  test.each<[Partial<api.RouteOptions>, string]>([
    [{ body: undefined }, "'body' of route 'POST /orders' must say what a body looks like, got nothing; give a JSON schema, or a waiver as 'withoutBodySchema'"],
    [{ body: {} }, "'body' of route 'POST /orders' must say what a body looks like, got nothing; give a JSON schema, or a waiver as 'withoutBodySchema'"],
    [{ withoutBodySchema: waiver }, "'withoutBodySchema' of route 'POST /orders' must be left out where 'body' is given, got both; remove the one that is wrong"],
    [{ withoutAuthorization: waiver }, "'withoutAuthorization' of route 'POST /orders' must be left out where 'authorization' is given, got both; remove the one that is wrong"],
    [{ rateLimit: 0 }, "'rateLimit of route 'POST /orders'' must be a whole number between 1 and 10000, got 0; choose one in that range"],
    [{ burstLimit: 5001 }, "'burstLimit of route 'POST /orders'' must be a whole number between 1 and 5000, got 5001; choose one in that range"],
  ])('refuses %j', (options, message) => {
    expect(() => serveOrders({}, options)).toThrow(`[Stack/Api] ${message}`);
  });

  test('refuses a body where HTTP has none', () => {
    const { stack, api: served } = serve({ authorization: Authorization.iam() });
    expect(() => served.addRoute(HttpMethod.GET, '/orders', { integration: Integration.lambdaFunction(handlerIn(stack)), body: schema }))
      .toThrow("[Stack/Api] 'body' of route 'GET /orders' must be left out, got one; GET has no body (RFC 9110, 9.3)");
  });

  test('takes any body with a waiver, which it records', () => {
    const { stack, one } = serveOrders({}, { body: undefined, withoutBodySchema: waiver });
    expect(one('AWS::ApiGateway::Method').RequestModels).toBeUndefined();
    expect(acknowledgedBelow(stack).join('\n')).toMatch(/API-BODY-SCHEMA\[.*health checks/);
  });
});

describe('with a Cognito user pool', () => {
  function withPool(...scopes: string[]): Served {
    const served = serve();
    const pool = cognito.UserPool.fromUserPoolArn(served.stack, 'Pool', 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_abc');
    for (const path of ['/a', '/b']) {
      served.api.addRoute(HttpMethod.GET, path, {
        integration: Integration.lambdaFunction(served.stack.node.tryFindChild('Handler') as unknown as lambda.IFunction ?? handlerIn(served.stack)),
        authorization: Authorization.cognito(pool, ...scopes),
      });
    }
    return served;
  }

  test('asks for scopes, with one authorizer for all routes', () => {
    const { all } = withPool('orders/read');
    expect(all('AWS::ApiGateway::Authorizer')).toHaveLength(1);
    expect(all('AWS::ApiGateway::Authorizer')[0]).toMatchObject({ Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization' });
    expect(all('AWS::ApiGateway::Method').map((method) => [method.AuthorizationType, method.AuthorizationScopes])).toEqual(
      [['COGNITO_USER_POOLS', ['orders/read']], ['COGNITO_USER_POOLS', ['orders/read']]]);
  });

  test('refuses a route without scopes, where ID tokens would be let in', () => {
    expect(() => withPool()).toThrow("[Stack/Api] 'scopes' of route 'GET /a' must name at least one, got none; name the scope that a caller needs, since a token of any scope would do");
  });

  test('leaves the rule of cdk-nag on Cognito to decide', () => {
    expect(acknowledgedBelow(withPool('orders/read').stack).join()).not.toContain('COG4');
  });
});

describe('with a domain', () => {
  test('switches the endpoint off that API Gateway made up, and answers under its base path', () => {
    const { one } = serveOrders((stack) => ({ domain: domainIn(stack), basePath: 'orders' }));
    expect(one('AWS::ApiGateway::RestApi').DisableExecuteApiEndpoint).toBe(true);
    expect(one('AWS::ApiGateway::BasePathMapping')).toMatchObject({ BasePath: 'orders', Stage: expect.anything() });
  });

  test.each<[(stack: Stack) => api.IntegrationApiProps, string]>([
    [() => ({ basePath: 'orders' }), "'basePath' must come with a domain, got 'orders' alone; add 'domain' or remove it"],
    [(stack) => ({ domain: domainIn(stack), basePath: '/orders' }), "'basePath' must be a path without slash at its start and end, got '/orders'; write for example 'orders'"],
    [(stack) => ({ domain: domainIn(stack), vpcEndpoints: [endpointIn(stack)] }), "'domain' must be left out for a private API, got one; clients use the names of the VPC endpoint"],
    [() => ({ vpcEndpoints: [] }), "'vpcEndpoints' must name at least one, got none; leave it out for an API that is reached from the internet"],
    [() => ({ rateLimit: 10_001 }), "'rateLimit' must be a whole number between 1 and 10000, got 10001; choose one in that range"],
    [() => ({ anomalyBand: 0 }), "'anomalyBand' must be a whole number between 1 and 100, got 0; choose one in that range"],
    [() => ({ burstLimit: 0 }), "'burstLimit' must be a whole number between 1 and 5000, got 0; choose one in that range"],
  ])('refuses %s', (props, message) => {
    expect(() => serve(props)).toThrow(`[Stack/Api] ${message}`);
  });
});

function endpointIn(stack: Stack): ec2.IVpcEndpoint {
  return ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'Endpoint', { vpcEndpointId: 'vpce-1234567890abcdef0', port: 443 });
}

describe('a private API', () => {
  const { stack, api: served, one } = serve((home) => ({ vpcEndpoints: [endpointIn(home)] }));
  const integration = Integration.lambdaFunction(handlerIn(stack));
  served.addRoute(HttpMethod.GET, '/internal/{id}', { integration, authorization: Authorization.iam() });
  served.addRoute(HttpMethod.GET, '/status/{part}/{all+}', { integration, withoutAuthorization: waiver });
  const { Policy, EndpointConfiguration } = one('AWS::ApiGateway::RestApi');

  test('is reached by its endpoints alone', () => {
    expect(EndpointConfiguration).toEqual({ Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1234567890abcdef0'] });
    expect(Policy.Statement[0]).toMatchObject({ Effect: 'Deny', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-1234567890abcdef0'] } } });
  });

  test('leaves routes of IAM to the policies of callers, which an allow for anybody would stand in for', () => {
    expect(Policy.Statement.slice(1)).toEqual([
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/live/GET/status/*/*' },
    ]);
  });
});

describe('among stacks', () => {
  test('a further API takes twelve resources at the most, without its backend, and shares the rest', () => {
    const app = new App();
    const home = new Stack(app, 'Home');
    const shared = new foundation.Foundation(home, 'Shared');
    const idp = new api.OidcAuthorizer(home, 'Idp', { foundation: shared, issuers: [{ issuer: 'https://login.example.com', audiences: ['orders'] }] });
    const domain = domainIn(home);
    const counts = [1, 2, 100].map((number) => {
      const stack = new Stack(app, `Api${number}`);
      new api.IntegrationApi(stack, 'Api', { foundation: shared, domain, basePath: `v${number}` }).addRoute(HttpMethod.POST, '/orders', {
        integration: Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link'), 'https://orders.internal/'),
        authorization: Authorization.oidc(idp, 'orders'),
        body: schema,
      });
      return stack;
    }).map((stack) => Template.fromStack(stack).toJSON().Resources as Record<string, { Type: string }>)
      // A client certificate is what this kind of backend wants to see.
      .map((resources) => Object.values(resources).map(({ Type }) => Type).filter((type) => type !== 'AWS::ApiGateway::ClientCertificate').sort());

    expect(counts[2]).toEqual([
      'AWS::ApiGateway::Authorizer', 'AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Model',
      'AWS::ApiGateway::RequestValidator', 'AWS::ApiGateway::Resource', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage',
      'AWS::CloudWatch::Alarm', 'AWS::Logs::LogGroup', 'AWS::WAFv2::WebACLAssociation',
    ]);
    expect(counts).toEqual([counts[2], counts[2], counts[2]]);
    expect(Template.fromStack(home).findResources('AWS::WAFv2::WebACL')).toEqual(expect.objectContaining({}));
    Template.fromStack(home).resourceCountIs('AWS::WAFv2::WebACL', 1);
    Template.fromStack(home).resourceCountIs('AWS::ApiGateway::Account', 1);
    Template.fromStack(home).resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('a queue of the API\'s own stack and a foundation of another close no cycle', () => {
    const app = new App();
    const shared = new foundation.Foundation(new Stack(app, 'Home'), 'Shared');
    const stack = new Stack(app, 'Stack');
    const queue = new storage.IntegrationQueue(stack, 'Orders', { foundation: shared });
    new api.IntegrationApi(stack, 'Api', { foundation: shared, authorization: Authorization.iam() })
      .addRoute(HttpMethod.POST, '/orders', { integration: Integration.queue(queue.queue), body: schema });
    expect(() => app.synth()).not.toThrow();
  });
});
