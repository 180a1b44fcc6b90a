import { check, RULES } from '../../../src/rules';

function told(Type: string, Properties: object): string[] {
  return check([{ name: 'Stack', template: { Resources: { Door: { Type, Properties } } } }], RULES.filter(({ control }) => control === 'API-TLS'))
    .map(({ finding, message, outcome }) => `${finding || outcome}: ${message}`);
}

describe('the endpoint of a REST API', () => {
  const api = (properties: object) => told('AWS::ApiGateway::RestApi', properties);

  test('accepts TLS 1.0 where nothing else is said', () => {
    expect(api({ EndpointConfiguration: { Types: ['EDGE'] } })).toEqual(['DefaultTls: SecurityPolicy is not set, which is TLS_1_0 for the execute-api endpoint']);
  });

  test('does not matter once it is shut', () => {
    expect(api({ DisableExecuteApiEndpoint: true, SecurityPolicy: 'TLS_1_0' })).toEqual(['not-applicable: the API has no endpoint but those of its domains']);
  });

  test.each([{ EndpointConfiguration: { Types: ['PRIVATE'] } }, { Parameters: { endpointConfigurationTypes: 'PRIVATE' } }])('begins at TLS 1.2 where it is private: %j', (properties) => {
    expect(api(properties)).toEqual(['compliant: SecurityPolicy is not set, which is TLS_1_2 for a private API']);
  });
});

describe('a domain of HTTP and WebSocket APIs', () => {
  const domain = (configurations: unknown) => told('AWS::ApiGatewayV2::DomainName', { DomainName: 'api.example.com', DomainNameConfigurations: configurations });

  test('is judged at each of its endpoints', () => {
    expect(domain([{ SecurityPolicy: 'TLS_1_0' }, { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }, {}])).toEqual(['OldTls: SecurityPolicy is TLS_1_0']);
    expect(domain([{ SecurityPolicy: 'TLS_1_2' }, {}])).toEqual([
      'compliant: SecurityPolicy is TLS_1_2, which begins at TLS 1.2', 'compliant: SecurityPolicy is not set, which is TLS_1_2 for a domain',
    ]);
  });

  test('has none without configuration', () => {
    expect(domain(undefined)).toEqual(['not-applicable: the domain has no endpoint']);
  });
});
