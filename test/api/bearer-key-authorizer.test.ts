import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { api, foundation } from '../../src';
import { scopeVariable } from '../../src/runtime/api/scope-variable';
import { acknowledgedBelow, identityStatements, propertiesOf } from '../storage/templates';

function authorizerIn(props: Partial<api.BearerKeyAuthorizerProps> = {}): { stack: Stack; keys: api.BearerKeyAuthorizer; readonly function: any } {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const keys = new api.BearerKeyAuthorizer(stack, 'Keys', { prefix: 'acme', ...props });
  return { stack, keys, get function() { return Object.values(propertiesOf(stack, 'AWS::Lambda::Function'))[0]; } };
}

function macKeyIn(stack: Stack): any {
  return Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')).find(({ Properties }) => Properties.KeySpec === 'HMAC_256');
}

describe('by default', () => {
  test('runs the shipped bundle, traced and within bounds', () => {
    expect(authorizerIn().function).toMatchObject({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 5,
      MemorySize: 512,
      ReservedConcurrentExecutions: 50,
      TracingConfig: { Mode: 'Active' },
      Description: 'Judges the bearer keys of requests to APIs',
    });
  });

  test('tells the function where keyed hashes are, which key makes them, and how keys start', () => {
    const { stack, keys, function: { Environment } } = authorizerIn();
    expect(Environment.Variables).toEqual({
      TABLE_NAME: stack.resolve(keys.table.tableName), MAC_KEY_ARN: stack.resolve(keys.macKey.keyArn), KEY_PREFIX: 'acme',
    });
  });

  test('keeps hashes by holder and credential', () => {
    expect(Object.values(propertiesOf(authorizerIn().stack, 'AWS::DynamoDB::Table'))[0].KeySchema).toEqual([
      { AttributeName: 'holder', KeyType: 'HASH' }, { AttributeName: 'credential', KeyType: 'RANGE' },
    ]);
  });

  test('may read a row and verify a hash, and neither write rows nor make hashes', () => {
    const { stack } = authorizerIn();
    const actions = identityStatements(stack).flatMap(({ Action }) => Action).filter((action) => !/^(logs|xray):|^lambda:InvokeFunction$/.test(action));
    expect(actions.sort()).toEqual(['dynamodb:GetItem', 'kms:Decrypt', 'kms:VerifyMac']);
  });

  test('tells the foundation of faults and of too many instances', () => {
    const alarms = Object.values(propertiesOf(authorizerIn().stack, 'AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ MetricName, AlarmDescription }) => [MetricName, AlarmDescription])).toEqual([
      [expect.stringMatching(/^AuthorizerFaults-/), expect.stringContaining('whether the table or the key cannot be reached, or a consumer cannot be read')],
      ['Throttles', expect.anything()],
    ]);
  });

  test('says to cdk-nag where it does not follow a rule, and why', () => {
    const said = acknowledgedBelow(authorizerIn().stack).join('\n');
    for (const rule of ['LambdaDLQ', 'LambdaInsideVPC', 'IAMNoInlinePolicy', 'IAM5[Resource::*]']) expect(said).toContain(rule);
  });

  test('outlives the stack with table and key', () => {
    const { stack } = authorizerIn();
    const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'));
    expect([table.DeletionPolicy, macKeyIn(stack).DeletionPolicy]).toEqual(['Retain', 'Retain']);
  });
});

describe('the key of the hashes', () => {
  test('makes and verifies MACs, and is not rotated, as AWS KMS could not', () => {
    expect(macKeyIn(authorizerIn().stack).Properties).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', PendingWindowInDays: 30 });
    expect(macKeyIn(authorizerIn().stack).Properties.EnableKeyRotation).toBeUndefined();
  });

  test('is administered by the account, and used by the function alone', () => {
    const { stack, keys } = authorizerIn();
    const [administers, uses, ...others] = macKeyIn(stack).Properties.KeyPolicy.Statement;
    expect(administers.Action.filter((action: string) => /Mac|CreateGrant|\*$/.test(action))).toEqual(['kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*', 'kms:Update*']);
    expect(uses).toMatchObject({ Action: 'kms:VerifyMac', Principal: { AWS: stack.resolve(keys.function.role!.roleArn) } });
    expect(others).toEqual([]);
  });
});

