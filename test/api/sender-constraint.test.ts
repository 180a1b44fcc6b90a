import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { api } from '../../src';
import { identityStatements, propertiesOf } from '../storage/templates';

const ISSUERS: api.OidcIssuer[] = [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }];

function stackIn(): Stack {
  return new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
}

function domainIn(stack: Stack, asksForCertificates: boolean): api.ApiDomain {
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555');
  const bucket = s3.Bucket.fromBucketName(stack, 'Trust', 'trust');
  return new api.ApiDomain(stack, 'Domain', {
    domainName: 'api.example.com', certificate, ...asksForCertificates && { trustStore: { bucket, key: 'roots.pem', version: 'v1' } },
  });
}

/** Serves two routes to tokens of an authorizer. */
function serve(stack: Stack, idp: api.OidcAuthorizer, domain?: api.IApiDomain): api.IntegrationApi {
  const served = new api.IntegrationApi(stack, 'Api', { domain, authorization: api.Authorization.oidc(idp, 'orders') });
  const integration = api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal');
  for (const path of ['/orders', '/lines']) served.addRoute(api.HttpMethod.GET, path, { integration });
  return served;
}

const [FUNCTION, AUTHORIZER] = ['AWS::Lambda::Function', 'AWS::ApiGateway::Authorizer'];
const one = (stack: Stack, type: string) => Object.values(propertiesOf(stack, type))[0];

