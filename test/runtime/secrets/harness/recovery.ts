import { stepEvent } from './events';
import { handlerOf, LogEntry, Machine } from './machine';
import { ServiceError, withDates } from './service';
import { announce, callAws, DAY, elsewhereOf, holderOf, isHealthy, NOW, pass, Strategy, World } from './world';

/** Runs the handler to its end against a world, and tells what it logged; undefined for a run that failed. */
export async function invoke(
  machine: Machine, strategy: Strategy, world: World, event: unknown, nonce: number,
): Promise<readonly LogEntry[] | undefined> {
  const log: LogEntry[] = [];
  const handler = handlerOf(machine, strategy, {
    nonce,
    log: (entry) => log.push(entry),
    answer: async (call) => {
      const answer = callAws(strategy, world, call);
      if ('error' in answer) throw new ServiceError(answer.error, answer.message);
      return withDates(answer.output);
    },
  });
  try {
    await handler(event);
    return log;
  } catch {
    return undefined;
  }
}

/** One rotation as Secrets Manager runs it: four steps, one after the other. */
export async function rotateOnce(machine: Machine, strategy: Strategy, world: World, token: string, nonce: number): Promise<boolean> {
  if (!announce(world.secret, token, NOW)) return false;
  for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
    if (!await invoke(machine, strategy, world, stepEvent(step, token), nonce)) return false;
  }
  world.secret.lastRotated = NOW - DAY;
  return true;
}

/**
 * Whether time, the schedule and one more rotation bring a state to health, as long as nothing else fails. Says what is wrong if not.
 *
 * A day, since a key is kept that long before it is deleted.
 */
export async function recovers(machine: Machine, strategy: Strategy, world: World): Promise<string | undefined> {
  elsewhereOf(strategy)?.tempers?.prompt(world);
  const days = async (count: number) => {
    let last: readonly LogEntry[] | undefined;
    for (let day = 0; day < count; day++) {
      pass(world, DAY);
      last = await invoke(machine, strategy, world, { task: 'reconcile' }, 6);
    }
    return last;
  };
  await days(3);
  if (!await rotateOnce(machine, strategy, world, 'recovery', 6)) return 'no rotation succeeds any more';
  if (holderOf(world.secret, 'AWSCURRENT') !== 'recovery') return 'a rotation succeeded that changed nothing';
  const last = await days(3);
  if (!last?.some(({ outcome }) => outcome === 'healthy') || !isHealthy(strategy, world)) return `does not get healthy: ${JSON.stringify(last)}`;
  return undefined;
}