describe('an API', () => {
  const { stack, keys } = authorizerIn({ cacheTtl: Duration.seconds(30) });
  const served = new api.IntegrationApi(stack, 'Api');
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  const route = served.addRoute(api.HttpMethod.GET, '/orders', { integration, authorization: api.Authorization.bearerKey(keys, 'orders:read') });
  const unmetered = served.addRoute(api.HttpMethod.GET, '/status', { integration, authorization: api.Authorization.bearerKey(keys, 'status'), requireApiKey: false });

  test('asks by one authorizer, whose answers are kept for a key on a route', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Authorizer'))).toEqual([expect.objectContaining({
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
      AuthorizerResultTtlInSeconds: 30,
      AuthorizerCredentials: stack.resolve(keys.invocationRole.roleArn),
      AuthorizerUri: stack.resolve(keys.invocationUri),
    })]);
  });

  test('takes the metering key from the authorizer, on each route that does not say otherwise', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::RestApi'))[0].ApiKeySourceType).toBe('AUTHORIZER');
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Method')).map(({ ApiKeyRequired }) => ApiKeyRequired)).toEqual([true, undefined]);
    expect([route.requiresApiKey, unmetered.requiresApiKey]).toEqual([true, false]);
  });

  test('tells the authorizer the scopes of each route', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Stage'))[0].Variables).toEqual({
      [scopeVariable('GET', '/orders')]: 'orders:read', [scopeVariable('GET', '/status')]: 'status',
    });
  });

  test('refuses a route without scopes', () => {
    expect(() => served.addRoute(api.HttpMethod.GET, '/x', { integration, authorization: api.Authorization.bearerKey(keys) }))
      .toThrow("[Stack/Api] 'scopes' of route 'GET /x' must name at least one, got none");
  });

  test('takes keys from one source', () => {
    expect(() => served.addRoute(api.HttpMethod.GET, '/y', { integration, authorization: api.Authorization.iam(), requireApiKey: true })).toThrow(
      "[Stack/Api] 'authorization' of route 'GET /y' must take keys of API Gateway from the authorizer as route 'GET /orders' does, got the header field X-API-Key; "
      + 'an API has one source of keys, so let another API serve the other');
  });
});

test('shares a foundation', () => {
  const stack = new Stack(new App(), 'Stack');
  const shared = new foundation.Foundation(stack, 'Shared');
  const keys = new api.BearerKeyAuthorizer(stack, 'Keys', { prefix: 'acme', foundation: shared });
  expect(Object.values(propertiesOf(stack, 'AWS::DynamoDB::Table'))[0].SSESpecification.KMSMasterKeyId).toEqual(stack.resolve(shared.key(foundation.DataDomain.DATA).keyArn));
  expect(keys.prefix).toBe('acme');
});

test.each<[Partial<api.BearerKeyAuthorizerProps>, string]>([
  [{ prefix: 'a' }, "'prefix' must be 2 to 16 lower-case letters and digits, a letter first, got 'a'; take for example the name of the company"],
  [{ prefix: 'Acme' }, "'prefix' must be 2 to 16 lower-case letters and digits, a letter first, got 'Acme'; take for example the name of the company"],
  [{ cacheTtl: Duration.seconds(61) }, "'cacheTtl' must be between 0 and 60 seconds, got 61; choose a whole number of seconds in that range"],
  [{ reservedConcurrency: 0 }, "'reservedConcurrency' must be a whole number between 1 and 1000, got 0; choose one in that range"],
])('refuses %j', (props, message) => {
  expect(() => authorizerIn(props)).toThrow(`[Stack/Keys] ${message}`);
});
