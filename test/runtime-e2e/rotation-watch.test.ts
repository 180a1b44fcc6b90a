import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { described, exerciseWatch, RDS_SECRET_ARN, WATCH_ENVIRONMENT, watchCloud } from './watch-cloud';

const FILE = join(__dirname, '../../assets/secrets/rotation-watch/index.js');

let bundle: RunningBundle;

afterEach(() => bundle.stop());

test('describes its secret, and asks for nothing else', async () => {
  bundle = await RunningBundle.start(FILE, { ...WATCH_ENVIRONMENT, SECRET_ARN: RDS_SECRET_ARN, OWNING_SERVICE: 'rds' }, watchCloud());
  await exerciseWatch(bundle);

  expect(bundle.seen.map(({ headers, body }) => [headers['x-amz-target'], JSON.parse(body)])).toEqual([['secretsmanager.DescribeSecret', { SecretId: RDS_SECRET_ARN }]]);
  expect(bundle.log.join('\n')).toContain('"outcome":"healthy"');
});

test('says what is wrong, with dates as Secrets Manager sends them', async () => {
  const secret = () => described({ LastRotatedDate: Math.floor(Date.now() / 1000) - 11 * 24 * 60 * 60, VersionIdsToStages: { one: ['AWSCURRENT'], two: ['AWSPENDING'] } });
  bundle = await RunningBundle.start(FILE, { ...WATCH_ENVIRONMENT }, watchCloud(secret));
  await exerciseWatch(bundle);

  const log = bundle.log.join('\n');
  for (const reason of ['unfinished-rotation', 'schedule-too-rare', 'too-old']) expect(log).toContain(`"reason":"${reason}"`);
});

test('fails, with the name of the error alone, where it may not look', async () => {
  const headers = { 'x-amzn-errortype': 'AccessDeniedException' };
  const body = JSON.stringify({ __type: 'AccessDeniedException', message: 'canary' });
  bundle = await RunningBundle.start(FILE, { ...WATCH_ENVIRONMENT }, () => ({ status: 400, headers, body }));

  await expect(exerciseWatch(bundle)).rejects.toThrow(/^looking failed: AccessDeniedException$/);
  expect(bundle.log.join('\n')).toContain('"reason":"AccessDeniedException"');
  expect(bundle.log.join('\n')).not.toContain('canary');
});

test('does not start without its settings', async () => {
  bundle = await RunningBundle.start(FILE, { SECRET_ARN: 'crm' }, watchCloud());
  await expect(exerciseWatch(bundle)).rejects.toThrow();
});
