import { expectAccepted, expectDenied, KEYS_ALONE, lastOf, later, LoginCase, LoginWorld, Start } from './world';
import { writeVerifier } from '../../../../src/runtime/secrets/password-verifier';
import { Input, TableError } from '../fake-tables';
import { KEY, login, newKey, PASSWORD, START, store, storePassword, storeText } from '../partners';

async function worldOfBoth(start: Start, changes?: Readonly<Record<string, string>>): Promise<LoginWorld> {
  const world = await start(changes);
  store(world.tables);
  storePassword(world.tables, 'acme', PASSWORD, {}, world.cost);
  return world;
}

const HERE = '192.0.2.7';
const ELSEWHERE = '192.0.2.8';
const OUTSIDE = '198.51.100.7';

const right = (world: LoginWorld, sourceIp = HERE) => world.ask(login({ sourceIp, password: PASSWORD }));

async function wrong(world: LoginWorld, times: number, sourceIp = HERE): Promise<void> {
  for (let time = 0; time < times; time++) expectDenied(await world.ask(login({ sourceIp, password: 'CANARY-wrong' })));
}

/** Rows of the lockout, those that count for nobody aside. */
const counted = (world: LoginWorld) => [...world.tables.rows('activity')].filter(([subject]) => !subject.startsWith('lockout##'));

const failing = (operation: string, table: string, name: string) => (asked: string, { TableName }: Input) => {
  if (asked === operation && TableName === table) throw new TableError(name);
};

