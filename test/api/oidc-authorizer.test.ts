import { App, Duration, Stack, Stage, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { api, foundation } from '../../src';
import { RouteBinding } from '../../src/api/private/bindings';
import { parseIssuers } from '../../src/runtime/api/issuers';
import { scopeVariable } from '../../src/runtime/api/scope-variable';
import { acknowledgedBelow, identityStatements, propertiesOf } from '../storage/templates';

const ISSUER: api.OidcIssuer = { issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] };

function authorizerIn(props: Partial<api.OidcAuthorizerProps> = {}): { stack: Stack; idp: api.OidcAuthorizer; readonly function: any } {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const idp = new api.OidcAuthorizer(stack, 'Idp', { issuers: [ISSUER], ...props });
  return { stack, idp, get function() { return Object.values(propertiesOf(stack, 'AWS::Lambda::Function'))[0]; } };
}

describe('by default', () => {
  test('runs the shipped bundle, traced and within bounds', () => {
    expect(authorizerIn().function).toMatchObject({
      Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 5, MemorySize: 512, ReservedConcurrentExecutions: 50, TracingConfig: { Mode: 'Active' },
    });
  });

  test('tells the function who may issue tokens, encrypted with the key for data', () => {
    const { stack, function: { Environment, KmsKeyArn } } = authorizerIn({ issuers: [ISSUER, { issuer: 'https://other.example.com', audiences: ['a'], algorithms: ['EdDSA'], jwksUri: 'https://other.example.com/keys' }] });
    expect(JSON.parse(Environment.Variables.ISSUERS)).toEqual([
      ISSUER, { issuer: 'https://other.example.com', audiences: ['a'], algorithms: ['EdDSA'], jwksUri: 'https://other.example.com/keys' },
    ]);
    expect(KmsKeyArn).toEqual(stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.DATA).keyArn));
  });

  test('is invoked by one role of API Gateway, for every API', () => {
    const { stack, idp } = authorizerIn();
    expect(identityStatements(stack).filter(({ Action }) => Action === 'lambda:InvokeFunction')).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: stack.resolve(idp.function.functionArn) },
    ]);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('may write its log and traces, and nothing else', () => {
    const { stack } = authorizerIn();
    const actions = identityStatements(stack).flatMap(({ Action }) => Action).filter((action) => action !== 'lambda:InvokeFunction');
    expect(actions.sort()).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
  });

  test('tells the foundation of faults and of too many instances', () => {
    const alarms = Object.values(propertiesOf(authorizerIn().stack, 'AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ MetricName, Threshold, AlarmActions }) => [MetricName, Threshold, AlarmActions.length])).toEqual(
      [[expect.stringMatching(/^AuthorizerFaults-/), 1, 1], ['Throttles', 1, 1]]);
  });

  test('counts faults in the log as the handler writes them, and no caller that is refused', () => {
    const [{ FilterPattern, MetricTransformations: [{ MetricName }] }] = Object.values(propertiesOf(authorizerIn().stack, 'AWS::Logs::MetricFilter'));
    expect(FilterPattern).toBe('{ $.message.outcome = "fault" || $.message.outcome = "misconfigured" }');
    expect(MetricName).toMatch(/^AuthorizerFaults-/);
  });

  test('says to cdk-nag where it does not follow a rule, and why', () => {
    const said = acknowledgedBelow(authorizerIn().stack).join('\n');
    for (const rule of ['LambdaDLQ', 'LambdaInsideVPC', 'IAMNoInlinePolicy', 'IAM5[Resource::*]']) expect(said).toContain(rule);
  });
});

describe('an API', () => {
  const { stack, idp } = authorizerIn({ cacheTtl: Duration.seconds(30) });
  const served = new api.IntegrationApi(stack, 'Api');
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  served.addRoute(api.HttpMethod.GET, '/orders/{id}', { integration, authorization: api.Authorization.oidc(idp, 'orders:read', 'orders:admin') });
  served.addRoute(api.HttpMethod.GET, '/lines', { integration, authorization: api.Authorization.oidc(idp, 'lines:read') });

  test('asks by one authorizer, whose answers are kept for a token on a route', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Authorizer'))).toEqual([expect.objectContaining({
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath,context.identity.sourceIp',
      AuthorizerResultTtlInSeconds: 30,
      AuthorizerCredentials: stack.resolve(idp.invocationRole.roleArn),
    })]);
  });

  test('tells the authorizer the scopes of each route, under the name that it looks for', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Stage'))[0].Variables).toEqual({
      [scopeVariable('GET', '/orders/{id}')]: 'orders:read,orders:admin',
      [scopeVariable('GET', '/lines')]: 'lines:read',
    });
  });

  test('has the same logical ids and names in each environment of an app, and one authorizer for each that is meant', () => {
    const made = ['Test', 'Production'].map((name) => {
      const home = new Stack(new Stage(new App(), name), 'Home');
      const orders = new api.IntegrationApi(home, 'Api');
      for (const scope of [new Construct(home, 'A'), new Construct(home, 'B')]) {
        orders.addRoute(api.HttpMethod.GET, `/${scope.node.id}`, {
          integration: api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(scope, 'Link', 'link-1'), 'https://orders.internal'),
          authorization: api.Authorization.oidc(new api.OidcAuthorizer(scope, 'Idp', { issuers: [ISSUER] }), 'orders'),
        });
      }
      return Object.entries(propertiesOf(home, 'AWS::ApiGateway::Authorizer')).map(([id, { Name }]) => [id, Name as string]);
    });
    expect(made[0]).toEqual(made[1]);
    expect(made[0]).toHaveLength(2);
    // Of one API each has a name of its own (API Gateway API Reference, CreateAuthorizer), though both constructs are called Idp.
    expect(new Set(made[0].map(([, name]) => name)).size).toBe(2);
  });

  test('names a scope variable as the handler does, for any route', () => {
    for (const path of ['/', '/orders/{id}', '/files/{name+}', '/a.b~c-d_e']) {
      const binding = new RouteBinding(served, served.restApi, api.HttpMethod.PATCH, path, () => { throw new Error('no role'); });
      expect(binding.scopeVariable()).toBe(scopeVariable('PATCH', path));
    }
  });

  test.each([
    [[], "'scopes' of route 'PUT /x' must name at least one, got none; name the scope that a caller needs, since a token of any scope would do"],
    [['orders read'], "'scopes' of route 'PUT /x' must be of letters, digits and -._~:/?#&=, got 'orders read'; a stage variable holds no other"],
    [['a,b'], "'scopes' of route 'PUT /x' must be of letters, digits and -._~:/?#&=, got 'a,b'; a stage variable holds no other"],
    [['x'.repeat(513)], "'scopes' of route 'PUT /x' must have at most 512 characters together, got 513; name fewer"],
  ])('refuses the scopes %j', (scopes, message) => {
    const body = { type: apigateway.JsonSchemaType.OBJECT };
    expect(() => served.addRoute(api.HttpMethod.PUT, '/x', { integration, body, authorization: api.Authorization.oidc(idp, ...scopes) })).toThrow(`[Stack/Api] ${message}`);
  });
});

