import { Control } from '../control';
import { MUTUAL_TLS_TAG } from '../vocabulary';

/** Controls of the names and doors by which an API is reached. */
export const APIGATEWAY_DOMAIN_CONTROLS: readonly Control[] = [
  {
    id: 'API-DEFAULT-ENDPOINT',
    title: 'An API with a domain of its own is reached by no other name',
    rationale: 'The default execute-api endpoint leads past the TLS policy, the mutual TLS and the name of the custom domain.',
    remedy: 'Set DisableExecuteApiEndpoint to true.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'],
    findings: {
      DefaultEndpointOpen: 'The API can be called by its execute-api name as well.',
      UnresolvedEndpoint: 'The template does not tell whether the execute-api name is shut, or whether a domain leads to the API.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'SC-7' }],
    source: 'Amazon API Gateway Developer Guide, Disable the default endpoint for REST APIs',
    mixin: { name: 'api.mixins.ApiDefaultEndpoint' },
  },
  {
    id: 'API-ENDPOINT-ACCESS-MODE',
    title: 'An endpoint with an enhanced security policy takes only requests that were meant for it',
    rationale: 'In mode BASIC a request may come through another type of endpoint or name another host than its TLS handshake did (domain fronting).',
    remedy: 'Set EndpointAccessMode to STRICT.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGateway::RestApi'],
    findings: {
      NotStrict: 'The endpoint access mode is not STRICT.',
      UnresolvedMode: 'The template does not tell the endpoint access mode, or whether the security policy needs one.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'SC-7' }],
    source: 'Amazon API Gateway Developer Guide, Security policies for REST APIs in API Gateway, Endpoint access mode',
    mixin: { name: 'api.mixins.ApiEndpointAccessMode' },
  },
  {
    id: 'API-MUTUAL-TLS',
    title: 'A domain that is meant to have mutual TLS has it',
    rationale: 'Without the trust store API Gateway asks for no client certificate, and every caller gets in as far as the authorizer.',
    remedy: `Set MutualTlsAuthentication with TruststoreUri and TruststoreVersion. A domain says that it needs mutual TLS by the tag ${MUTUAL_TLS_TAG}, value required, or by an ownership verification certificate.`,
    severity: 'critical',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'],
    findings: {
      NoTrustStore: 'The domain asks for no client certificate.',
      NotPinned: 'The trust store has no version, so that whoever can write the object decides who is trusted at the next update.',
      UnresolvedTrustStore: 'The template does not tell the trust store, or whether one is needed.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'IA-3(1)' }],
    source: 'Amazon API Gateway Developer Guide, How to turn on mutual TLS authentication for your REST APIs',
    mixin: { name: 'api.mixins.DomainMutualTls' },
  },
  {
    id: 'API-TLS',
    title: 'An API accepts TLS 1.2 and newer only',
    rationale: 'TLS 1.0 and 1.1 are broken and deprecated (RFC 8996).',
    remedy: 'Set SecurityPolicy to TLS_1_2, or to an enhanced policy such as SecurityPolicy_TLS13_1_2_PQ_2025_09; or shut the execute-api endpoint of an API that has a domain.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::DomainName'],
    findings: {
      NotStated: 'The template does not name a security policy.',
      DefaultTls: 'The execute-api endpoint accepts TLS 1.0, which is what API Gateway does unless a security policy is named.',
      OldTls: 'The domain or endpoint accepts TLS 1.0.',
      UnknownPolicy: 'The security policy is none that is known.',
      UnresolvedPolicy: 'The template does not tell the security policy.',
    },
    requirements: [{ framework: 'PCI DSS 4.0.1', clause: '4.2.1' }, { framework: 'HIPAA Security Rule', clause: '164.312(e)(1)' }],
    source: 'AWS Control Tower, CT.APIGATEWAY.PR.6; Amazon API Gateway Developer Guide, Supported security policies, Default security policies',
    mixin: { name: 'api.mixins.DomainTls' },
  },
];
