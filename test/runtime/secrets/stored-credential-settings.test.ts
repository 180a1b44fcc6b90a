import { BEARER_HOLDER, MAC_KEY_ARN } from './harness/stored-credentials';
import { parseBearerKeySettings, parseSftpPasswordSettings } from '../../../src/runtime/secrets/stored-credential-settings';

const BEARER_KEY = { TABLE_NAME: 'Stack-Keys-1A2B', HOLDER: BEARER_HOLDER, KEY_PREFIX: 'acme', MAC_KEY_ARN, PLAN_KEY_ID: 'a1b2c3' };
const PASSWORD = { TABLE_NAME: 'Stack-Keys-1A2B', USER_NAME: 'acme.edi@example-1' };

test('reads where a credential is stored, and whose it is', () => {
  expect(parseBearerKeySettings(BEARER_KEY)).toEqual({
    tableName: 'Stack-Keys-1A2B', holder: BEARER_HOLDER, prefix: 'acme', macKeyArn: MAC_KEY_ARN, planKeyId: 'a1b2c3',
  });
  expect(parseSftpPasswordSettings(PASSWORD)).toEqual({ tableName: 'Stack-Keys-1A2B', userName: 'acme.edi@example-1' });
});

test.each<[string, Array<string | undefined>, string]>([
  ['TABLE_NAME', [undefined, '', 'ab', 'a b', 'arn:aws:dynamodb:eu-west-1:1:table/x', 'a'.repeat(256)], 'the name of a table'],
  ['HOLDER', [undefined, '', '0A1B2C3D4E', '0a1b2c3d4', '0a1b2c3d4e5'], '10 lower-case hexadecimal digits'],
  ['KEY_PREFIX', [undefined, '', 'a', 'ACME', 'ac_me', '1acme', 'a'.repeat(17)], '2 to 16 lower-case letters and digits, a letter first'],
  ['MAC_KEY_ARN', [undefined, '', '*', 'alias/mac', MAC_KEY_ARN.replace('key/', 'alias/'), `${MAC_KEY_ARN}*`], 'the ARN of a key of AWS KMS'],
  ['PLAN_KEY_ID', [undefined, '', '*', 'A1', 'a/b'], 'the id of a key of API Gateway'],
])('refuses %s of %j', (name, values, rule) => {
  for (const value of values) expect(() => parseBearerKeySettings({ ...BEARER_KEY, [name]: value })).toThrow(`${name} must be ${rule}`);
});

test.each([undefined, '', 'ab', '.acme', '@acme', 'a b c', 'a/b', 'acme\n', 'a'.repeat(101)])('refuses the user %j', (USER_NAME) => {
  expect(() => parseSftpPasswordSettings({ ...PASSWORD, USER_NAME })).toThrow('USER_NAME must be the name of a user at AWS Transfer Family');
});