test('an API has at most 100 routes with scopes, since a stage has no more variables', () => {
  const { stack, idp } = authorizerIn();
  const served = new api.IntegrationApi(stack, 'Api', { authorization: api.Authorization.oidc(idp, 'orders') });
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  for (let route = 1; route <= 100; route++) served.addRoute(api.HttpMethod.GET, `/${route}`, { integration });
  expect(() => served.addRoute(api.HttpMethod.GET, '/101', { integration })).toThrow(
    "[Stack/Api] 'authorization' must be within the 100 stage variables of an API, one for each route with scopes and each consumer, got 101; serve the others by another API");
});

describe('issuers', () => {
  test.each<[api.OidcIssuer[], string]>([
    [[], "'issuers' must name 1 to 20 issuers, got 0; name those whose tokens are accepted"],
    [[{ ...ISSUER, issuer: 'http://login.example.com' }], "'issuers[0].issuer' must be an https URL without user, query and fragment, got 'http://login.example.com'; write for example 'https://login.example.com'"],
    [[{ ...ISSUER, jwksUri: 'login.example.com/keys' }], "'issuers[0].jwksUri' must be an https URL without user, query and fragment, got 'login.example.com/keys'"],
    [[{ ...ISSUER, audiences: [] }], "'issuers[0].audiences' must name at least one audience, got []; without one, a token that was issued for any other service would be accepted"],
    [[{ ...ISSUER, audiences: [''] }], "'issuers[0].audiences' must name at least one audience, got [\"\"]"],
    [[{ ...ISSUER, audiences: Token.asList({ Ref: 'Audiences' }) }], "'issuers[0].audiences' must be a list of known length, got one that only deployment knows; name each audience, each of which may be a token"],
    [[{ ...ISSUER, algorithms: ['HS256'] }], "'issuers[0].algorithms' must be of ES256, ES384, ES512, EdDSA, RS256, RS384, RS512, got 'HS256'; name what the issuer signs with"],
    [[{ ...ISSUER, algorithms: [] }], "'issuers[0].algorithms' must name at least one algorithm, got none; leave it out for the default"],
    [[ISSUER, ISSUER], "'issuers' must name each issuer once, got 'https://login.example.com/' twice; put its audiences into one entry"],
    [[{ ...ISSUER, audiences: ['x'.repeat(3500)] }], "'issuers' must fit into 3500 bytes, got"],
  ])('refuses %j', (issuers, message) => {
    expect(() => authorizerIn({ issuers })).toThrow(`[Stack/Idp] ${message}`);
  });

  test.each([
    'https://login.example.com/a b', 'https://login.example.com?', 'https://login.example.com/#', 'https://login.example.com\\a', 'HTTPS://login.example.com', ' https://login.example.com',
    'https://lögin.example.com', `https://login.example.com/${'a'.repeat(490)}`,
  ])('are refused as %j, which no function would start with', (issuer) => {
    expect(() => parseIssuers(JSON.stringify([{ ...ISSUER, issuer }]))).toThrow();
    expect(() => authorizerIn({ issuers: [{ ...ISSUER, issuer }] })).toThrow("[Stack/Idp] 'issuers[0].issuer' must be an https URL ");
  });

  test('may be a token, which the handler judges', () => {
    const stack = new Stack(new App(), 'Stack');
    const issuer = `https://cognito-idp.${stack.region}.amazonaws.com/pool`;
    expect(() => new api.OidcAuthorizer(stack, 'Idp', { issuers: [{ issuer, audiences: ['client'] }] })).not.toThrow();
  });
});

test.each([
  [{ cacheTtl: Duration.minutes(6) }, "'cacheTtl' must be between 0 and 300 seconds, got 360; choose a whole number of seconds in that range"],
  [{ reservedConcurrency: 0 }, "'reservedConcurrency' must be a whole number between 1 and 1000, got 0; choose one in that range"],
])('refuses %j', (props, message) => {
  expect(() => authorizerIn(props)).toThrow(`[Stack/Idp] ${message}`);
});
