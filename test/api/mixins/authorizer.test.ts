import { App, Duration, Mixins, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { api } from '../../../src';

const { AuthorizerCache } = api.mixins;

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const authorizer = (type: string, props: Partial<apigateway.CfnAuthorizerProps> = {}) =>
  new apigateway.CfnAuthorizer(stack, 'Authorizer', { name: 'callers', restApiId: 'a1b2c3', type, ...props });
const properties = () => Object.values<any>(Template.fromStack(stack).toJSON().Resources)[0].Properties;

test.each(['REQUEST', 'TOKEN', 'COGNITO_USER_POOLS'])('%s decides anew each time', (type) => {
  authorizer(type, { authorizerResultTtlInSeconds: 3600, identitySource: 'method.request.header.Authorization' }).with(new AuthorizerCache());
  expect(properties()).toMatchObject({ AuthorizerResultTtlInSeconds: 0, IdentitySource: 'method.request.header.Authorization' });
});

test('a decision is reused for one route alone', () => {
  authorizer('REQUEST', { identitySource: 'method.request.header.Authorization, context.httpMethod' }).with(new AuthorizerCache(Duration.minutes(5)), new AuthorizerCache(Duration.minutes(1)));
  expect(properties()).toMatchObject({
    AuthorizerResultTtlInSeconds: 60, IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
  });
});

test('identity sources that only deployment tells are kept', () => {
  authorizer('REQUEST', { identitySource: Token.asString({ Ref: 'Sources' }) }).with(new AuthorizerCache(Duration.minutes(1)));
  expect(properties().IdentitySource).toEqual({ 'Fn::Join': ['', [{ Ref: 'Sources' }, ',context.httpMethod,context.resourcePath']] });
});

test('identity sources are made where there are none', () => {
  authorizer('REQUEST').with(new AuthorizerCache(Duration.minutes(1)));
  expect(properties().IdentitySource).toBe('context.httpMethod,context.resourcePath');
});

test.each([['TOKEN', 0], ['COGNITO_USER_POOLS', 60]])('%s has no routes to tell apart, and reuses for %d seconds', (type, seconds) => {
  authorizer(type, { identitySource: 'method.request.header.Authorization' }).with(new AuthorizerCache(Duration.minutes(1)));
  expect(properties()).toMatchObject({ AuthorizerResultTtlInSeconds: seconds, IdentitySource: 'method.request.header.Authorization' });
});

test('a JWT authorizer has no cache', () => {
  authorizer('JWT').with(new AuthorizerCache());
  expect(properties().AuthorizerResultTtlInSeconds).toBeUndefined();
});

test('a time that only deployment tells is taken', () => {
  authorizer('COGNITO_USER_POOLS').with(new AuthorizerCache(Duration.seconds(Token.asNumber({ Ref: 'Ttl' }))));
  expect(properties().AuthorizerResultTtlInSeconds).toEqual({ Ref: 'Ttl' });
});

test.each<[number, number | object, Duration]>([
  [0, 0, Duration.minutes(1)], [30, 30, Duration.minutes(1)], [90, 60, Duration.minutes(1)],
  [0, 0, Duration.seconds(Token.asNumber({ Ref: 'Ttl' }))], [30, { Ref: 'Ttl' }, Duration.seconds(Token.asNumber({ Ref: 'Ttl' }))],
  [Token.asNumber({ Ref: 'Stated' }), 60, Duration.minutes(1)],
])('a time of %d that is stated becomes %j, and no longer', (authorizerResultTtlInSeconds, expected, ttl) => {
  authorizer('REQUEST', { authorizerResultTtlInSeconds, identitySource: 'method.request.header.Authorization' }).with(new AuthorizerCache(ttl));
  expect(properties().AuthorizerResultTtlInSeconds).toEqual(expected);
});

test('an answer to a proof is not kept for whoever has the token alone', () => {
  const served = new api.IntegrationApi(stack, 'Api');
  const bound = new api.OidcAuthorizer(stack, 'Bound', {
    issuers: [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }],
    senderConstraint: api.SenderConstraint.dpop({ origins: ['https://api.example.com'] }),
  });
  served.addRoute(api.HttpMethod.GET, '/orders', {
    integration: api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal'),
    authorization: api.Authorization.oidc(bound, 'orders:read'),
  });
  Mixins.of(stack).apply(new AuthorizerCache(Duration.minutes(1)));
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::Authorizer', { AuthorizerResultTtlInSeconds: 0 });
});

test('rejects more than five minutes', () => {
  expect(() => authorizer('REQUEST').with(new AuthorizerCache(Duration.seconds(301))))
    .toThrow("[Stack/Authorizer] 'ttl' must be between 0 and 300 seconds, got 301; choose a whole number of seconds in that range");
});
