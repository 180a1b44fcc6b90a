import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import { DAY, MINUTES, NOW } from './harness/world';
import { rotationWatch } from '../../../src/runtime/secrets/rotation-watch';
import { parseWatchSettings, WatchSettings } from '../../../src/runtime/secrets/watch-settings';
import { RDS_SECRET_ARN, WATCH_ENVIRONMENT } from '../../runtime-e2e/watch-cloud';

const SETTINGS: WatchSettings = { secretArn: 'arn', maxAgeMilliseconds: 10 * DAY, startsWithPlaceholder: false };

const ago = (milliseconds: number): Date => new Date(NOW - milliseconds);
const HEALTHY: DescribeSecretResponse = {
  CreatedDate: ago(100 * DAY),
  LastChangedDate: ago(2 * DAY),
  LastRotatedDate: ago(2 * DAY),
  NextRotationDate: ago(-5 * DAY),
  RotationEnabled: true,
  VersionIdsToStages: { one: ['AWSPREVIOUS'], two: ['AWSCURRENT', 'AWSPENDING'] },
};
const PLACEHOLDER: DescribeSecretResponse = {
  ...HEALTHY, LastRotatedDate: undefined, CreatedDate: ago(60 * MINUTES), LastChangedDate: ago(60 * MINUTES), VersionIdsToStages: { one: ['AWSCURRENT'] },
};
const UNFINISHED = { one: ['AWSCURRENT'], two: ['AWSPENDING'] };

async function watch(secret: DescribeSecretResponse, settings: Partial<WatchSettings> = {}): Promise<Record<string, string>[]> {
  const log: Record<string, string>[] = [];
  await rotationWatch({ ...SETTINGS, ...settings }, { describe: () => Promise.resolve(secret), now: () => NOW, log: (entry) => log.push(entry) })();
  return log;
}

const saidOf = async (secret: DescribeSecretResponse, settings: Partial<WatchSettings> = {}): Promise<string[]> =>
  (await watch(secret, settings)).map(({ outcome, reason }) => `${outcome}: ${reason}`);

test('a secret in order is healthy, which the alarms count as a run', async () => {
  expect(await watch(HEALTHY)).toEqual([{ outcome: 'healthy', reason: 'in-order', task: 'reconcile' }]);
});

test.each<[string, Partial<DescribeSecretResponse>, string[]]>([
  ['is deleted', { DeletedDate: ago(0), RotationEnabled: false }, ['fault: deleted']],
  ['is not rotated', { RotationEnabled: false }, ['fault: rotation-disabled']],
  ['does not tell whether it is rotated', { RotationEnabled: undefined }, ['fault: rotation-disabled']],
  ['has no current version', { VersionIdsToStages: { one: ['AWSPREVIOUS'] } }, ['fault: no-current-version']],
  ['has no version', { VersionIdsToStages: undefined }, ['fault: no-current-version']],
  ['has a rotation that began within the hour', { VersionIdsToStages: UNFINISHED, LastChangedDate: ago(60 * MINUTES - 1) }, ['healthy: in-order']],
  ['has a rotation that did not finish', { VersionIdsToStages: UNFINISHED, LastChangedDate: ago(60 * MINUTES) }, ['fault: unfinished-rotation']],
  ['has a pending version since nobody knows when', { VersionIdsToStages: UNFINISHED, LastChangedDate: undefined }, ['fault: unfinished-rotation']],
  ['is rotated too rarely', { NextRotationDate: ago(-8 * DAY - 1) }, ['fault: schedule-too-rare']],
  ['is rotated just often enough', { NextRotationDate: ago(-8 * DAY) }, ['healthy: in-order']],
  ['should have been rotated within the last day', { NextRotationDate: ago(DAY - 1) }, ['healthy: in-order']],
  ['should have been rotated a day ago', { NextRotationDate: ago(DAY) }, ['warning: late']],
  ['tells no next date', { NextRotationDate: undefined }, ['healthy: in-order']],
])('one that %s', async (_name, change, expected) => {
  expect(await saidOf({ ...HEALTHY, ...change })).toEqual(expected);
});

test.each([
  [9 * DAY - 1, 'healthy: in-order'], [9 * DAY, 'warning: nearly-too-old'], [10 * DAY - 1, 'warning: nearly-too-old'], [10 * DAY, 'overdue: too-old'],
])('one that was rotated %d ms ago, of ten days that it may, is %s', async (age, expected) => {
  expect(await saidOf({ ...HEALTHY, LastRotatedDate: ago(age), NextRotationDate: undefined })).toEqual([expected]);
});