export const ABUSE_CASES: readonly LoginCase[] = [
  {
    number: 39,
    title: 'who is unknown, elsewhere, disabled or locked out causes the same reads and one write, as who has a wrong password does',
    async run(start) {
      const world = await worldOfBoth(start);
      store(world.tables, { name: 'disabled', keys: [newKey()], disabled: true });
      await wrong(world, 3, ELSEWHERE);
      for (const event of [login(), login({ username: 'nobody' }), login({ sourceIp: OUTSIDE }), login({ username: 'disabled' }), login({ sourceIp: ELSEWHERE })]) {
        world.tables.calls.length = 0;
        expectDenied(await world.ask({ ...event, password: 'CANARY-wrong' }));
        expect([...world.tables.operations].sort()).toEqual(['GetItem activity', 'GetItem partners', 'Query credentials', 'UpdateItem activity']);
      }
      world.tables.calls.length = 0;
      await world.ask(login({ username: 'nobody' }));
      expect([...world.tables.operations].sort()).toEqual(['GetItem activity', 'GetItem partners']);
    },
  },
  {
    number: 40,
    title: 'verifiers and passwords of other lengths than usual are refused, and cause no error',
    async run(start) {
      const world = await worldOfBoth(start, { LOCKOUT_FAILURES: '100' });
      const good = writeVerifier(PASSWORD, Buffer.alloc(16), world.cost);
      for (const verifier of [good.slice(0, -1), `${good}A`, good.slice(0, -43), good.replace(/\$[^$]*$/, '')]) {
        storePassword(world.tables, 'acme', PASSWORD, { verifier: { S: verifier } });
        expectDenied(await right(world));
      }
      storePassword(world.tables, 'acme', PASSWORD, { verifier: { S: good } });
      for (const password of ['x', PASSWORD + PASSWORD]) expectDenied(await world.ask(login({ password })));
      expectAccepted(await right(world));
      expect(world.log().filter(({ outcome }) => outcome === 'fault')).toEqual([]);
    },
  },
  {
    number: 41,
    title: 'after so many wrong passwords in a while nothing helps from that address, until the lock ends by itself',
    async run(start) {
      const world = await worldOfBoth(start);
      await wrong(world, 3);
      expectDenied(await right(world));
      expect(lastOf(world)).toEqual(['denied', 'locked']);
      expectDenied(await world.ask(login()));
      expectAccepted(await right(world, ELSEWHERE));
      world.setTime(later(899));
      expectDenied(await right(world)); // and does not make the lock longer
      world.setTime(later(900));
      expectAccepted(await right(world));
      expect(counted(world)).toEqual([]);
    },
  },
  {
    number: 41,
    title: 'wrong passwords count within one window, a right one forgets them, and after a lock counting begins anew',
    async run(start) {
      const world = await worldOfBoth(start, { LOCKOUT_SECONDS: '60' });
      await wrong(world, 2);
      world.setTime(later(600));
      await wrong(world, 2);
      expectAccepted(await right(world));
      await wrong(world, 2);
      expectAccepted(await right(world));
      await wrong(world, 3);
      expectDenied(await right(world));
      world.setTime(later(661));
      await wrong(world, 2);
      expectAccepted(await right(world));
    },
  },
  {
    number: 41,
    title: 'all of a /64 is one address, and a mapped IPv4 address the same as itself',
    async run(start) {
      const world = await worldOfBoth(start);
      for (const ip of ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:f::3']) await wrong(world, 1, ip);
      expectDenied(await right(world, '2001:db8::4'));
      expectAccepted(await right(world, '2001:db8:0:1::4'));
      await wrong(world, 1);
      await wrong(world, 2, '::ffff:192.0.2.7');
      expectDenied(await right(world));
    },
  },
  {
    number: 41,
    title: 'nobody outside the networks of a partner locks it out, nor fills the table',
    async run(start) {
      const world = await worldOfBoth(start);
      await wrong(world, 6, OUTSIDE);
      for (const username of ['nobody', 'nobody2', 'nobody3']) expectDenied(await world.ask(login({ username, password: 'CANARY-wrong' })));
      expect(counted(world)).toEqual([]);
      expect(world.tables.rows('activity').size).toBeLessThanOrEqual(16);
      store(world.tables, { networks: ['192.0.2.0/24', '198.51.100.0/24'] });
      expectAccepted(await right(world, OUTSIDE));
    },
  },
  {
    number: 41,
    title: 'wrong passwords at the same moment are counted one by one',
    async run(start) {
      const world = await worldOfBoth(start, { LOCKOUT_FAILURES: '100' });
      await Promise.all(Array.from({ length: 20 }, () => wrong(world, 1)));
      expect(counted(world)).toEqual([[`lockout#acme#${HERE}`, expect.objectContaining({ failures: { N: '20' }, windowEnds: { N: String(START + 600_000) } })]]);
      expect(Number(counted(world)[0][1].expires.N)).toBeGreaterThan(START / 1000 + 900);
    },
  },
  {
    number: 42,
    title: 'a table that refuses, throttles or hangs lets nobody in, and the log says which error it was',
    async run(start) {
      const world = await worldOfBoth(start, { LOCKOUT_FAILURES: '100' });
      const calls = [['GetItem', 'partners'], ['GetItem', 'activity'], ['Query', 'credentials'], ['UpdateItem', 'activity']] as const;
      for (const [operation, table] of calls) {
        for (const name of ['ProvisionedThroughputExceededException', 'AccessDeniedException', 'ResourceNotFoundException', 'InternalServerError']) {
          world.tables.disturb = failing(operation, table, name);
          expectDenied(operation === 'UpdateItem' ? await world.ask(login({ password: 'CANARY-wrong' })) : await right(world));
          expect(lastOf(world)).toEqual(['fault', name]);
        }
      }
      expect(JSON.stringify(world.log())).not.toContain('CANARY');
    },
  },
  {
    number: 42,
    title: 'who has presented everything is let in though what was counted cannot be forgotten',
    async run(start) {
      const world = await worldOfBoth(start);
      await wrong(world, 1);
      world.tables.disturb = failing('DeleteItem', 'activity', 'AccessDeniedException');
      expectAccepted(await right(world));
      expect(world.log().slice(-2)).toMatchObject([{ outcome: 'fault', reason: 'AccessDeniedException' }, { outcome: 'accepted' }]);
    },
  },
  {
    number: 42,
    title: 'a row that makes no sense lets nobody in, and an alarm hears of it',
    async run(start) {
      const world = await worldOfBoth(start, KEYS_ALONE);
      store(world.tables, { passwordRequired: false });
      const record = world.tables.rows('partners').get('acme')!.record.S!;
      for (const text of ['', '{', 'null', '[]', '7', '{}', record.replace('"version":1', '"version":2'), record.replace('"acme"', '"globex"'), `${record}x`]) {
        storeText(world.tables, 'acme', text);
        expectDenied(await world.ask(login()));
        expect(lastOf(world)).toEqual(['misconfigured-partner', 'unusable-record']);
      }
      storeText(world.tables, 'acme', record, { record: { BOOL: true } });
      expectDenied(await world.ask(login()));
      storeText(world.tables, 'acme', record);
      world.tables.put('activity', { subject: { S: `lockout#acme#${HERE}` }, failures: { S: 'x' }, windowEnds: { N: '1' }, lastFailure: { N: '1' } });
      expectDenied(await world.ask(login()));
      expect(lastOf(world)).toEqual(['fault', 'UnusableFailures']);
    },
  },
  {
    number: 42,
    title: 'failures that make no sense lock the partner out, with what every other login costs',
    async run(start) {
      const world = await worldOfBoth(start);
      const row = { subject: { S: `lockout#acme#${HERE}` }, failures: { S: 'x' } };
      world.tables.put('activity', row);
      expectDenied(await right(world));
      expect(lastOf(world)).toEqual(['fault', 'UnusableFailures']);
      expect(world.tables.operations.at(-1)).toBe('UpdateItem activity');
      expect(world.tables.rows('activity').get(row.subject.S)).toEqual(row);
    },
  },
  {
    number: 42,
    title: 'a count that is lost to others every time lets nobody in, and an alarm hears of it',
    async run(start) {
      const world = await worldOfBoth(start);
      const seen = { windowEnds: { N: '1' }, lastFailure: { N: '1' }, failures: { N: '1' } };
      for (const details of [{}, { Item: seen }]) {
        let times = 0;
        world.tables.disturb = (operation) => {
          if (operation === 'UpdateItem') throw new TableError('ConditionalCheckFailedException', ++times % 2 === 0 ? {} : details);
        };
        await wrong(world, 1);
        expect(lastOf(world)).toEqual(['fault', 'UnusableFailures']);
        // A client that hears of another time than its own sends a request once more.
        expect([60, 61]).toContain(times);
      }
    },
  },
  {
    number: 43,
    title: 'what was read is remembered no longer than it may, and for nobody else',
    async run(start) {
      const world = await start({ ...KEYS_ALONE, CACHE_SECONDS: '30' });
      store(world.tables, { passwordRequired: false });
      expectAccepted(await world.ask(login()));
      expectDenied(await world.ask(login({ username: 'acme2' })));
      const other = newKey();
      store(world.tables, { passwordRequired: false, disabled: true });
      store(world.tables, { name: 'acme2', passwordRequired: false, keys: [other] });
      world.setTime(later(29));
      expect(await world.ask(login())).toMatchObject({ PublicKeys: [KEY.body] });
      expectDenied(await world.ask(login({ username: 'acme2' })));
      expect(world.tables.operations.filter((each) => each === 'GetItem partners')).toHaveLength(2);
      world.setTime(later(30));
      expectDenied(await world.ask(login()));
      expect(await world.ask(login({ username: 'acme2' }))).toMatchObject({ PublicKeys: [other.body] });
    },
  },
  {
    number: 43,
    title: 'where nothing is remembered, what changes holds at once',
    async run(start) {
      const world = await worldOfBoth(start);
      expectAccepted(await right(world));
      storePassword(world.tables, 'acme', PASSWORD, { disabledAt: { N: '1' } });
      expectDenied(await right(world));
      store(world.tables, { disabled: true });
      expectDenied(await world.ask(login()));
    },
  },
  {
    number: 44,
    title: 'fifty logins at the same time are answered each with what is its own',
    async run(start) {
      const world = await start(KEYS_ALONE);
      const names = Array.from({ length: 50 }, (_, index) => `partner-${index}`);
      const keys = names.map(() => newKey());
      names.forEach((name, index) => store(world.tables, { name, passwordRequired: false, keys: [keys[index]] }));
      const answers = await Promise.all(names.map((username) => world.ask(login({ username }))));
      expect(answers).toMatchObject(names.map((name, index) => ({ Role: expect.stringMatching(`${name}$`), PublicKeys: [keys[index].body] })));
    },
  },
  {
    number: 45,
    title: 'each login is one object in the log, with partner, address and outcome, and text that a client chose is escaped or left out',
    async run(start) {
      const world = await worldOfBoth(start);
      await right(world);
      await world.ask(login({ username: 'nobody', sourceIp: '::ffff:192.0.2.7', password: '"}\n{"outcome":"accepted"}' }));
      await world.ask(login({ username: 'x\n{"outcome":"accepted"}\x1b[31m' }));
      expect(world.log()).toEqual([
        { outcome: 'accepted', partner: 'acme', ip: HERE, flow: 'password' },
        { outcome: 'denied', reason: 'unknown-partner', partner: 'nobody', ip: HERE, flow: 'password' },
        { outcome: 'denied', reason: 'malformed-user-name' },
      ]);
    },
  },
];
