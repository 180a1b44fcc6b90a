import { check, RULES } from '../../../src/rules';

type Json = Record<string, any>;

const told = (control: string, type: string, Properties: Json): string[] =>
  check([{ name: 'Stack', template: { Parameters: { Parameter: { Type: 'String' } }, Resources: { It: { Type: type, Properties } } } }], RULES.filter((rule) => rule.control === control))
    .map(({ finding, message, outcome }) => `${finding || outcome}: ${message}`);

describe('a method', () => {
  test.each([[undefined], [false], ['false']])('that asks for no key, by %j, is none of it', (ApiKeyRequired) => {
    expect(told('API-KEY-NOT-ALONE', 'AWS::ApiGateway::Method', { ApiKeyRequired })).toEqual(['not-applicable: the method asks for no key']);
  });

  test('tells what stands beside the key', () => {
    expect(told('API-KEY-NOT-ALONE', 'AWS::ApiGateway::Method', { ApiKeyRequired: true, AuthorizationType: 'AWS_IAM' })).toEqual(['compliant: AWS_IAM says who calls, beside the key']);
  });
});

describe('a method with a key', () => {
  test.each([['none'], [''], [null], ['API_KEY'], [['NONE']]])('and an authorization %j that no page has may have the key alone', (AuthorizationType) => {
    expect(told('API-KEY-NOT-ALONE', 'AWS::ApiGateway::Method', { ApiKeyRequired: true, AuthorizationType }))
      .toEqual([expect.stringMatching(/^UnresolvedAuthorization: AuthorizationType is /)]);
  });
});

describe('an operation of a document', () => {
  const asking = (security: unknown, scheme: object, document: object = {}) => told('API-KEY-NOT-ALONE', 'AWS::ApiGateway::RestApi', {
    Body: { paths: { '/orders': { get: { security } } }, components: { securitySchemes: { key: scheme } }, ...document },
  });

  test.each([
    ['another header field', { type: 'apiKey', in: 'header', name: 'X-Partner' }],
    ['a query parameter', { type: 'apiKey', in: 'query', name: 'x-api-key' }],
    ['an authorizer by the same header field', { 'type': 'apiKey', 'in': 'header', 'name': 'x-api-key', 'x-amazon-apigateway-authorizer': { type: 'request' } }],
    ['tokens', { type: 'oauth2' }],
  ])('that asks for %s needs no key of API Gateway', (_what, scheme) => {
    expect(asking([{ key: [] }], scheme)).toEqual(['not-applicable: GET /orders: the method asks for no key']);
  });

  test('that asks for nothing needs no key', () => {
    expect(asking(undefined, {})).toEqual(['not-applicable: GET /orders: the method asks for no key']);
    expect(asking([], {}, { security: [{ key: [] }] })).toEqual(['not-applicable: GET /orders: the method asks for no key']);
  });
});

describe('a plan', () => {
  test.each([[undefined], [[]]])('with stages %j opens nothing', (ApiStages) => {
    expect(told('API-PLAN-THROTTLE', 'AWS::ApiGateway::UsagePlan', { ApiStages })).toEqual(['not-applicable: the plan has no stage, so that its keys open nothing']);
  });

  test('tells its limits', () => {
    expect(told('API-PLAN-THROTTLE', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{}], Throttle: { RateLimit: 10, BurstLimit: 20 } })).toEqual(['compliant: each key has 10 requests/s, bursts of 20']);
  });

  test('may lift them where the limits of its methods are not told', () => {
    const properties = { ApiStages: [{ Throttle: { Ref: 'Parameter' } }], Throttle: { RateLimit: 10, BurstLimit: 20 } };
    expect(told('API-PLAN-THROTTLE', 'AWS::ApiGateway::UsagePlan', properties)).toEqual([expect.stringMatching(/^UnresolvedLimits: ApiStages is .* which may lift the limits$/)]);
  });
});

test('no message about a key repeats its value', () => {
  const value = 'an-example-of-a-key-in-clear-text';
  for (const Value of [value, { 'Fn::Join': ['', [value, { Ref: 'Parameter' }]] }]) {
    const found = told('API-KEY-VALUE', 'AWS::ApiGateway::ApiKey', { Value });
    expect(found.length).toBeGreaterThan(0);
    expect(found.join()).not.toContain(value);
  }
});
