import { Start } from './cases/world';
import { login, newKey, PASSWORD, store, storePassword, storeText } from './partners';

type Kind = Readonly<Record<string, string>>;

/** Logins that fail, by what they differ in from one with a wrong password, which is the second. */
export const KINDS: readonly Kind[] = [
  { username: 'nobody' }, {}, { sourceIp: '198.51.100.7' }, { username: 'rotated' }, { username: 'disabled' }, { serverId: 's-fedcba98765432100' },
  { username: 'unreadable' }, { username: 'uncounted' },
];

/**
 * How much more is computed for the slowest kind of login that fails than for the quickest, by the median of some rounds; 1 for as much.
 *
 * The time of the processor is taken, and not of a clock, which tells what else the machine does. Each round has one of each kind in turn, so that
 * what disturbs one disturbs the others.
 */
export async function slowestShare(start: Start, rounds: number, kinds: readonly Kind[] = KINDS): Promise<number> {
  const { tables, ask, cost, computed } = await start({ LOCKOUT_FAILURES: '100' });
  store(tables);
  storePassword(tables, 'acme', PASSWORD, {}, cost);
  store(tables, { name: 'rotated', keys: [newKey()] });
  for (const each of [1, 2, 3]) storePassword(tables, 'rotated', `${PASSWORD}${each}`, {}, cost);
  store(tables, { name: 'disabled', keys: [newKey()], disabled: true });
  storeText(tables, 'unreadable', '{');
  store(tables, { name: 'uncounted', keys: [newKey()] });
  tables.put('activity', { subject: { S: 'lockout#uncounted#192.0.2.7' }, failures: { S: 'x' } });
  const times = kinds.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, kind] of kinds.entries()) {
      const before = computed();
      await ask(login({ ...kind, password: 'CANARY-wrong' }));
      times[index].push(computed() - before);
    }
  }
  const medians = times.map((each) => each.sort((one, other) => one - other)[Math.floor(each.length / 2)]);
  return Math.max(...medians) / Math.min(...medians);
}
