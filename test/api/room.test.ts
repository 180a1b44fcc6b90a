import AjvDraft4 from 'ajv-draft-04';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { refusedBy, Request } from './refusals';
import { api, foundation, policy, storage } from '../../src';
import { MUTUAL_TLS_TAG } from '../../src/compliance';
import { check, RULES } from '../../src/rules';
import { nagPacks } from '../nag-packs';
import { propertiesOf } from '../storage/templates';

const env = { account: '111122223333', region: 'eu-west-1' };
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
const ORDER: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  properties: {
    sku: { type: apigateway.JsonSchemaType.STRING, pattern: '^[A-Z0-9-]{1,64}$', maxLength: 64 },
    quantity: { type: apigateway.JsonSchemaType.INTEGER, minimum: 1, maximum: 999 },
  },
  required: ['sku', 'quantity'],
  additionalProperties: false,
};

function domainIn(stack: Stack, props: Partial<api.ApiDomainProps> = {}): api.ApiDomain {
  return new api.ApiDomain(stack, 'Domain', {
    domainName: 'api.example.com', certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE), ...props,
  });
}

/** Each construct of the room, wired to the others. */
function everythingIn(stack: Stack, shared: foundation.IFoundation, domain: api.IApiDomain, idp: api.OidcAuthorizer): api.IntegrationApi {
  const queue = new storage.IntegrationQueue(stack, 'Received', { foundation: shared });
  const orders = new api.IntegrationApi(stack, 'Api', { foundation: shared, domain, basePath: 'orders' });
  orders.addRoute(api.HttpMethod.POST, '/orders', {
    integration: api.Integration.queue(queue.queue), authorization: api.Authorization.oidc(idp, 'orders:write', 'orders:admin'), body: ORDER, rateLimit: 20,
  });
  orders.addRoute(api.HttpMethod.GET, '/orders/{id}', {
    integration: api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal/{id}'),
    authorization: api.Authorization.iam(),
  });
  return orders;
}

function authorizerIn(stack: Stack, shared: foundation.IFoundation): api.OidcAuthorizer {
  return new api.OidcAuthorizer(stack, 'Idp', { foundation: shared, issuers: [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }] });
}

