import { expectAccepted, expectDenied, KEYS_ALONE, lastOf, LoginCase, LoginWorld, Start } from './world';
import { login, newKey, PASSWORD, SERVER, store } from '../partners';

/** Each event is refused before a table is asked, and of what it holds nothing is logged. */
async function refuses(start: Start, events: readonly unknown[], reason: string): Promise<void> {
  const world = await worldOfKeys(start);
  for (const event of events) {
    expectDenied(await world.ask(event));
    expect(lastOf(world)).toEqual(['denied', reason]);
    expect(Object.keys(world.log().at(-1)!)).toEqual(['outcome', 'reason']);
  }
  expect(world.tables.calls).toEqual([]);
}

/** Names that no partner can have. */
const refusesNames = (names: readonly unknown[]) => (start: Start) => refuses(start, names.map((username) => login({ username })), 'malformed-user-name');

/** A server of keys with one partner, which may sign in. */
async function worldOfKeys(start: Start): Promise<LoginWorld> {
  const world = await start(KEYS_ALONE);
  store(world.tables, { passwordRequired: false });
  return world;
}

export const INPUT_CASES: readonly LoginCase[] = [
  {
    number: 1,
    title: 'a user name that is missing, no text, too short or too long: {}, and no table is asked',
    run: refusesNames([undefined, null, 7, true, ['acme'], { name: 'acme' }, '', 'ab', 'a'.repeat(101)]),
  },
  { number: 1, title: 'an event that is none: {}', run: (start) => refuses(start, [null, 'acme', 7, true], 'malformed-event') },
  { number: 2, title: 'paths: {}', run: refusesNames(['../x', 'a/../b', 'a/b', 'a\\b', '..a', '/acme', 'acme/']) },
  {
    number: 2,
    title: 'dots within a name are no path: such partners are let in, each below its own prefix',
    async run(start) {
      const world = await worldOfKeys(start);
      for (const name of ['a..b', 'a..']) {
        store(world.tables, { name, passwordRequired: false, keys: [newKey()] });
        const answer = await world.ask(login({ username: name }));
        expectAccepted(answer);
        expect(answer.HomeDirectoryDetails).toBe(`[{"Entry":"/","Target":"/incoming-files/${name}"}]`);
      }
    },
  },
  {
    number: 3,
    title: 'control characters: {}, and the log has none of them',
    async run(start) {
      const names = ['acme\0', '\0acme', 'ac\nme', 'acme\n', 'acme\r\n{"outcome":"accepted"}', 'ac\tme', 'acme\x7f', '\x1b[31macme'];
      await refuses(start, names.map((username) => login({ username })), 'malformed-user-name');
    },
  },
  { number: 4, title: 'patterns: {}', run: refusesNames(['*', '?', 'bob*', '[a]', 'acm?', 'acme*']) },
  { number: 5, title: 'variables: {}', run: refusesNames(['${transfer:UserName}', '${aws:username}', '{{USERNAME}}', '{{AWS_ACCOUNT}}', '$default$']) },
  { number: 6, title: 'pieces of JSON: {}', run: refusesNames(['x","Role":"arn:aws:iam::111122223333:role/x', '"}]', 'a"b', "a'b", 'a\\"b', '{}']) },
  {
    number: 7,
    title: 'letters that look like others, or like none: {}',
    run: refusesNames(['bób', 'ｂｏｂ', 'cafe\u0301', 'caf\u00e9', '\u202emca', 'аcme', 'ac\u200bme', 'ac\ufeffme', '😀😀😀', 'acme\u2028']),
  },
  { number: 8, title: 'names of members that objects have: {}', run: refusesNames(['__proto__', 'toString', 'hasOwnProperty', 'valueOf']) },
  {
    number: 8,
    title: 'a legal name that objects have a member of is nobody',
    async run(start) {
      const world = await worldOfKeys(start);
      expectDenied(await world.ask(login({ username: 'constructor' })));
      expect(lastOf(world)).toEqual(['denied', 'unknown-partner']);
    },
  },
  { number: 9, title: 'capital letters: {}, so that a partner has one name and one prefix', run: refusesNames(['Acme', 'ACME', 'acmE', 'aCme']) },
  { number: 10, title: 'percent signs: {}', run: refusesNames(['acme%40', '%2e%2e', 'bob%00', '%61cme']) },
  { number: 11, title: 'blanks around a name, and signs before it: {}', run: refusesNames([' acme', 'acme ', '\u00a0acme', '-bob', '.bob', '@bob', '_bob', 'acme@x']) },
  {
    number: 12,
    title: 'another protocol than SFTP: {}',
    run: (start) => refuses(start, ['FTP', 'FTPS', 'AS2', 'sftp', 'SFTP ', '', null, undefined, ['SFTP']].map((protocol) => login({ protocol })), 'malformed-protocol'),
  },
  {
    number: 13,
    title: 'no server: {}',
    run: (start) => refuses(start, [undefined, null, '', 's-1', SERVER.toUpperCase(), `${SERVER}0`, [SERVER]].map((serverId) => login({ serverId })), 'malformed-server-id'),
  },
  {
    number: 13,
    title: 'another server than the partner is of: {}',
    async run(start) {
      const world = await worldOfKeys(start);
      expectDenied(await world.ask(login({ serverId: 's-fedcba98765432100' })));
      expect(lastOf(world)).toEqual(['denied', 'other-server']);
    },
  },
  {
    number: 14,
    title: 'members that nobody knows change nothing, and neither do a million of them',
    async run(start) {
      const world = await worldOfKeys(start);
      const answer = await world.ask(login());
      expectAccepted(answer);
      expect(await world.ask(login({ Role: 'arn:aws:iam::111122223333:role/admin', PublicKeys: ['x'], extra: 'x'.repeat(1_000_000) }))).toEqual(answer);
      expectDenied(await world.ask(login({ username: 'x'.repeat(1_000_000) })));
      expectDenied(await world.ask(login({ password: PASSWORD.repeat(30_000) })));
    },
  },
];
