import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const method = (integration: object): Template => template({ Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', Integration: integration } } });
const integration = (properties: object): Template => template({ Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: properties } });
const stage = (properties: object): Template => template({ Stage: { Type: 'AWS::ApiGateway::Stage', Properties: properties } });
const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/b/c';
const staged = (certificate: unknown, type: string = 'HTTP_PROXY'): Template => template({
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', Integration: { Type: type, Uri: 'https://erp.example.com' } },
  },
  Certificate: { Type: 'AWS::ApiGateway::ClientCertificate' },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', ClientCertificateId: certificate } },
});
const imported = (stated: unknown, type = 'AWS::ApiGateway::RestApi', document: object = {}): Template => template({
  Api: { Type: type, Properties: { Body: { paths: { '/orders': { get: { 'x-amazon-apigateway-integration': stated } } }, ...document } } },
});
const HTTP_API = 'AWS::ApiGatewayV2::Api';
const withBody = (api: object, certificate?: unknown): Template => template({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: api },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', ClientCertificateId: certificate } },
});
const PROXIED = { Body: { paths: { '/orders': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri: 'https://erp.example.com' } } } } } };
const EVERYWHERE = { ResourcePath: '/*', HttpMethod: '*' };
const caching = (settings: object, cluster: unknown = true): Template =>
  stage({ CacheClusterEnabled: cluster, MethodSettings: [{ ...EVERYWHERE, ...settings }] });