function findingsIn(...stacks: Stack[]): string[] {
  const templates = stacks.map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON(), ...env }));
  return check(templates, RULES).filter(({ finding }) => finding !== '')
    .map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`);
}

describe('what the room creates', () => {
  test('violates no control', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const shared = foundation.Foundation.of(stack);
    everythingIn(stack, shared, domainIn(stack), authorizerIn(stack, shared));
    expect(findingsIn(stack)).toEqual([]);
  });

  test('violates no control among stacks', () => {
    const app = new App();
    const home = new Stack(app, 'Home', { env });
    const stack = new Stack(app, 'Stack', { env });
    const shared = new foundation.Foundation(home, 'Shared');
    everythingIn(stack, shared, domainIn(home), authorizerIn(home, shared));
    app.synth();
    expect(findingsIn(home, stack)).toEqual([]);
  });

  test('violates no control of a kind that cdk-nag checks, and says why where it does not follow one', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env });
    const shared = foundation.Foundation.of(stack);
    everythingIn(stack, shared, domainIn(stack), authorizerIn(stack, shared));
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-24', packs: nagPacks() });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('a request', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const shared = foundation.Foundation.of(stack);
  everythingIn(stack, shared, domainIn(stack), authorizerIn(stack, shared));
  const [webAcl] = Object.values(propertiesOf(stack, 'AWS::WAFv2::WebACL'));
  const post = Object.values(propertiesOf(stack, 'AWS::ApiGateway::Method')).find(({ HttpMethod }) => HttpMethod === 'POST')!;
  const schema = propertiesOf(stack, 'AWS::ApiGateway::Model')[post.RequestModels.$default.Ref].Schema;
  const isOrder = new AjvDraft4().compile(schema);
  const request = (body: string, contentType?: string): Request =>
    ({ method: 'POST', path: '/orders/orders', headers: contentType === undefined ? {} : { 'content-type': contentType }, body });
  const order = JSON.stringify({ sku: 'BOLT-1', quantity: 3 });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('with an order as %s is let in', (contentType) => {
    expect(refusedBy(webAcl, request(order, contentType))).toBeUndefined();
    expect(isOrder(JSON.parse(order))).toBe(true);
  });

  test('without a body needs no media type', () => {
    expect(refusedBy(webAcl, request(''))).toBeUndefined();
  });

  test.each([8193, 16 * 1024 + 1, 9_000_000])('with a body of %d bytes is refused with 413', (bytes) => {
    expect(refusedBy(webAcl, request('x'.repeat(bytes), 'application/json'))).toEqual({ rule: 'BodySize', status: 413 });
  });

  test('with a body of the largest size is let in', () => {
    expect(refusedBy(webAcl, request('x'.repeat(8192), 'application/json'))).toBeUndefined();
  });

  test.each(['text/plain', 'application/jsonp', 'text/application/json', 'application/json,text/plain', undefined])('with a body as %s is refused with 415', (contentType) => {
    expect(refusedBy(webAcl, request(order, contentType))).toEqual({ rule: 'ContentType', status: 415 });
  });

  test('with a media type that is none of JSON is refused, whatever it is', () => {
    fc.assert(fc.property(fc.string().filter((type) => !/^application\/json\s*(;|$)/i.test(type)), (type) => {
      expect(refusedBy(webAcl, request(order, type))?.status).toBe(415);
    }));
  });

  test.each([
    ['a field too many', { sku: 'BOLT-1', quantity: 3, price: 1 }], ['a field too few', { sku: 'BOLT-1' }], ['a text for a number', { sku: 'BOLT-1', quantity: '3' }],
    ['too large a number', { sku: 'BOLT-1', quantity: 1000 }], ['too long a text', { sku: 'A'.repeat(65), quantity: 1 }], ['a list', []],
  ])('with %s is off the schema, which the validator of the method refuses', (_what, body) => {
    expect(isOrder(body)).toBe(false);
    const validator = propertiesOf(stack, 'AWS::ApiGateway::RequestValidator')[post.RequestValidatorId.Ref];
    expect(validator.ValidateRequestBody).toBe(true);
  });

  test('with another media type finds no template that would pass it on', () => {
    expect([post.Integration.PassthroughBehavior, Object.keys(post.Integration.RequestTemplates)]).toEqual(['NEVER', ['application/json']]);
  });
});

describe('a domain', () => {
  test('takes TLS 1.2 and newer, and requests that name it', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    domainIn(stack);
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::DomainName'))[0]).toMatchObject({
      DomainName: 'api.example.com',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      RegionalCertificateArn: CERTIFICATE,
    });
  });

  test('asks for certificates of a trust store, and says in a tag that it is meant to', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    domainIn(stack, { trustStore: { bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'trust'), key: 'partners.pem', version: 'v1' } });
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::DomainName'))[0]).toMatchObject({
      SecurityPolicy: 'TLS_1_2',
      MutualTlsAuthentication: { TruststoreUri: 's3://trust/partners.pem', TruststoreVersion: 'v1' },
      Tags: [{ Key: MUTUAL_TLS_TAG, Value: 'required' }],
    });
    expect(findingsIn(stack)).toEqual([]);
  });

  test('takes no enhanced policy together with a trust store, as API Gateway does', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const trustStore = { bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'trust'), key: 'partners.pem', version: 'v1' };
    expect(() => domainIn(stack, { trustStore, securityPolicy: apigateway.SecurityPolicy.TLS13_1_3_2025_09 })).toThrow(
      "[Stack/Domain] 'securityPolicy' must be TLS_1_2 for a domain with a trust store, got 'SecurityPolicy_TLS13_1_3_2025_09'; leave it out");
  });

  test('is found by both versions of the protocol in its zone', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    domainIn(stack, { hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }) });
    expect(Object.values(propertiesOf(stack, 'AWS::Route53::RecordSet')).map(({ Type, Name }) => [Type, Name])).toEqual([['A', 'api.example.com.'], ['AAAA', 'api.example.com.']]);
  });

  test('may be one of another app', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const domain = api.ApiDomain.fromDomainNameAttributes(stack, 'Domain', { domainName: 'api.example.com', domainNameAliasTarget: 'd-1.execute-api.eu-west-1.amazonaws.com', domainNameAliasHostedZoneId: 'Z1' });
    expect(domain.domain.domainName).toBe('api.example.com');
  });

  test.each([
    [{ domainName: 'API.example.com' }, "'domainName' must be a domain name in lower case, got 'API.example.com'; write for example 'api.example.com'"],
    [{ securityPolicy: apigateway.SecurityPolicy.TLS_1_0 }, "'securityPolicy' must be an enhanced policy of a regional domain, got 'TLS_1_0'; choose one of apigateway.SecurityPolicy that starts with TLS13_1_"],
    [{ securityPolicy: apigateway.SecurityPolicy.TLS13_2025_EDGE }, "'securityPolicy' must be an enhanced policy of a regional domain, got 'SecurityPolicy_TLS13_2025_EDGE'"],
  ])('refuses %j', (props, message) => {
    expect(() => domainIn(new Stack(new App(), 'Stack'), props)).toThrow(`[Stack/Domain] ${message}`);
  });
});

describe('a platform', () => {
  const alarmsOf = (stack: Stack): Record<string, any> => Object.fromEntries(Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm'))
    .filter(({ Metrics }) => Metrics).map((alarm) => [alarm.Metrics[0].Label, alarm]));

  function platformIn(props?: api.ApiPlatformProps): Stack {
    const stack = new Stack(new App(), 'Stack', { env });
    new api.ApiPlatform(stack, 'Platform', props);
    return stack;
  }

  test('watches every API of the account apart, and tells the foundation', () => {
    const alarms = alarmsOf(platformIn());
    expect(Object.entries(alarms).map(([label, { Threshold, EvaluationPeriods }]) => [label, Threshold, EvaluationPeriods])).toEqual([
      ['ServerErrors', 5, 1], ['ClientErrors', 500, 1], ['Latency', 5000, 3], ['Refusals', 100, 1], ['Throttled', 100, 1],
    ]);
    for (const { Metrics: [{ Expression, Period }], AlarmActions, TreatMissingData } of Object.values(alarms)) {
      expect(Expression).toMatch(/^SELECT (SUM|AVG)\(.+\) FROM SCHEMA\(.+\) GROUP BY \w+(, Stage)? ORDER BY (SUM|AVG)\(\) DESC$/);
      expect([Period, AlarmActions.length, TreatMissingData]).toEqual([300, 1, 'notBreaching']);
    }
  });

  test('counts refusals and limits in the log of requests by API, and what consumers ask by consumer', () => {
    const byConsumer = [{ Key: 'Api', Value: '$.api' }, { Key: 'Consumer', Value: '$.consumer' }];
    const filters = Object.values(propertiesOf(platformIn(), 'AWS::Logs::MetricFilter'));
    expect(filters.map(({ FilterPattern, MetricTransformations: [{ MetricName, Dimensions }] }) => [MetricName, FilterPattern, Dimensions])).toEqual([
      ['Refusals', '{ $.status = "401" || $.status = "403" }', [{ Key: 'Api', Value: '$.api' }]],
      ['Throttled', '{ $.status = "429" }', [{ Key: 'Api', Value: '$.api' }]],
      ['ConsumerRequests', '{ $.consumer = "*" && $.consumer != "-" }', byConsumer],
      ['ConsumerDenials', '{ $.consumer = "*" && $.consumer != "-" && ($.status = "401" || $.status = "403" || $.status = "429") }', byConsumer],
    ]);
  });

  test('shows alarms, traffic and refused requests on one page', () => {
    const [{ DashboardBody }] = Object.values(propertiesOf(platformIn(), 'AWS::CloudWatch::Dashboard'));
    const text = JSON.stringify(DashboardBody);
    for (const part of ['Requests by API', 'BlockedRequests', 'ServerErrors', 'Throttled']) expect(text).toContain(part);
  });

  test('lets API Gateway write logs, and goes on to when the stack is gone', () => {
    const template = Template.fromStack(platformIn());
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::IAM::Role', { DeletionPolicy: 'Retain' });
  });

  test('leaves the role to whoever set it', () => {
    Template.fromStack(platformIn({ setAccountLogRole: false })).resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  test('takes a web ACL that is there', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/apis/1234abcd-12ab-34cd-56ef-1234567890ab';
    const stack = new Stack(new App(), 'Stack', { env });
    const platform = new api.ApiPlatform(stack, 'Platform', { webAcl: api.WebAcl.fromWebAclArn(stack, 'Acl', arn), logRetention: logs.RetentionDays.TWO_YEARS });
    expect(platform.webAcl.webAclArn).toBe(arn);
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', 0);
    expect(Object.values(propertiesOf(stack, 'AWS::Logs::LogGroup'))[0].RetentionInDays).toBe(731);
  });

  test('is one for a foundation', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const shared = foundation.Foundation.of(stack);
    expect(api.ApiPlatform.of(shared)).toBe(api.ApiPlatform.of(shared));
  });

  test('says when something else has its name', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const shared = foundation.Foundation.of(stack);
    new s3.Bucket(shared, 'ApiPlatform');
    expect(() => api.ApiPlatform.of(shared)).toThrow("[Stack/Foundation] 'ApiPlatform' must be an ApiPlatform, got another construct of that id; rename that, or pass a platform");
  });

  test('may be one of another app', () => {
    const stack = new Stack(new App(), 'Stack', { env });
    const platform = api.ApiPlatform.fromApiPlatformAttributes(stack, 'Platform', {
      foundation: foundation.Foundation.of(stack),
      webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/apis/1234abcd-12ab-34cd-56ef-1234567890ab',
      accessLogGroupName: 'api-access',
    });
    const served = new api.IntegrationApi(stack, 'Api', { platform, authorization: api.Authorization.iam() });
    served.addRoute(api.HttpMethod.DELETE, '/', { integration: api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal') });
    const [stage] = Object.values(propertiesOf(stack, 'AWS::ApiGateway::Stage'));
    expect(JSON.stringify(stage.AccessLogSetting.DestinationArn)).toContain('log-group:api-access');
    Template.fromStack(stack).resourceCountIs('AWS::WAFv2::WebACL', 0);
    Template.fromStack(stack).resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  test.each([
    [{ maxServerErrors: 0 }, "'maxServerErrors' must be a whole number between 1 and"],
    [{ maxThrottled: 1.5 }, "'maxThrottled' must be a whole number between 1 and"],
  ])('refuses %j', (props, message) => {
    expect(() => platformIn(props)).toThrow(`[Stack/Platform] ${message}`);
  });
});

test('an API has the metrics of its name', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const served = new api.IntegrationApi(stack, 'Api');
  expect(served.metric('Count', { statistic: cloudwatch.Stats.SUM }).dimensions).toEqual({ ApiName: served.apiName, Stage: 'live' });
});
