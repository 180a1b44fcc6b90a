import { expectAccepted, expectDenied, KEYS_ALONE, lastOf, LoginCase, LoginWorld, Start } from './world';
import { newKey, at, KEY, login, PASSWORD, START, store, storePassword } from '../partners';

async function worldOfBoth(start: Start): Promise<LoginWorld> {
  const world = await start({ LOCKOUT_FAILURES: '100' });
  store(world.tables);
  storePassword(world.tables);
  return world;
}

const present = (world: LoginWorld, password: unknown) => world.ask(login({ password }));

async function deniesAll(world: LoginWorld, passwords: readonly unknown[], reason: string): Promise<void> {
  for (const password of passwords) {
    expectDenied(await present(world, password));
    expect(lastOf(world)).toEqual(['denied', reason]);
  }
}

export const PASSWORD_CASES: readonly LoginCase[] = [
  {
    number: 23,
    title: 'the right password is let in, and no other; one of blanks is a wrong one, and asks for no keys',
    async run(start) {
      const world = await worldOfBoth(start);
      expectAccepted(await present(world, PASSWORD));
      await deniesAll(world, [`${PASSWORD} `, ` ${PASSWORD}`, PASSWORD.toUpperCase(), PASSWORD.slice(1), 'x', ' ', '   ', '\t', '\n', '\u00a0'], 'password');
    },
  },
  {
    number: 24,
    title: 'where there is no verifier, or an empty or a broken one, no password is right',
    async run(start) {
      const world = await worldOfBoth(start);
      const rows = world.tables.rows('credentials');
      const [key, row] = [...rows][0];
      const { verifier: _none, ...without } = row;
      world.tables.put('credentials', without);
      await deniesAll(world, [PASSWORD, 'undefined'], 'password');
      for (const verifier of [{ S: '' }, { N: '1' }, { S: 'scrypt' }, { S: PASSWORD }, { S: 'scrypt$25$8$3$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }]) {
        world.tables.put('credentials', { ...row, verifier });
        await deniesAll(world, [PASSWORD, verifier.S === '' ? '   ' : 'x'], 'password');
      }
      expect(world.log()).toContainEqual(expect.objectContaining({ outcome: 'misconfigured-partner', reason: 'unusable-verifier', partner: 'acme' }));
      world.tables.delete('credentials', key);
      await deniesAll(world, [PASSWORD, 'undefined', 'null'], 'password');
    },
  },
  {
    number: 24,
    title: 'a broken verifier does not keep out who has the password of another',
    async run(start) {
      const world = await worldOfBoth(start);
      storePassword(world.tables, 'acme', 'CANARY-next', { verifier: { S: 'scrypt$x' }, createdAt: { N: String(START) } });
      expectAccepted(await present(world, PASSWORD));
    },
  },
  {
    number: 25,
    title: 'what is stored is no password',
    async run(start) {
      const world = await worldOfBoth(start);
      const verifier = [...world.tables.rows('credentials').values()][0].verifier.S!;
      await deniesAll(world, [verifier, verifier.split('$').at(-1)], 'password');
    },
  },
  {
    number: 26,
    title: 'passwords of any characters, up to 1024 of them, are compared as they are',
    async run(start) {
      const world = await worldOfBoth(start);
      for (const password of ['x'.repeat(1024), '\u6f22'.repeat(1024), '\u{1f511}'.repeat(512), 'pä\u00dfw\u00f6rt-\u{1f511}', 'a\0b', 'caf\u00e9']) {
        world.tables.delete('credentials', [...world.tables.rows('credentials').keys()][0]);
        storePassword(world.tables, 'acme', password);
        expectAccepted(await present(world, password));
      }
      await deniesAll(world, ['cafe\u0301', 'a', 'a\0', 'a\0c'], 'password');
      const before = world.tables.calls.length;
      await deniesAll(world, ['x'.repeat(1025), '\u6f22'.repeat(1025), '\u{1f511}'.repeat(513), 7, ['x'], { password: PASSWORD }, true], 'malformed-password');
      expect(world.tables.calls.length).toBe(before);
    },
  },
  {
    number: 27,
    title: 'the answer to a password has no keys',
    async run(start) {
      const answer = await present(await worldOfBoth(start), PASSWORD);
      expectAccepted(answer);
      expect(Object.keys(answer)).toEqual(['Role', 'Policy', 'HomeDirectoryType', 'HomeDirectoryDetails']);
    },
  },
  {
    number: 28,
    title: 'the previous password is right during the overlap, and after it no more',
    async run(start) {
      const world = await worldOfBoth(start);
      storePassword(world.tables, 'acme', 'CANARY-next', { createdAt: { N: String(START) } });
      expectAccepted(await present(world, PASSWORD));
      expectAccepted(await present(world, 'CANARY-next'));
      storePassword(world.tables, 'acme', PASSWORD, { disabledAt: { N: String(START - 1) } });
      await deniesAll(world, [PASSWORD], 'password');
      expectAccepted(await present(world, 'CANARY-next'));
    },
  },
  {
    number: 28,
    title: 'the three newest passwords are tried, and no more: what trying costs is bounded',
    async run(start) {
      const world = await worldOfBoth(start);
      for (const each of [1, 2, 3]) storePassword(world.tables, 'acme', `CANARY-${each}`, { createdAt: { N: String(START + each) } });
      for (const each of [1, 2, 3]) expectAccepted(await present(world, `CANARY-${each}`));
      await deniesAll(world, [PASSWORD], 'password');
    },
  },
  {
    number: 29,
    title: 'a password that was taken out of use is refused, also where nobody can tell when',
    async run(start) {
      const world = await worldOfBoth(start);
      for (const disabledAt of [{ N: '1' }, { N: String(START + 10) }, { S: 'x' }]) {
        storePassword(world.tables, 'acme', PASSWORD, { disabledAt });
        await deniesAll(world, [PASSWORD], 'password');
      }
    },
  },
  {
    number: 30,
    title: 'where a server asks for keys alone, no password is let in, and none is tried',
    async run(start) {
      const world = await start(KEYS_ALONE);
      store(world.tables, { passwordRequired: false });
      storePassword(world.tables);
      await deniesAll(world, [PASSWORD], 'password-not-asked');
      expect(world.tables.operations).not.toContain('Query credentials');
    },
  },
  {
    number: 30,
    title: 'a partner of keys alone is let in nowhere that a password is asked for, nor the reverse',
    async run(start) {
      const both = await worldOfBoth(start);
      store(both.tables, { passwordRequired: false });
      const alone = await start(KEYS_ALONE);
      store(alone.tables, { passwordRequired: true });
      for (const [world, event] of [[both, login()], [both, login({ password: PASSWORD })], [alone, login()]] as const) {
        expectDenied(await world.ask(event));
        expect(lastOf(world)).toEqual(['misconfigured-partner', 'password-mismatch']);
      }
    },
  },
  {
    number: 31,
    title: 'no password is logged, whatever happens',
    async run(start) {
      const world = await worldOfBoth(start);
      await present(world, PASSWORD);
      await present(world, 'CANARY-wrong');
      await present(world, ['CANARY']);
      await world.ask(login({ username: 'CANARY', password: PASSWORD }));
      store(world.tables, { keys: [newKey({ expires: at(-1) })] });
      await present(world, PASSWORD);
      world.tables.disturb = () => { throw Object.assign(new Error(PASSWORD), { name: 'AccessDeniedException', details: {} }); };
      await present(world, PASSWORD);
      expect(JSON.stringify(world.log())).not.toContain('CANARY');
      expect(JSON.stringify(world.log())).not.toContain(KEY.body.slice(20));
      expect(world.log()).toHaveLength(6);
    },
  },
];
