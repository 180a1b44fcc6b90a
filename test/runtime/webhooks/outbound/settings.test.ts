import { parseEndpointSettings, parseSenderSettings } from '../../../../src/runtime/webhooks/outbound/settings';

const GOOD = { ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries' };

test('two tables suffice', () => {
  expect(parseSenderSettings(GOOD)).toEqual({
    endpointTable: 'endpoints', deliveryTable: 'deliveries', timeoutMilliseconds: 20_000, retentionMilliseconds: 30 * 86_400_000, deniedNetworks: [], deniedDomains: [], ports: [443],
  });
});

test('of endpoints, their table suffices', () => {
  expect(parseEndpointSettings({ ENDPOINT_TABLE: 'endpoints' })).toEqual({ endpointTable: 'endpoints', deniedNetworks: [], deniedDomains: [], ports: [443] });
});

test('everything can be said', () => {
  expect(parseSenderSettings({
    ...GOOD, TIMEOUT_SECONDS: '15', RETENTION_DAYS: '7', DENIED_NETWORKS: '["52.94.0.0/16"]', DENIED_DOMAINS: '["corp.com"]', PORTS: '[443,8443]',
  })).toMatchObject({ timeoutMilliseconds: 15_000, retentionMilliseconds: 7 * 86_400_000, deniedNetworks: ['52.94.0.0/16'], deniedDomains: ['corp.com'], ports: [443, 8443] });
});

test.each([
  ['ENDPOINT_TABLE', ''], ['DELIVERY_TABLE', ''], ['TIMEOUT_SECONDS', '0'], ['TIMEOUT_SECONDS', '31'], ['TIMEOUT_SECONDS', '1.5'], ['RETENTION_DAYS', '3651'], ['RETENTION_DAYS', ''],
  ['DENIED_NETWORKS', 'a'], ['DENIED_NETWORKS', '{}'], ['DENIED_NETWORKS', '["52.94.0.0"]'], ['DENIED_NETWORKS', '[1]'], ['DENIED_DOMAINS', '["Corp.com"]'], ['DENIED_DOMAINS', '[1]'],
  ['PORTS', '["443"]'], ['PORTS', '[0]'], ['PORTS', '[65536]'],
])('does not start with %s of %p', (name, value) => {
  expect(() => parseSenderSettings({ ...GOOD, [name]: value })).toThrow(name);
});