/** Examples of what stands behind an API. */
export const APIGATEWAY_BACKEND_CASES: readonly ControlCase[] = [
  {
    control: 'API-BACKEND-CERTIFICATE',
    passing: { 'a certificate of API Gateway': staged({ Ref: 'Certificate' }), 'one by its id': staged('abc123', 'HTTP'), 'a document': withBody(PROXIED, 'abc123') },
    failing: [
      { finding: 'NoCertificate', template: staged(undefined) },
      { finding: 'NoCertificate', template: staged(undefined, 'HTTP') },
      { finding: 'UnresolvedCertificate', template: staged(PARAMETER) },
      { finding: 'NoCertificate', template: withBody(PROXIED) },
      { finding: 'UnreadBody', template: withBody({ BodyS3Location: { Bucket: 'definitions' } }) },
    ],
    mutations: [{ name: 'show none', finding: 'NoCertificate', mutate: (t) => delete t.Resources.Stage.Properties.ClientCertificateId }],
  },
  {
    control: 'API-BACKEND-TLS',
    passing: {
      'https': method({ Type: 'HTTP_PROXY', Uri: 'https://erp.example.com/orders' }),
      'https to a host that deployment tells': method({ Type: 'HTTP', Uri: { 'Fn::Sub': 'https://${Parameter}/orders' } }),
      'a document': imported({ type: 'http', uri: 'https://erp.example.com' }),
      'a document of an HTTP API': imported(
        { $ref: '#/components/x-amazon-apigateway-integrations/erp' }, HTTP_API,
        { components: { 'x-amazon-apigateway-integrations': { erp: { type: 'HTTP_PROXY', connectionType: 'VPC_LINK', tlsConfig: { serverNameToVerify: 'erp.example.com' } } } } },
      ),
      'an HTTP API': integration({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://erp.example.com' }),
      'a private integration': integration({ IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', IntegrationUri: LISTENER, TlsConfig: { ServerNameToVerify: 'erp.example.com' } }),
    },
    failing: [
      { finding: 'PlainHttp', template: method({ Type: 'HTTP_PROXY', Uri: 'http://erp.example.com' }) },
      { finding: 'PlainHttp', template: method({ Type: 'HTTP', Uri: { 'Fn::Sub': 'http://${Parameter}/orders' } }) },
      { finding: 'PlainHttp', template: integration({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://erp.example.com' }) },
      { finding: 'PlainHttp', template: integration({ IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', IntegrationUri: LISTENER }) },
      { finding: 'VerificationOff', template: method({ Type: 'HTTP_PROXY', Uri: 'https://erp.example.com', TlsConfig: { InsecureSkipVerification: true } }) },
      { finding: 'UnresolvedBackend', template: method({ Type: 'HTTP_PROXY', Uri: PARAMETER }) },
      { finding: 'UnresolvedBackend', template: method({ Type: PARAMETER, Uri: 'https://erp.example.com' }) },
      { finding: 'UnresolvedBackend', template: method({ Type: 'HTTP', Uri: 'https://erp.example.com', TlsConfig: PARAMETER }) },
      { finding: 'UnresolvedBackend', template: integration({ IntegrationType: PARAMETER }) },
      { finding: 'PlainHttp', template: imported({ type: 'http_proxy', uri: 'http://erp.example.com' }) },
      { finding: 'PlainHttp', template: imported({ type: 'http_proxy', uri: 'http://erp.example.com' }, HTTP_API) },
      { finding: 'PlainHttp', template: imported({ type: 'http_proxy', connectionType: 'VPC_LINK', uri: LISTENER }, HTTP_API) },
      { finding: 'VerificationOff', template: imported({ type: 'http', uri: 'https://erp.example.com', tlsConfig: { insecureSkipVerification: true } }) },
      { finding: 'UnresolvedBackend', template: imported({ 'type': 'http', 'Fn::Transform': { Name: 'AWS::Include' } }) },
      { finding: 'UnresolvedBackend', template: imported(PARAMETER) },
      { finding: 'UnreadBody', template: template({ Api: { Type: HTTP_API, Properties: { Body: PARAMETER } } }) },
      { finding: 'UnreadBody', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { CloneFrom: 'a1b2c3' } } }) },
      { finding: 'UnresolvedBackend', template: integration({ IntegrationType: 'HTTP_PROXY', IntegrationUri: { 'Fn::Sub': '${Parameter}/orders' } }) },
      { finding: 'UnresolvedBackend', template: integration({ IntegrationType: 'HTTP_PROXY', ConnectionType: 'VPC_LINK', TlsConfig: PARAMETER }) },
    ],
    mutations: [
      { name: 'clear text', finding: 'PlainHttp', mutate: (t) => { t.Resources.Method.Properties.Integration.Uri = 'http://erp.example.com/orders'; } },
      { name: 'verify nothing', finding: 'VerificationOff', mutate: (t) => { t.Resources.Method.Properties.Integration.TlsConfig = { InsecureSkipVerification: 'true' }; } },
    ],
  },
  {
    control: 'API-CACHE-ENCRYPTION',
    passing: {
      'an encrypted cache': caching({ CachingEnabled: true, CacheDataEncrypted: true }),
      'an encrypted cache that may be off': caching({ CachingEnabled: PARAMETER, CacheDataEncrypted: 'true' }, PARAMETER),
    },
    failing: [
      { finding: 'PlainCache', template: caching({ CachingEnabled: true }) },
      { finding: 'PlainCache', template: caching({ CachingEnabled: true, CacheDataEncrypted: false }) },
      {
        finding: 'PlainCache',
        template: stage({
          CacheClusterEnabled: true,
          MethodSettings: [{ ...EVERYWHERE, CachingEnabled: true, CacheDataEncrypted: true }, { ResourcePath: '/~1orders', HttpMethod: 'GET', CachingEnabled: true }],
        }),
      },
      { finding: 'UnresolvedCache', template: caching({ CachingEnabled: true, CacheDataEncrypted: PARAMETER }) },
      { finding: 'UnresolvedCache', template: caching({ CachingEnabled: PARAMETER }) },
      { finding: 'UnresolvedCache', template: caching({ CachingEnabled: true }, PARAMETER) },
      { finding: 'UnresolvedCache', template: stage({ CacheClusterEnabled: true, MethodSettings: PARAMETER }) },
    ],
    mutations: [{ name: 'clear text', finding: 'PlainCache', mutate: (t) => delete t.Resources.Stage.Properties.MethodSettings[0].CacheDataEncrypted }],
  },
];
