import { Control } from '../control';

/** Controls of what stands behind an API. */
export const APIGATEWAY_BACKEND_CONTROLS: readonly Control[] = [
  {
    id: 'API-BACKEND-CERTIFICATE',
    title: 'A stage shows its HTTP backends a client certificate',
    rationale: 'A public backend that cannot tell API Gateway from anybody else can be called past the API, its authorization and its limits.',
    remedy: 'Set ClientCertificateId, and let the backend accept requests with that certificate only.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
    findings: {
      NoCertificate: 'The stage presents no client certificate.',
      UnresolvedCertificate: 'The template does not tell the client certificate.',
      UnreadBody: 'The stage presents no client certificate, and its methods stand in a document that is not in the template.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'APIGateway.2' },
      { framework: 'HIPAA Security Rule', clause: '164.312(e)(1)' },
      { framework: 'NIST 800-53r5', clause: 'AC-17(2)' },
    ],
    source: 'AWS Foundational Security Best Practices, APIGateway.2',
    mixin: { impossible: 'the backend has to trust the certificate before it is shown' },
  },
  {
    id: 'API-BACKEND-TLS',
    title: 'An API talks to its HTTP backends over verified TLS',
    rationale: 'TLS that ends at the API protects nothing behind it, and a certificate that nobody verifies proves nothing.',
    remedy: 'Give the integration an https URI, leave TlsConfig.InsecureSkipVerification out (tlsConfig of the x-amazon-apigateway-integration), and give a private integration of an HTTP API TlsConfig.ServerNameToVerify.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Integration'],
    findings: {
      PlainHttp: 'Requests go to the backend in clear text.',
      VerificationOff: 'The certificate of the backend is not verified.',
      UnresolvedBackend: 'The template does not tell how the backend is called.',
      UnreadBody: 'The methods of the API stand in a document that is not in the template.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '4.2.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(e)(1)' },
      { framework: 'NIST 800-53r5', clause: 'SC-8(1)' },
    ],
    source: 'Amazon API Gateway Developer Guide, HTTP integrations for REST APIs; AWS::ApiGatewayV2::Integration, TlsConfig',
    mixin: { impossible: 'the backend has to speak TLS first' },
  },
  {
    id: 'API-CACHE-ENCRYPTION',
    title: 'A stage encrypts the responses that it caches',
    rationale: 'The cache holds what the backend answered, and is in clear text unless each method setting says otherwise.',
    remedy: 'Set CacheDataEncrypted wherever CachingEnabled is set.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Stage'],
    findings: {
      PlainCache: 'Responses are cached in clear text.',
      UnresolvedCache: 'The template does not tell whether cached responses are encrypted.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'APIGateway.5' },
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(iv)' },
      { framework: 'NIST 800-53r5', clause: 'SC-28(1)' },
    ],
    source: 'AWS Foundational Security Best Practices, APIGateway.5',
    mixin: { name: 'api.mixins.StageCacheEncryption' },
  },
];
