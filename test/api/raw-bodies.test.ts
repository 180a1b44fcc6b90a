import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { api, core, storage } from '../../src';
import { acknowledgedBelow, propertiesOf } from '../storage/templates';

const { HttpMethod, Authorization, Integration } = api;
const waiver = core.Waiver.because('the function reads the body as bytes', { owner: 'edi-team', expires: '2027-01-31' });
const HOST = { 'Fn::Join': ['', ['https://', { Ref: 'Api9AF3637B' }, '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/live/hooks/stripe']] };

interface Hooks { readonly stack: Stack; readonly api: api.IntegrationApi; readonly handler: lambda.Function }

function hooks(props: api.IntegrationApiProps | ((stack: Stack) => api.IntegrationApiProps) = {}): Hooks {
  const stack = new Stack(new App(), 'Stack');
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('0') });
  return { stack, handler, api: new api.IntegrationApi(stack, 'Api', { rawBodies: true, ...(typeof props === 'function' ? props(stack) : props) }) };
}

function received(props?: Parameters<typeof hooks>[0]): Hooks & { readonly route: api.Route } {
  const made = hooks(props);
  return { ...made, route: made.api._addReceiverRoute(HttpMethod.POST, '/hooks/stripe', { handler: made.handler, rateLimit: 20, burstLimit: 40 }) };
}

function domainIn(stack: Stack): api.ApiDomain {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555');
  return new api.ApiDomain(stack, 'Domain', { domainName: 'hooks.example.com', certificate });
}

const one = (stack: Stack, type: string): any => Object.values(propertiesOf(stack, type))[0];

describe('an API with raw bodies', () => {
  test('reads no media type as text', () => {
    expect(one(received().stack, 'AWS::ApiGateway::RestApi').BinaryMediaTypes).toEqual(['*/*']);
  });

  test('refuses a schema, which nothing would validate', () => {
    const { api: made, handler } = hooks();
    expect(() => made.addRoute(HttpMethod.POST, '/orders', {
      integration: Integration.lambdaFunction(handler), authorization: Authorization.iam(), body: { type: apigateway.JsonSchemaType.OBJECT },
    })).toThrow("[Stack/Api] 'body' of route 'POST /orders' must be left out where the API has 'rawBodies', got a schema; "
      + "check bodies in the function, and say so by a waiver as 'withoutBodySchema'");
  });

  test('refuses a service, whose mapping template would see base64', () => {
    const { api: made, stack } = hooks();
    const { queue } = new storage.IntegrationQueue(stack, 'Queue');
    expect(() => made.addRoute(HttpMethod.POST, '/orders', { integration: Integration.queue(queue), authorization: Authorization.iam(), withoutBodySchema: waiver }))
      .toThrow("[Stack/Api] 'integration' of route 'POST /orders' must be a function or an upstream where the API has 'rawBodies', got a service of AWS; "
        + 'serve the route by another API');
  });

  test('takes functions and upstreams, with a waiver of the schema', () => {
    const { api: made, stack, handler } = hooks();
    const link = apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'a1b2c3');
    const options = { authorization: Authorization.iam(), withoutBodySchema: waiver };
    made.addRoute(HttpMethod.POST, '/a', { integration: Integration.lambdaFunction(handler), ...options });
    made.addRoute(HttpMethod.POST, '/b', { integration: Integration.upstream(link, 'https://orders.internal/'), ...options });
    expect(Object.values<any>(propertiesOf(stack, 'AWS::ApiGateway::Method')).map(({ Integration: { Type } }) => Type)).toEqual(['AWS_PROXY', 'HTTP_PROXY']);
  });

  test('is one that says so; any other reads text', () => {
    const stack = new Stack(new App(), 'Stack');
    const plain = new api.IntegrationApi(stack, 'Api');
    plain.addRoute(HttpMethod.GET, '/', { integration: Integration.lambdaFunction(lambda.Function.fromFunctionName(stack, 'F', 'f')), authorization: Authorization.iam() });
    expect(plain._rawBodies).toBe(false);
    expect(one(stack, 'AWS::ApiGateway::RestApi')).not.toHaveProperty('BinaryMediaTypes');
    expect(hooks().api._rawBodies).toBe(true);
  });
});

