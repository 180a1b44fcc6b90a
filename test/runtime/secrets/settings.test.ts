import { SECRET_ARN } from './harness/world';
import { parseSettings, parseUsagePlanIds } from '../../../src/runtime/secrets/settings';

const GOOD = { SECRET_ARN, OVERLAP_SECONDS: '86400', MAX_AGE_SECONDS: '2592000' };

test('reads how a secret rotates', () => {
  expect(parseSettings(GOOD)).toEqual({ secretArn: SECRET_ARN, overlapMilliseconds: 86_400_000, maxAgeMilliseconds: 2_592_000_000 });
});

test('reads from when on nobody may use a credential, if anybody said so', () => {
  expect(parseSettings({ ...GOOD, EXPIRES: '2027-06-30' })).toMatchObject({ expiresAt: Date.parse('2027-06-30T00:00:00Z') });
  expect(parseSettings(GOOD)).not.toHaveProperty('expiresAt');
});

test.each(['', 'soon', '2027-6-30', '2027-02-30', '2027-13-01', '2027-06-30T00:00:00Z', '20270630'])('refuses %j as an end', (EXPIRES) => {
  expect(() => parseSettings({ ...GOOD, EXPIRES })).toThrow('EXPIRES must be a day, YYYY-MM-DD');
});

test.each([undefined, '', 'partner/acme', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner/acme', `${SECRET_ARN}*`, ` ${SECRET_ARN}`])(
  'refuses %p as a secret', (value) => {
    expect(() => parseSettings({ ...GOOD, SECRET_ARN: value })).toThrow('SECRET_ARN must be the complete ARN of a secret');
  });

test.each(['arn:aws-cn', 'arn:aws-us-gov'])('knows the partition of %s', (partition) => {
  const secretArn = SECRET_ARN.replace('arn:aws', partition);
  expect(parseSettings({ ...GOOD, SECRET_ARN: secretArn })).toMatchObject({ secretArn });
});

describe.each(['OVERLAP_SECONDS', 'MAX_AGE_SECONDS'])('%s', (name) => {
  test.each([undefined, '', '0', '-1', '1.5', '1e3', ' 1', '01', '10000000000', 'Infinity'])('cannot be %p', (value) => {
    expect(() => parseSettings({ ...GOOD, [name]: value })).toThrow(`${name} must be a positive whole number of seconds`);
  });
});

test('refuses an overlap that leaves no time to rotate before a credential is too old', () => {
  const rule = 'MAX_AGE_SECONDS must exceed OVERLAP_SECONDS by more than an hour, since no rotation starts within an overlap';
  expect(() => parseSettings({ ...GOOD, MAX_AGE_SECONDS: '90000' })).toThrow(rule);
  expect(() => parseSettings({ ...GOOD, MAX_AGE_SECONDS: '90001' })).not.toThrow();
});

test('reads usage plans', () => {
  expect(parseUsagePlanIds({ USAGE_PLAN_IDS: '["abc123","x"]' })).toEqual(['abc123', 'x']);
});

test.each([undefined, '', '{', '[]', '"abc"', '{}', '[7]', '[""]', '["a/b"]', '["abc",null]'])('refuses %p as usage plans', (text) => {
  expect(() => parseUsagePlanIds({ USAGE_PLAN_IDS: text })).toThrow('USAGE_PLAN_IDS must be a JSON array of at least one usage plan id');
});

test('refuses a usage plan that is named twice', () => {
  expect(() => parseUsagePlanIds({ USAGE_PLAN_IDS: '["a","a"]' })).toThrow('USAGE_PLAN_IDS must name each usage plan once');
});
