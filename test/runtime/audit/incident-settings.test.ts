import { parseClockSettings } from '../../../src/runtime/audit/incident-clock-settings';
import { parseIntakeSettings } from '../../../src/runtime/audit/intake-settings';

const OWN = { id: 'acme', title: 'ACME', steps: [{ id: 'tell', what: 'tell ACME', within: { hours: 4 }, source: 'contract of 2026, clause 7' }] };

const CLOCK = {
  TABLE_NAME: 'incidents',
  EVIDENCE_BUCKET: 'evidence',
  EVIDENCE_PREFIX: 'incidents/Stack-Incidents/',
  LEVELS: JSON.stringify([{ topicArn: 'arn:aws:sns:eu-west-1:111122223333:on-call', afterSeconds: 0 }]),
  REPEAT_SECONDS: '3600',
  WARN_SECONDS: '[86400]',
};

test('the intake knows regimes by name, and takes those of others as they are', () => {
  const settings = parseIntakeSettings({ TABLE_NAME: 'incidents', REGIMES: JSON.stringify(['gdpr', OWN]) });
  expect(settings.regimes.map(({ title }) => title)).toEqual(['GDPR', 'ACME']);
  expect(settings).not.toHaveProperty('mail');
  expect(parseIntakeSettings({ TABLE_NAME: 'incidents', REGIMES: '[]', MAIL_DOMAINS: '["example.com"]' }).mail).toEqual({ senderDomains: ['example.com'] });
});

test.each<readonly [Readonly<Record<string, string>>, string]>([
  [{}, 'TABLE_NAME must be the name of a table'],
  [{ TABLE_NAME: 'incidents' }, 'REGIMES must be a JSON array of regimes'],
  [{ TABLE_NAME: 'incidents', REGIMES: '["toString"]' }, 'REGIMES must be a JSON array of regimes'],
  [{ TABLE_NAME: 'incidents', REGIMES: '[{}]' }, 'REGIMES must be a JSON array of regimes'],
  [{ TABLE_NAME: 'incidents', REGIMES: '[]', MAIL_DOMAINS: '["@example.com"]' }, 'MAIL_DOMAINS must be a JSON array of domains'],
  [{ TABLE_NAME: 'incidents', REGIMES: '[]', MAIL_DOMAINS: '[7]' }, 'MAIL_DOMAINS must be a JSON array of domains'],
])('the intake does not start with %j', (environment, message) => {
  expect(() => parseIntakeSettings(environment)).toThrow(message);
});

test('the clock reads whom it tells, and when', () => {
  expect(parseClockSettings(CLOCK)).toEqual({
    table: 'incidents',
    evidenceBucket: 'evidence',
    evidencePrefix: 'incidents/Stack-Incidents/',
    plan: {
      levels: [{ topicArn: 'arn:aws:sns:eu-west-1:111122223333:on-call', afterMilliseconds: 0 }], repeatMilliseconds: 3_600_000, warnMilliseconds: [86_400_000],
    },
  });
});

test.each<readonly [string, string, string]>([
  ['EVIDENCE_BUCKET', 'X', 'EVIDENCE_BUCKET must be the name of a bucket'],
  ['EVIDENCE_PREFIX', 'incidents', 'EVIDENCE_PREFIX must be the start of keys that ends in a slash'],
  ['LEVELS', '[]', 'LEVELS must name one level at least'],
  ['LEVELS', '[null]', 'LEVELS must be a JSON array of levels, each with topicArn and afterSeconds'],
  ['LEVELS', '[{"topicArn":"arn:aws:sqs:eu-west-1:111122223333:x","afterSeconds":0}]', 'LEVELS must be a JSON array of levels'],
  ['LEVELS', '[{"topicArn":"arn:aws:sns:eu-west-1:111122223333:x","afterSeconds":-1}]', 'LEVELS must be a JSON array of levels'],
  ['REPEAT_SECONDS', '59', 'REPEAT_SECONDS must be a whole number from 60 to 31622400'],
  ['WARN_SECONDS', '["1"]', 'WARN_SECONDS must be a JSON array of seconds'],
])('the clock does not start with %s %s', (name, value, message) => {
  expect(() => parseClockSettings({ ...CLOCK, [name]: value })).toThrow(message);
});