describe('a route of a receiver', () => {
  test('asks nobody who calls, and has limits of its own', () => {
    const { stack } = received();
    expect(one(stack, 'AWS::ApiGateway::Method')).toMatchObject({ HttpMethod: 'POST', AuthorizationType: 'NONE', Integration: { Type: 'AWS_PROXY' } });
    expect(one(stack, 'AWS::ApiGateway::Stage').MethodSettings[1]).toMatchObject({
      ResourcePath: '/hooks/stripe', HttpMethod: 'POST', ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40,
    });
  });

  test('waives nothing, and tells the packs of cdk-nag what asks instead', () => {
    const acknowledged = acknowledgedBelow(received().route.method).join('\n');
    expect(acknowledged).toMatch(/AwsSolutions::AwsSolutions-APIG4.*signature.*WEBHOOK-SIGNATURE/);
    expect(acknowledged).toMatch(/AwsSolutions::AwsSolutions-COG4/);
    expect(acknowledged).not.toMatch(/API-AUTHORIZATION\[|API-BODY-SCHEMA/);
  });

  test('refuses what is no path', () => {
    const { api: made, handler } = hooks();
    expect(() => made._addReceiverRoute(HttpMethod.POST, 'hooks', { handler })).toThrow("[Stack/Api] 'path' must be a path from the root on");
  });
});

describe('the URL of a path', () => {
  test('is of the endpoint that API Gateway made up, and closes no cycle where the function behind it is told', () => {
    const { stack, api: made, handler } = received();
    handler.addEnvironment('PUBLIC_URL', made.urlOf('/hooks/stripe'));
    expect(one(stack, 'AWS::Lambda::Function').Environment.Variables.PUBLIC_URL).toEqual(HOST);
  });

  test('is of the domain, under the base path', () => {
    const { api: made, stack } = received((within) => ({ domain: domainIn(within), basePath: 'in' }));
    expect(stack.resolve(made.urlOf('/hooks/stripe'))).toEqual({ 'Fn::Join': ['', ['https://', { Ref: expect.stringMatching(/^Domain/) }, '/in/hooks/stripe']] });
  });

  test('is of the domain alone where that serves one API', () => {
    const { api: made, stack } = received((within) => ({ domain: domainIn(within) }));
    expect(stack.resolve(made.urlOf('/'))).toEqual({ 'Fn::Join': ['', ['https://', { Ref: expect.stringMatching(/^Domain/) }, '/']] });
  });

  test('refuses what is no path', () => {
    expect(() => hooks().api.urlOf('hooks')).toThrow("[Stack/Api] 'path' must be a path from the root on");
  });
});

describe('a route of some addresses', () => {
  test('refuses all others, and leaves routes of IAM to the policies of callers', () => {
    const { api: made, route, handler, stack } = received();
    made.addRoute(HttpMethod.GET, '/state', { integration: Integration.lambdaFunction(handler), authorization: Authorization.iam() });
    made._restrictSources(route, ['192.0.2.0/24', '198.51.100.7/32']);
    expect(one(stack, 'AWS::ApiGateway::RestApi').Policy.Statement).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/live/POST/hooks/stripe',
        Condition: { NotIpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.7/32'] } },
      },
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/live/POST/hooks/stripe' },
    ]);
  });

  test.each([[130, true], [460, false]])('are %d at most as many as fit into a policy', (count, fits) => {
    const { api: made, route } = received();
    made._restrictSources(route, Array.from({ length: count }, (_none, index) => `198.51.${index % 256}.0/24`));
    const problems = made.node.validate();
    expect(problems).toEqual(fits ? [] : [expect.stringMatching(/^'sourceCidrs' and paths of routes must make a resource policy of at most 8192 characters, got \d+; join adjacent ranges/)]);
  });

  test('share their statements', () => {
    const { api: made, route, handler, stack } = received();
    const other = made._addReceiverRoute(HttpMethod.POST, '/hooks/github', { handler });
    for (const each of [route, other]) made._restrictSources(each, ['192.0.2.0/24']);
    expect(one(stack, 'AWS::ApiGateway::RestApi').Policy.Statement.map(({ Effect, Resource }: Record<string, unknown>) => [Effect, Resource])).toEqual(
      ['Deny', 'Allow'].map((effect) => [effect, ['execute-api:/live/POST/hooks/github', 'execute-api:/live/POST/hooks/stripe']]));
  });

  test('gives no policy to an API that restricts none', () => {
    expect(one(received().stack, 'AWS::ApiGateway::RestApi')).not.toHaveProperty('Policy');
  });

  test('is known by its address in the network where the API is private', () => {
    const { api: made, route, stack } = received((within) => ({
      vpcEndpoints: [ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(within, 'Endpoint', { port: 443, vpcEndpointId: 'vpce-1' })],
    }));
    made._restrictSources(route, ['10.0.0.0/16']);
    expect(one(stack, 'AWS::ApiGateway::RestApi').Policy.Statement[1].Condition).toEqual({ NotIpAddress: { 'aws:VpcSourceIp': ['10.0.0.0/16'] } });
  });
});
