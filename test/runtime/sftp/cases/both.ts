import { expectAccepted, expectDenied, lastOf, LoginCase, LoginWorld, Start } from './world';
import { login, newKey, PASSWORD, SERVER, store, storePassword, at, KEY } from '../partners';

async function worldOfBoth(start: Start): Promise<LoginWorld> {
  const world = await start();
  store(world.tables);
  storePassword(world.tables);
  return world;
}

/** What AWS Transfer Family asks: for keys first, then with the password. */
async function askTwice(world: LoginWorld, between: () => void = () => undefined): Promise<readonly [unknown, unknown]> {
  const first = await world.ask(login());
  between();
  return [first, await world.ask(login({ password: PASSWORD }))];
}

export const BOTH_CASES: readonly LoginCase[] = [
  {
    number: 32,
    title: 'key and password are answered alike, but for the keys',
    async run(start) {
      const [first, second] = await askTwice(await worldOfBoth(start));
      expectAccepted(first);
      expectAccepted(second);
      const { PublicKeys, ...rest } = first;
      expect(PublicKeys).toEqual([KEY.body]);
      expect(JSON.stringify(second)).toBe(JSON.stringify(rest));
    },
  },
  {
    number: 33,
    title: 'what changes between the two refuses the second',
    async run(start) {
      const changes: ReadonlyArray<readonly [string, (world: LoginWorld) => void]> = [
        ['disabled', ({ tables }) => void store(tables, { disabled: true })],
        ['suspended', ({ tables }) => void store(tables, {}, { suspended: { BOOL: true } })],
        ['no-usable-key', ({ tables }) => void store(tables, { keys: [newKey({ expires: at(-1) })] })],
        ['unknown-partner', ({ tables }) => tables.delete('partners', 'acme')],
        ['other-server', ({ tables }) => void store(tables, {}, { serverId: { S: SERVER.replace('0', '1') } })],
        ['password', ({ tables }) => storePassword(tables, 'acme', PASSWORD, { disabledAt: { N: '1' } })],
      ];
      for (const [reason, change] of changes) {
        const world = await worldOfBoth(start);
        const [first, second] = await askTwice(world, () => change(world));
        expectAccepted(first);
        expectDenied(second);
        expect(lastOf(world)).toEqual(['denied', reason]);
      }
    },
  },
  {
    number: 34,
    title: 'the address is judged both times',
    async run(start) {
      const world = await worldOfBoth(start);
      expectDenied(await world.ask(login({ sourceIp: '198.51.100.7' })));
      expectAccepted(await world.ask(login()));
      expectDenied(await world.ask(login({ sourceIp: '198.51.100.7', password: PASSWORD })));
      expect(lastOf(world)).toEqual(['denied', 'address']);
      const [, second] = await askTwice(world, () => void store(world.tables, { networks: ['198.51.100.0/24'] }));
      expectDenied(second);
    },
  },
];
