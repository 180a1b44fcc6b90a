import { BOTH, KEYS_ALONE } from './cases/world';
import { FOR_DEPLOYMENTS, FOR_OPERATORS } from './registrar-world';
import { tryNetwork } from '../../../src/formats/networks';
import { parseIdentityProviderSettings } from '../../../src/runtime/sftp/identity-provider-settings';
import { liesWithin, parseRegistrarSettings } from '../../../src/runtime/sftp/registrar-settings';

test('reads what an identity provider is configured with', () => {
  expect(parseIdentityProviderSettings(BOTH)).toEqual({
    partnersTable: 'partners',
    activityTable: 'activity',
    credentialsTable: 'credentials',
    authentication: 'PUBLIC_KEY_AND_PASSWORD',
    rolePrefix: 'arn:aws:iam::111122223333:role/sftp/c8f3/',
    lockout: { failures: 3, windowMilliseconds: 600_000, lockMilliseconds: 900_000 },
    cacheSeconds: 0,
  });
  const { CREDENTIALS_TABLE: _table, ...rest } = BOTH;
  expect(parseIdentityProviderSettings({ ...rest, ...KEYS_ALONE })).not.toHaveProperty('credentialsTable');
});

test.each([
  ['PARTNERS_TABLE', ''], ['ACTIVITY_TABLE', 'a/b'], ['CREDENTIALS_TABLE', ''], ['AUTHENTICATION', 'PASSWORD'], ['AUTHENTICATION', 'PUBLIC_KEY_OR_PASSWORD'],
  ['ROLE_PREFIX', ''], ['ROLE_PREFIX', 'arn:aws:iam::111122223333:role/'], ['ROLE_PREFIX', 'arn:aws:iam::111122223333:role/sftp'], ['ROLE_PREFIX', 'arn:aws:iam::*:role/sftp/'],
  ['LOCKOUT_FAILURES', '0'], ['LOCKOUT_FAILURES', '101'], ['LOCKOUT_WINDOW_SECONDS', '0'], ['LOCKOUT_SECONDS', '86401'], ['CACHE_SECONDS', '61'], ['CACHE_SECONDS', '-1'],
])('an identity provider does not start with the %s %j', (name, value) => {
  expect(() => parseIdentityProviderSettings({ ...BOTH, [name]: value })).toThrow(`${name} must be`);
});

test('operators may register partners where all is said that it takes, and act on them in any case', () => {
  expect(parseRegistrarSettings(FOR_DEPLOYMENTS)).toEqual({ caller: 'cloudformation', partnersTable: 'partners', authentication: 'PUBLIC_KEY', maxKeyDays: 365 });
  expect(parseRegistrarSettings(FOR_OPERATORS)).toMatchObject({ caller: 'operator', maxKeyDays: 90, runtime: { networks: [{ prefixLength: 24 }, { prefixLength: 48 }] } });
  // What deployments need no setting for is not read.
  expect(parseRegistrarSettings({ ...FOR_OPERATORS, CALLER: 'cloudformation' })).not.toHaveProperty('runtime');
});

test.each([
  ['CALLER', '', 'CALLER must be'], ['CALLER', 'anybody', 'CALLER must be'], ['PARTNERS_TABLE', '', 'PARTNERS_TABLE must be'], ['AUTHENTICATION', '', 'AUTHENTICATION must be'],
  ['MAX_KEY_DAYS', '0', 'MAX_KEY_DAYS must be'], ['SERVER_ID', 's-1', 'SERVER_ID must be'], ['RUNTIME_ROLE_ARN', 'role', 'RUNTIME_ROLE_ARN must be'],
  ['ALLOWED_NETWORKS', '', 'ALLOWED_NETWORKS: networks is no list'], ['ALLOWED_NETWORKS', '["0.0.0.0/0"]', 'ALLOWED_NETWORKS: networks[0] is every address there is'],
  ['DIRECTORIES', '[]', 'DIRECTORIES: directories is no list'], ['DIRECTORIES', '[{"entry":"/"}]', 'DIRECTORIES: directories[0]'],
])('a registrar does not start with the %s %j', (name, value, message) => {
  expect(() => parseRegistrarSettings({ ...FOR_OPERATORS, [name]: value })).toThrow(message);
});

test.each(['RUNTIME_ROLE_ARN', 'ALLOWED_NETWORKS', 'DIRECTORIES'])('a registrar that lacks %s alone does not start', (name) => {
  const { [name as 'DIRECTORIES']: _left, ...rest } = FOR_OPERATORS;
  expect(() => parseRegistrarSettings(rest)).toThrow(name);
});

const ALLOWED = ['203.0.113.0/24', '2001:db8:1::/48'].map((text) => tryNetwork(text)!);

test.each([
  ['203.0.113.0/24', true], ['203.0.113.0/25', true], ['203.0.113.255/32', true], ['203.0.112.0/23', false], ['203.0.114.0/24', false], ['0.0.0.0/0', false],
  ['2001:db8:1::/48', true], ['2001:db8:1:ffff::/64', true], ['2001:db8::/32', false], ['2001:db8:2::/48', false], ['::ffff:203.0.113.0/120', false], ['x', false],
])('%s lies within the networks: %s', (text, isWithin) => {
  expect(liesWithin(ALLOWED, text)).toBe(isWithin);
});
