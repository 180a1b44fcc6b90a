import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { api, secrets } from '../../src';
import { scopeVariable } from '../../src/runtime/api/scope-variable';
import { acknowledgedBelow, identityStatements, propertiesOf } from '../storage/templates';

function stackIn(): Stack {
  return new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
}

type Secret = (stack: Stack) => secretsmanager.ISecret;

const ownSecret: Secret = (stack) => new secretsmanager.Secret(stack, 'Credentials', { encryptionKey: new kms.Key(stack, 'Key') });

function authorizerIn(props: Partial<api.IntrospectionAuthorizerProps> = {}, secret: Secret = ownSecret, stack = stackIn()) {
  const idp = new api.IntrospectionAuthorizer(stack, 'Idp', {
    issuer: 'https://login.example.com/', endpoint: 'https://login.example.com/introspect', audiences: ['https://api.example.com'], clientCredentials: secret(stack), ...props,
  });
  return { stack, idp, get function() { return Object.values(propertiesOf(stack, 'AWS::Lambda::Function'))[0]; } };
}

const reads = (stack: Stack) => identityStatements(stack).filter(({ Action }) => String(Action).startsWith('secretsmanager:'));

describe('by default', () => {
  test('tells the function whom to ask, and where the credentials are, not what they are', () => {
    const { stack, function: { Environment, Timeout } } = authorizerIn();
    expect(Environment.Variables).toEqual({
      ISSUER: 'https://login.example.com/',
      ENDPOINT: 'https://login.example.com/introspect',
      AUDIENCES: '["https://api.example.com"]',
      SECRET_ARN: { Ref: expect.stringMatching(/^Credentials/) },
    });
    expect(Timeout).toBe(12);
    expect(JSON.stringify(propertiesOf(stack, 'AWS::Lambda::Function'))).not.toContain('resolve:secretsmanager');
  });

  test('may read that secret by its key, write its log and traces, and nothing else', () => {
    const { stack } = authorizerIn();
    const [role] = Object.values(propertiesOf(stack, 'AWS::IAM::Policy')).filter(({ PolicyName }) => String(PolicyName).startsWith('IdpRole'));
    const statements = role.PolicyDocument.Statement as Array<{ Action: string | string[]; Resource: unknown }>;
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:Decrypt', 'logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ]);
    expect(statements.find(({ Action }) => Action === 'secretsmanager:GetSecretValue')!.Resource).toEqual({ Ref: expect.stringMatching(/^Credentials/) });
    expect(statements.find(({ Action }) => Action === 'kms:Decrypt')!.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
  });

  test('takes a secret that is rotated', () => {
    const { stack } = authorizerIn({}, (home) => new secrets.RotatingSecret(home, 'Rotating', { strategy: secrets.RotationStrategy.webhookSecret() }).secret);
    expect(reads(stack).some(({ Action }) => Action === 'secretsmanager:GetSecretValue')).toBe(true);
  });

  test.each<[string, Secret, string]>([
    ['its whole ARN', (stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Credentials', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:idp-a1B2c3'),
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:idp-a1B2c3'],
    ['a part of its ARN', (stack) => secretsmanager.Secret.fromSecretPartialArn(stack, 'Credentials', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:idp'),
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:idp-??????'],
  ])('takes a secret that is imported by %s', (_name, secret, resource) => {
    expect(reads(authorizerIn({}, secret).stack)).toEqual([{ Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: resource }]);
  });

  test('says to cdk-nag where it does not follow a rule, and why', () => {
    const said = acknowledgedBelow(authorizerIn().stack).join('\n');
    expect(said).toContain('the function asks an issuer over TLS and reaches nothing inside a network');
    for (const rule of ['LambdaDLQ', 'LambdaInsideVPC', 'IAMNoInlinePolicy']) expect(said).toContain(rule);
  });
});

test('an API asks by one authorizer, which keeps nothing, and names the scopes of each route', () => {
  const { stack, idp } = authorizerIn();
  const served = new api.IntegrationApi(stack, 'Api');
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  for (const path of ['/orders', '/lines']) served.addRoute(api.HttpMethod.GET, path, { integration, authorization: api.Authorization.introspection(idp, 'orders:read') });
  expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Authorizer'))).toEqual([expect.objectContaining({
    Type: 'REQUEST',
    AuthorizerResultTtlInSeconds: 0,
    AuthorizerCredentials: stack.resolve(idp.invocationRole.roleArn),
    IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath,context.identity.sourceIp',
  })]);
  expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Stage'))[0].Variables).toMatchObject({ [scopeVariable('GET', '/orders')]: 'orders:read' });
});

test('an operation of an OpenAPI document can ask so', () => {
  const { stack, idp } = authorizerIn();
  const document = api.OpenApiDocument.fromText(JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    paths: { '/orders': { get: { security: [{ partners: ['orders:read'] }], responses: { 200: { description: 'ok' } } } } },
    components: { securitySchemes: { partners: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/.well-known/openid-configuration' } } },
  }));
  api.IntegrationApi.fromOpenApi(stack, 'Api', {
    document,
    authorizations: { partners: api.SchemeAuthorization.introspection(idp) },
    operations: { 'GET /orders': { integration: api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal') } },
  });
  expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Stage'))[0].Variables).toEqual({ [scopeVariable('GET', '/orders')]: 'orders:read' });
});

test('tokens may be bound to certificates, over mutual TLS alone', () => {
  expect(authorizerIn({ senderConstraint: api.SenderConstraint.mutualTls() }).function.Environment.Variables.SENDER_CONSTRAINT).toBe('mutual-tls');
  const { stack, idp } = authorizerIn({ senderConstraint: api.SenderConstraint.mutualTls() });
  const served = new api.IntegrationApi(stack, 'Api');
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  served.addRoute(api.HttpMethod.GET, '/orders', { integration, authorization: api.Authorization.introspection(idp, 'orders:read') });
  expect(served.node.validate()).toEqual([expect.stringContaining("'domain' must ask for client certificates")]);
});

test('an answer may be kept, and adds to the time for which a revoked token is good', () => {
  expect(authorizerIn({ cacheTtl: Duration.seconds(30) }).idp.cacheTtl.toSeconds()).toBe(30);
});

test.each<[Partial<api.IntrospectionAuthorizerProps>, string]>([
  [{ issuer: 'http://login.example.com' }, "'issuer' must be an https URL without user, query and fragment, got 'http://login.example.com'; write for example 'https://login.example.com'"],
  [{ endpoint: 'login.example.com' }, "'endpoint' must be an https URL without user, query and fragment, got 'login.example.com'; write for example 'https://login.example.com'"],
  [{ audiences: [] }, "'audiences' must name at least one audience, got []; without one, a token that was issued for any other service would be accepted"],
  [{ reservedConcurrency: 0 }, "'reservedConcurrency' must be a whole number between 1 and 1000, got 0; choose one in that range"],
  [{ cacheTtl: Duration.minutes(6) }, "'cacheTtl' must be between 0 and 300 seconds, got 360; choose a whole number of seconds in that range"],
  [{ senderConstraint: api.SenderConstraint.dpop({ origins: ['https://api.example.com'] }) },
    "'senderConstraint' must be mutualTls() where tokens are introspected, got dpop(); take tokens with DPoP as JWTs, by an OidcAuthorizer"],
])('refuses %j', (props, message) => {
  expect(() => authorizerIn(props)).toThrow(`[Stack/Idp] ${message}`);
});