test.each<[string, Date | undefined, string]>([
  ['in time', ago(9 * DAY - 1), 'healthy: in-order'],
  ['late', ago(9 * DAY), 'warning: nearly-too-old'],
  ['too late', ago(10 * DAY), 'overdue: never-rotated'],
  ['nobody knows since when', undefined, 'overdue: never-rotated'],
])('one that was never rotated counts from its creation, %s', async (_name, CreatedDate, expected) => {
  expect(await saidOf({ ...HEALTHY, LastRotatedDate: undefined, NextRotationDate: undefined, CreatedDate })).toEqual([expected]);
});

test('each complaint is said, with the version that is stuck', async () => {
  const secret = { ...HEALTHY, LastRotatedDate: ago(10 * DAY), NextRotationDate: ago(3 * DAY), VersionIdsToStages: UNFINISHED };
  expect(await watch(secret)).toEqual([
    { outcome: 'fault', reason: 'unfinished-rotation', version: 'two', task: 'reconcile' },
    { outcome: 'warning', reason: 'late', task: 'reconcile' },
    { outcome: 'overdue', reason: 'too-old', task: 'reconcile' },
  ]);
});

describe('one that a service owns', () => {
  test.each<[string | undefined, string]>([['rds', 'healthy: in-order'], [undefined, 'fault: not-managed'], ['redshift', 'fault: not-managed']])(
    'if it says %s, is %s', async (OwningService, expected) => {
      expect(await saidOf({ ...HEALTHY, OwningService }, { owningService: 'rds' })).toEqual([expected]);
    });
});

describe('one that was made with a placeholder', () => {
  test.each<[string, DescribeSecretResponse, string]>([
    ['within the hour', { ...PLACEHOLDER, CreatedDate: ago(60 * MINUTES - 1) }, 'healthy: in-order'],
    ['which is still there', PLACEHOLDER, 'fault: placeholder'],
    ['after a credential was put', { ...PLACEHOLDER, VersionIdsToStages: { one: ['AWSPREVIOUS'], two: ['AWSCURRENT'] } }, 'healthy: in-order'],
    ['after a rotation', { ...PLACEHOLDER, LastRotatedDate: ago(DAY) }, 'healthy: in-order'],
  ])('%s', async (_name, secret, expected) => {
    expect(await saidOf(secret, { startsWithPlaceholder: true })).toEqual([expected]);
    expect(await saidOf(secret)).toEqual(['healthy: in-order']);
  });
});

test('an answer that did not come is a fault, and its message goes nowhere', async () => {
  const log: unknown[] = [];
  const failing = rotationWatch(SETTINGS, {
    describe: () => Promise.reject(Object.assign(new Error('canary'), { name: 'AccessDeniedException' })), now: () => NOW, log: (entry) => log.push(entry),
  });
  await expect(failing()).rejects.toThrow(/^looking failed: AccessDeniedException$/);
  expect(log).toEqual([{ outcome: 'fault', reason: 'AccessDeniedException', task: 'reconcile' }]);
});

describe('settings', () => {
  test('are read from the environment', () => {
    expect(parseWatchSettings(WATCH_ENVIRONMENT)).toEqual({
      secretArn: WATCH_ENVIRONMENT.SECRET_ARN, maxAgeMilliseconds: 864_000_000, owningService: undefined, startsWithPlaceholder: false,
    });
    expect(parseWatchSettings({ ...WATCH_ENVIRONMENT, SECRET_ARN: RDS_SECRET_ARN, OWNING_SERVICE: 'rds', STARTS_WITH_PLACEHOLDER: 'true' }))
      .toMatchObject({ secretArn: RDS_SECRET_ARN, owningService: 'rds', startsWithPlaceholder: true });
  });

  test.each([
    ['SECRET_ARN', undefined, 'SECRET_ARN must be the complete ARN of a secret'],
    ['SECRET_ARN', 'orders', 'SECRET_ARN must be the complete ARN of a secret'],
    ['SECRET_ARN', `${RDS_SECRET_ARN}*`, 'SECRET_ARN must be the complete ARN of a secret'],
    ['MAX_AGE_SECONDS', '0', 'MAX_AGE_SECONDS must be a positive whole number of seconds'],
    ['OWNING_SERVICE', '', 'OWNING_SERVICE must be the id of a service, or absent'],
    ['OWNING_SERVICE', 'RDS!', 'OWNING_SERVICE must be the id of a service, or absent'],
    ['STARTS_WITH_PLACEHOLDER', 'yes', 'STARTS_WITH_PLACEHOLDER must be true or false'],
  ])('%s %j is refused', (name, value, message) => {
    expect(() => parseWatchSettings({ ...WATCH_ENVIRONMENT, [name]: value })).toThrow(message);
  });
});
