import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { api } from '../../../src';

const { mixins } = api;
const ENHANCED = apigateway.SecurityPolicy.TLS13_1_3_2025_09;

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const properties = () => Object.values<any>(Template.fromStack(stack).toJSON().Resources)[0].Properties ?? {};

describe('the default endpoint', () => {
  test('of a REST API is shut', () => {
    new apigateway.CfnRestApi(stack, 'Api', { name: 'orders', disableExecuteApiEndpoint: false }).with(new mixins.ApiDefaultEndpoint());
    expect(properties()).toEqual({ DisableExecuteApiEndpoint: true, Name: 'orders' });
  });

  test('of an HTTP API is shut', () => {
    new apigatewayv2.HttpApi(stack, 'Api').with(new mixins.ApiDefaultEndpoint());
    expect(properties()).toMatchObject({ DisableExecuteApiEndpoint: true });
  });
});

describe('the endpoint access mode', () => {
  test.each<[string, () => void]>([
    ['a domain', () => new apigateway.CfnDomainName(stack, 'It', { securityPolicy: ENHANCED, endpointAccessMode: 'BASIC' }).with(new mixins.ApiEndpointAccessMode())],
    ['a private domain', () => new apigateway.CfnDomainNameV2(stack, 'It', { securityPolicy: ENHANCED }).with(new mixins.ApiEndpointAccessMode())],
    ['an API', () => new apigateway.CfnRestApi(stack, 'It', { securityPolicy: ENHANCED }).with(new mixins.ApiEndpointAccessMode())],
    ['a policy that deployment tells', () => new apigateway.CfnRestApi(stack, 'It', { securityPolicy: Token.asString({ Ref: 'Policy' }) }).with(new mixins.ApiEndpointAccessMode())],
  ])('of %s is strict', (_what, make) => {
    make();
    expect(properties().EndpointAccessMode).toBe('STRICT');
  });

  test.each([undefined, 'TLS_1_2'])('is not known to the policy %s', (securityPolicy) => {
    new apigateway.CfnRestApi(stack, 'Api', { securityPolicy }).with(new mixins.ApiEndpointAccessMode());
    expect(properties().EndpointAccessMode).toBeUndefined();
  });
});
