import { trainingCheckCases } from './training-check-cases';
import { trainingCheck } from '../../../src/runtime/access/training-check';
import { parseTrainingCheckSettings } from '../../../src/runtime/access/training-check-settings';

const ENVIRONMENT = { ACCEPTED_PERIODS: '["2026-Q4","2026-Q3"]', VALID_PERIODS: '2', WARN_DAYS: '14', EVENT_BUS_NAME: 'default' };

trainingCheckCases(async (environment, now) => {
  const log: unknown[] = [];
  const told: unknown[] = [];
  const check = trainingCheck(parseTrainingCheckSettings(environment), {
    events: { tell: async (type, detail) => void told.push({ type, detail }) }, now: () => now, log: (entry) => void log.push(entry),
  });
  await check({});
  return { log, told };
});

test('an event that nobody took is an error, without what the service said', async () => {
  const log: unknown[] = [];
  const check = trainingCheck(parseTrainingCheckSettings(ENVIRONMENT), {
    events: { tell: async () => { throw Object.assign(new Error('CANARY'), { name: 'ThrottlingException' }); } },
    now: () => Date.UTC(2027, 0, 1),
    log: (entry) => void log.push(entry),
  });
  await expect(check()).rejects.toThrow('checking the training list failed: ThrottlingException');
  expect(log).toContainEqual({ outcome: 'fault', reason: 'ThrottlingException' });
});

test('settings are read', () => {
  const settings = parseTrainingCheckSettings(ENVIRONMENT);
  expect(settings.accepted.map(({ index }) => index)).toEqual([2026 * 4 + 2, 2026 * 4 + 3]);
  expect(settings).toMatchObject({ validPeriods: 2, warnMilliseconds: 14 * 24 * 60 * 60 * 1000, eventBusName: 'default' });
});

test.each([
  ['ACCEPTED_PERIODS', '[]', 'ACCEPTED_PERIODS must be periods of one length, each once'],
  ['ACCEPTED_PERIODS', '["2026-Q4","2026-12"]', 'ACCEPTED_PERIODS must be periods of one length, each once'],
  ['ACCEPTED_PERIODS', '[4]', 'ACCEPTED_PERIODS must be a JSON array of periods'],
  ['VALID_PERIODS', '0', 'VALID_PERIODS must be a whole number from 1 to 24'],
  ['WARN_DAYS', '91', 'WARN_DAYS must be a whole number from 1 to 90'],
  ['EVENT_BUS_NAME', '', 'EVENT_BUS_NAME must be the name or the ARN of an event bus'],
])('settings refuse %s %s', (name, value, message) => {
  expect(() => parseTrainingCheckSettings({ ...ENVIRONMENT, [name]: value })).toThrow(message);
});
