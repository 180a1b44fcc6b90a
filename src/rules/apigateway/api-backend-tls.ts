import { isApi, judgeOperations } from './imported';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, truth, Unresolved, Value, ValueMap } from '../values';

/** Checks `API-BACKEND-TLS`. */
export const apiBackendTls: Rule = {
  control: 'API-BACKEND-TLS',
  check(resource) {
    const { properties, type } = resource;
    if (isApi(resource)) {
      const check = type === 'AWS::ApiGateway::RestApi' ? checkMethod : checkRoute;
      return judgeOperations(resource, ({ method }) => check(method.properties));
    }
    return type === 'AWS::ApiGateway::Method' ? checkMethod(properties) : checkIntegration(properties);
  },
};

/** A route of an imported HTTP API, whose integration has other rules than that of a method. */
function checkRoute({ Integration: integration }: ValueMap): Outcome {
  const [ConnectionType, IntegrationType, IntegrationUri, TlsConfig] = ['ConnectionType', 'Type', 'Uri', 'TlsConfig'].map((key) => at(integration, key));
  return checkIntegration({ ConnectionType, IntegrationType, IntegrationUri, TlsConfig });
}

function checkMethod({ Integration: integration }: ValueMap): Outcome {
  const type = at(integration, 'Type');
  if (isUnknown(type)) return cannotTell('UnresolvedBackend', `Integration.Type is ${describe(type)}`, 'Integration.Type');
  if (type !== 'HTTP' && type !== 'HTTP_PROXY') return notApplicable('no HTTP backend stands behind the method');
  const skips = truth(at(integration, 'TlsConfig.InsecureSkipVerification'));
  const property = 'Integration.TlsConfig.InsecureSkipVerification';
  if (skips instanceof Unresolved) return cannotTell('UnresolvedBackend', `${property} is ${describe(skips)}`, property);
  return skips ? violation('VerificationOff', `${property} is true`, property) : checkUri(at(integration, 'Uri'), 'Integration.Uri');
}

function checkIntegration({ ConnectionType, IntegrationType, IntegrationUri, TlsConfig }: ValueMap): Outcome {
  if (isUnknown(IntegrationType)) return cannotTell('UnresolvedBackend', `IntegrationType is ${describe(IntegrationType)}`, 'IntegrationType');
  if (IntegrationType !== 'HTTP' && IntegrationType !== 'HTTP_PROXY') return notApplicable('no HTTP backend stands behind the integration');
  if (ConnectionType !== 'VPC_LINK') return checkUri(IntegrationUri, 'IntegrationUri');
  // A private integration speaks TLS only where it has a TLS configuration (AWS::ApiGatewayV2::Integration, TlsConfig).
  const server = at(TlsConfig, 'ServerNameToVerify');
  if (isUnknown(server)) return cannotTell('UnresolvedBackend', `TlsConfig.ServerNameToVerify is ${describe(server)}`, 'TlsConfig');
  return server === undefined ? violation('PlainHttp', 'the private integration has no TlsConfig.ServerNameToVerify', 'TlsConfig')
    : compliant(`TLS with a certificate for ${describe(server)}`, 'TlsConfig');
}

/** A text whose first part is literal tells the scheme. */
function checkUri(uri: Value, property: string): Outcome {
  const text = describe(uri);
  if (/^https:\/\//i.test(text)) return compliant(`the backend is ${text}`, property);
  return /^\$\{/.test(text) ? cannotTell('UnresolvedBackend', `${property} is ${text}`, property) : violation('PlainHttp', `${property} is ${text}`, property);
}