describe('mutual TLS', () => {
  function guarded(domain: (stack: Stack) => api.IApiDomain | undefined) {
    const stack = stackIn();
    const idp = new api.OidcAuthorizer(stack, 'Idp', { issuers: ISSUERS, senderConstraint: api.SenderConstraint.mutualTls() });
    return { stack, served: serve(stack, idp, domain(stack)) };
  }

  test('tells the function, which is the one for plain tokens, and keeps no answer', () => {
    const { stack } = guarded((home) => domainIn(home, true));
    const plain = stackIn();
    new api.OidcAuthorizer(plain, 'Idp', { issuers: ISSUERS });
    const { Code, Environment } = one(stack, FUNCTION);
    expect(Environment.Variables).toEqual({ ISSUERS: expect.any(String), SENDER_CONSTRAINT: 'mutual-tls' });
    expect(Code).toEqual(one(plain, FUNCTION).Code);
    expect(one(plain, FUNCTION).Environment.Variables).not.toHaveProperty('SENDER_CONSTRAINT');
    expect(one(stack, AUTHORIZER)).toMatchObject({
      AuthorizerResultTtlInSeconds: 0, IdentitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath,context.identity.sourceIp',
    });
  });

  test.each<[string, (stack: Stack) => api.IApiDomain | undefined, string]>([
    ['without a domain', () => undefined, 'none'],
    ['by a domain that asks for no certificates', (stack) => domainIn(stack, false), 'one that does not'],
  ])('fails the synthesis of an API that is reached %s, once', (_name, domain, got) => {
    const { stack, served } = guarded(domain);
    const problem = "'domain' must ask for client certificates, since tokens that 'Stack/Idp' lets in are bound to client certificates, "
      + `got ${got}; give the API an ApiDomain with a trustStore`;
    expect(served.node.validate()).toEqual([problem]);
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Api] ${problem}`);
  });

  test('takes a domain of another app, whose settings are that app\'s', () => {
    const { served } = guarded((stack) => api.ApiDomain.fromDomainNameAttributes(stack, 'Domain', {
      domainName: 'api.example.com', domainNameAliasHostedZoneId: 'Z1', domainNameAliasTarget: 'd-1.execute-api.eu-west-1.amazonaws.com',
    }));
    expect(served.node.validate()).toEqual([]);
  });

  test('fails the synthesis of an API whose other endpoint is switched on again', () => {
    const { served } = guarded((stack) => domainIn(stack, true));
    expect(served.node.validate()).toEqual([]);
    (served.restApi.node.defaultChild as apigateway.CfnRestApi).disableExecuteApiEndpoint = false;
    expect(served.node.validate()).toEqual(["'restApi.disableExecuteApiEndpoint' must be true, since tokens that 'Stack/Idp' lets in are bound to client "
      + 'certificates, got another; leave it as IntegrationApi sets it, since that endpoint asks for none']);
  });

  test('is asked of no API whose tokens are not bound', () => {
    const stack = stackIn();
    expect(serve(stack, new api.OidcAuthorizer(stack, 'Idp', { issuers: ISSUERS })).node.validate()).toEqual([]);
  });
});

test('an answer cannot be kept, since it would serve whoever stole the token', () => {
  const made = (cacheTtl: Duration) => new api.OidcAuthorizer(stackIn(), 'Idp', { issuers: ISSUERS, cacheTtl, senderConstraint: api.SenderConstraint.mutualTls() });
  expect(() => made(Duration.seconds(1))).toThrow("[Stack/Idp] 'cacheTtl' must be 0 seconds with a senderConstraint, got another; "
    + 'leave it out, since an answer that is kept would serve whoever stole the token');
  expect(made(Duration.seconds(0)).cacheTtl.toSeconds()).toBe(0);
});

describe('DPoP', () => {
  function proven(origins = ['https://api.example.com']) {
    const stack = stackIn();
    const idp = new api.OidcAuthorizer(stack, 'Idp', { issuers: ISSUERS, senderConstraint: api.SenderConstraint.dpop({ origins }) });
    return { stack, idp };
  }

  test('runs a bundle of its own, and tells it where clients reach the APIs and where proofs are marked', () => {
    const { stack } = proven(['https://api.example.com', 'https://orders.example.org:8443']);
    const plain = stackIn();
    new api.OidcAuthorizer(plain, 'Idp', { issuers: ISSUERS });
    const { Code, Environment, Timeout } = one(stack, FUNCTION);
    expect(Environment.Variables).toEqual({
      ISSUERS: expect.any(String),
      ORIGINS: '["https://api.example.com","https://orders.example.org:8443"]',
      TABLE_NAME: { Ref: expect.stringMatching(/^IdpUsedProofs/) },
    });
    expect(Code).not.toEqual(one(plain, FUNCTION).Code);
    expect(Timeout).toBe(8);
  });

  test('marks proofs in a table that forgets them', () => {
    expect(one(proven().stack, 'AWS::DynamoDB::Table')).toMatchObject({
      KeySchema: [{ AttributeName: 'proof', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
  });

  test('may mark a proof, and neither read nor forget one', () => {
    const { stack } = proven();
    const onTable = identityStatements(stack).filter(({ Resource }) => JSON.stringify(Resource).includes('UsedProofs'));
    expect(onTable.map(({ Action }) => Action)).toEqual(['dynamodb:PutItem']);
  });

  test('asks by two headers, and keeps no answer', () => {
    const { stack, idp } = proven();
    expect(serve(stack, idp).node.validate()).toEqual([]);
    expect(one(stack, AUTHORIZER)).toMatchObject({
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: 'method.request.header.Authorization,method.request.header.DPoP,context.httpMethod,context.resourcePath,context.identity.sourceIp',
    });
  });

  test.each([
    [[], "'origins' must name 1 to 10 origins, got 0; name where clients reach the APIs"],
    [Array(11).fill('https://api.example.com'), "'origins' must name 1 to 10 origins, got 11; name where clients reach the APIs"],
    ...['http://api.example.com', 'https://api.example.com/', 'https://api.example.com/v1', 'https://API.example.com', 'https://api.example.com:443', 'api.example.com'].map((origin) => [
      [origin], `'origins' must be https, a host in lower case and a port other than 443 if any, got '${origin}'; write for example 'https://api.example.com'`,
    ] as [string[], string]),
  ])('refuses the origins %j', (origins, message) => {
    expect(() => proven(origins)).toThrow(`[Stack/Idp] ${message}`);
  });

  test('takes an origin that is a token, which the handler judges', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => new api.OidcAuthorizer(stack, 'Idp', {
      issuers: ISSUERS, senderConstraint: api.SenderConstraint.dpop({ origins: [`https://api.${stack.region}.example.com`] }),
    })).not.toThrow();
  });
});
