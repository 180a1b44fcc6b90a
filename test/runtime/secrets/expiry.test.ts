import { LogEntry, MACHINE } from './harness/machine';
import { clientOf, withDates } from './harness/service';
import { bytesOf, callAws, DAY, NOW, SECRET_ARN, settledWorld } from './harness/world';
import { expiryOf } from '../../../src/runtime/secrets/expiry';
import { reconcile } from '../../../src/runtime/secrets/reconcile';

test.each([
  [31 * DAY, []],
  [30 * DAY + 1, []],
  [30 * DAY, [{ outcome: 'warning', reason: 'expires-soon' }]],
  [1, [{ outcome: 'warning', reason: 'expires-soon' }]],
  [0, [{ outcome: 'overdue', reason: 'expired' }]],
  [-DAY, [{ outcome: 'overdue', reason: 'expired' }]],
])('%d milliseconds before its end a credential is spoken of as %j', (left, expected) => {
  expect(expiryOf(NOW + left, NOW)).toEqual(expected);
});

test('what has no end is not spoken of', () => {
  expect(expiryOf(undefined, NOW)).toEqual([]);
});

describe('the hourly look', () => {
  /** What it says of a secret that ends at that time, and was changed before. */
  async function said(expiresAt: number | undefined, change = (_world: ReturnType<typeof settledWorld>): void => undefined): Promise<LogEntry[]> {
    const world = settledWorld('webhook-secret');
    change(world);
    const log: LogEntry[] = [];
    const client = clientOf<never>(async (call) => {
      const answer = callAws('webhook-secret', world, call);
      if ('error' in answer) throw new Error(answer.error);
      return withDates(answer.output);
    });
    await reconcile({ secretArn: SECRET_ARN, overlapMilliseconds: DAY, maxAgeMilliseconds: 30 * DAY, expiresAt }, {
      store: new MACHINE.SecretStore(client, SECRET_ARN), adapter: MACHINE.webhookSecret(bytesOf(1)), now: () => NOW, log: (entry) => log.push(entry),
    });
    return log;
  }

  test('finds a secret healthy whose end is far', async () => {
    expect(await said(NOW + 31 * DAY)).toEqual([{ outcome: 'healthy', reason: 'in-order', task: 'reconcile' }]);
  });

  test('warns of an end that is near, and names one that has passed', async () => {
    expect(await said(NOW + DAY)).toEqual([{ outcome: 'warning', reason: 'expires-soon', task: 'reconcile' }]);
    expect(await said(NOW - DAY)).toEqual([{ outcome: 'overdue', reason: 'expired', task: 'reconcile' }]);
  });

  test('says so beside what else is wrong', async () => {
    const log = await said(NOW, ({ secret }) => { secret.rotationEnabled = false; });
    expect(log.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual(['fault: rotation-disabled', 'overdue: expired']);
  });
});
