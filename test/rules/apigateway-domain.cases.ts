import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const TAG = 'cdk-secure-integrations:mutual-tls';

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const domain = (properties: object): Template => template({ Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: properties } });
const domainV2 = (properties: object): Template => template({ Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'api.example.com', ...properties } } });
const api = (properties: object): Template => template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: properties } });

const MAPPING = { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { DomainName: 'api.example.com', RestApiId: { Ref: 'Api' }, Stage: 'prod' } };
const mapped = (properties: object, mapping: object = MAPPING, type: string = 'AWS::ApiGateway::RestApi'): Template => template({ Api: { Type: type, Properties: properties }, Mapping: mapping });
const mapping = (type: string, properties: object): object => ({ Type: type, Properties: { DomainNameArn: 'arn', ...properties } });
const V2 = 'AWS::ApiGatewayV2::Api';

const STORE = { TruststoreUri: 's3://trust-111122223333/partners.pem', TruststoreVersion: '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY' };
const WISH = [{ Key: TAG, Value: 'required' }];

/** Examples of the names and doors by which an API is reached. */
export const APIGATEWAY_DOMAIN_CASES: readonly ControlCase[] = [
  {
    control: 'API-DEFAULT-ENDPOINT',
    passing: {
      'a REST API': mapped({ DisableExecuteApiEndpoint: true }),
      'an HTTP API': mapped({ DisableExecuteApiEndpoint: 'true' }, mapping('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' }, DomainName: 'api.example.com' }), V2),
      'a routing rule': mapped({ DisableExecuteApiEndpoint: true }, mapping('AWS::ApiGatewayV2::RoutingRule', { Actions: [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: 'prod' } }] })),
    },
    failing: [
      { finding: 'DefaultEndpointOpen', template: mapped({}) },
      { finding: 'DefaultEndpointOpen', template: mapped({ DisableExecuteApiEndpoint: false }) },
      { finding: 'DefaultEndpointOpen', template: mapped({}, mapping('AWS::ApiGateway::BasePathMappingV2', { RestApiId: { Ref: 'Api' } })) },
      { finding: 'DefaultEndpointOpen', template: mapped({}, mapping('AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Api' } }), V2) },
      { finding: 'DefaultEndpointOpen', template: mapped({}, mapping('AWS::ApiGatewayV2::RoutingRule', { Actions: [{ InvokeApi: { ApiId: { Ref: 'Api' }, Stage: 'prod' } }] })) },
      { finding: 'UnresolvedEndpoint', template: mapped({ DisableExecuteApiEndpoint: PARAMETER }) },
      { finding: 'UnresolvedEndpoint', template: mapped({}, mapping('AWS::ApiGateway::BasePathMapping', { RestApiId: PARAMETER })) },
      { finding: 'UnresolvedEndpoint', template: mapped({}, mapping('AWS::ApiGatewayV2::RoutingRule', { Actions: PARAMETER })) },
    ],
    mutations: [
      { name: 'open the endpoint', finding: 'DefaultEndpointOpen', mutate: (t) => { t.Resources.Api.Properties.DisableExecuteApiEndpoint = false; } },
      { name: 'say nothing', finding: 'DefaultEndpointOpen', mutate: (t) => delete t.Resources.Api.Properties.DisableExecuteApiEndpoint },
    ],
  },
  {
    control: 'API-ENDPOINT-ACCESS-MODE',
    passing: {
      'a domain': domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' }),
      'an API': api({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' }),
      'whichever policy': domain({ SecurityPolicy: PARAMETER, EndpointAccessMode: 'STRICT' }),
    },
    failing: [
      { finding: 'NotStrict', template: domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }) },
      { finding: 'NotStrict', template: domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'BASIC' }) },
      { finding: 'NotStrict', template: api({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09', EndpointAccessMode: 'BASIC' }) },
      { finding: 'NotStrict', template: template({ Domain: { Type: 'AWS::ApiGateway::DomainNameV2', Properties: { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' } } }) },
      { finding: 'UnresolvedMode', template: domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: PARAMETER }) },
      { finding: 'UnresolvedMode', template: domain({ SecurityPolicy: PARAMETER }) },
    ],
    mutations: [{ name: 'go back to basic', finding: 'NotStrict', mutate: (t) => { t.Resources.Domain.Properties.EndpointAccessMode = 'BASIC'; } }],
  },
  {
    control: 'API-MUTUAL-TLS',
    passing: {
      'a tagged domain': domain({ Tags: WISH, MutualTlsAuthentication: STORE }),
      'a domain of an HTTP API': domainV2({ Tags: { [TAG]: 'required' }, MutualTlsAuthentication: STORE }),
      'without a tag': domain({ MutualTlsAuthentication: STORE }),
    },
    failing: [
      { finding: 'NoTrustStore', template: domain({ Tags: WISH }) },
      { finding: 'NoTrustStore', template: domain({ OwnershipVerificationCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }) },
      { finding: 'NoTrustStore', template: domainV2({ Tags: { [TAG]: 'required' } }) },
      { finding: 'NoTrustStore', template: domainV2({ DomainNameConfigurations: [{ OwnershipVerificationCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' }] }) },
      { finding: 'NoTrustStore', template: domain({ MutualTlsAuthentication: {} }) },
      { finding: 'NotPinned', template: domain({ MutualTlsAuthentication: { TruststoreUri: STORE.TruststoreUri } }) },
      { finding: 'UnresolvedTrustStore', template: domain({ MutualTlsAuthentication: PARAMETER }) },
      { finding: 'UnresolvedTrustStore', template: domain({ MutualTlsAuthentication: { ...STORE, TruststoreUri: PARAMETER } }) },
      { finding: 'UnresolvedTrustStore', template: domain({ MutualTlsAuthentication: { ...STORE, TruststoreVersion: PARAMETER } }) },
      { finding: 'UnresolvedTrustStore', template: domain({ Tags: [{ Key: TAG, Value: PARAMETER }] }) },
      { finding: 'UnresolvedTrustStore', template: domainV2({ Tags: PARAMETER }) },
    ],
    mutations: [
      { name: 'remove mutual TLS', finding: 'NoTrustStore', mutate: (t) => delete t.Resources.Domain.Properties.MutualTlsAuthentication },
      { name: 'let the trust store move', finding: 'NotPinned', mutate: (t) => delete t.Resources.Domain.Properties.MutualTlsAuthentication.TruststoreVersion },
    ],
  },
  {
    control: 'API-TLS',
    passing: {
      'TLS 1.2': domain({ SecurityPolicy: 'TLS_1_2' }),
      'TLS 1.3 with 1.2': domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09' }),
      'TLS 1.3 alone': domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }),
      'a domain of an HTTP API': domainV2({ DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }] }),
      'a domain of an HTTP API, which takes nothing older by itself': domainV2({ DomainNameConfigurations: [{ EndpointType: 'REGIONAL' }] }),
      'an API': api({ SecurityPolicy: 'TLS_1_2' }),
      'a private API': api({ EndpointConfiguration: { Types: ['PRIVATE'] } }),
    },
    failing: [
      { finding: 'NotStated', template: domain({}) },
      { finding: 'OldTls', template: domain({ SecurityPolicy: 'TLS_1_0' }) },
      { finding: 'UnknownPolicy', template: domain({ SecurityPolicy: 'SecurityPolicy_TLS13_1_0_2030' }) },
      { finding: 'UnresolvedPolicy', template: domain({ SecurityPolicy: PARAMETER }) },
      { finding: 'OldTls', template: domainV2({ DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_2' }, { SecurityPolicy: 'TLS_1_0' }] }) },
      { finding: 'UnresolvedPolicy', template: domainV2({ DomainNameConfigurations: [{ SecurityPolicy: PARAMETER }] }) },
      { finding: 'UnresolvedPolicy', template: domainV2({ DomainNameConfigurations: PARAMETER }) },
      { finding: 'DefaultTls', template: api({}) },
      { finding: 'DefaultTls', template: api({ EndpointConfiguration: { Types: ['REGIONAL'] }, DisableExecuteApiEndpoint: false }) },
      { finding: 'OldTls', template: api({ SecurityPolicy: 'TLS_1_0' }) },
      { finding: 'UnresolvedPolicy', template: api({ SecurityPolicy: PARAMETER }) },
      { finding: 'UnresolvedPolicy', template: api({ EndpointConfiguration: { Types: [PARAMETER] } }) },
      { finding: 'UnresolvedPolicy', template: api({ DisableExecuteApiEndpoint: PARAMETER }) },
    ],
    mutations: [
      { name: 'go back to TLS 1.0', finding: 'OldTls', mutate: (t) => { t.Resources.Domain.Properties.SecurityPolicy = 'TLS_1_0'; } },
      { name: 'say nothing', finding: 'NotStated', mutate: (t) => delete t.Resources.Domain.Properties.SecurityPolicy },
    ],
  },
];
