import { expectAccepted, expectDenied, KEYS_ALONE, lastOf, later, LoginCase, LoginWorld, Start } from './world';
import { PartnerKey, PartnerRecord, writePartnerRecord } from '../../../../src/formats/partner-record';
import { at, KEY, login, newKey, PASSWORD, recordOf, rsaKey, store, storePassword, storeText } from '../partners';

async function worldOf(start: Start, changes: Partial<PartnerRecord> = {}): Promise<LoginWorld> {
  const world = await start(KEYS_ALONE);
  store(world.tables, { passwordRequired: false, ...changes });
  return world;
}

/** A record with keys that nobody checked. */
function storeKeys(world: LoginWorld, keys: readonly unknown[]): void {
  storeText(world.tables, 'acme', JSON.stringify({ ...JSON.parse(writePartnerRecord(recordOf({ passwordRequired: false }))) as object, keys }));
}

const answered = (answer: unknown) => (answer as { PublicKeys?: unknown }).PublicKeys;

export const KEY_CASES: readonly LoginCase[] = [
  {
    number: 16,
    title: 'without a password, or with an empty one, the keys that are good now are answered, as texts',
    async run(start) {
      const [old, next] = [newKey({ expires: at(-1) }), newKey({ notBefore: at(60) })];
      const other = newKey();
      const world = await worldOf(start, { keys: [old, KEY, next, other] });
      for (const event of [login(), login({ password: undefined }), login({ password: null }), login({ password: '' })]) {
        const answer = await world.ask(event);
        expectAccepted(answer);
        expect(answer.PublicKeys).toEqual([KEY.body, other.body]);
      }
      expect(lastOf(world)).toEqual(['accepted', undefined]);
    },
  },
  {
    number: 17,
    title: 'none valid: {} and never a role without keys',
    async run(start) {
      const world = await worldOf(start);
      for (const keys of [[], [newKey({ expires: at(-1) })], [newKey({ notBefore: at(1) })]]) {
        store(world.tables, { passwordRequired: false, keys });
        expectDenied(await world.ask(login()));
        expect(lastOf(world)).toEqual(['denied', 'no-usable-key']);
      }
    },
  },
  {
    number: 18,
    title: 'a key is good from notBefore on, and from the moment it expires no more',
    async run(start) {
      const world = await worldOf(start, { keys: [newKey({ notBefore: at(10), expires: at(20) })] });
      for (const [seconds, isGood] of [[9, false], [9.999, false], [10, true], [19.999, true], [20, false], [21, false]] as const) {
        world.setTime(later(seconds));
        expect(answered(await world.ask(login())) !== undefined).toBe(isGood);
      }
    },
  },
  {
    number: 18,
    title: 'a key whose times are missing, unreadable or not in UTC is not answered',
    async run(start) {
      const world = await worldOf(start);
      for (const times of [
        { expires: undefined }, { expires: 'never' }, { expires: '' }, { expires: at(60).replace('Z', '+01:00') }, { expires: at(60).replace('Z', '') },
        { expires: 1_900_000_000 }, { expires: '2027-02-30T00:00:00Z' }, { notBefore: 'x' }, { notBefore: at(60), expires: at(30) },
      ]) {
        storeKeys(world, [{ ...newKey(), ...times }]);
        expectDenied(await world.ask(login()));
        expect(world.log()).toContainEqual(expect.objectContaining({ outcome: 'misconfigured-partner', reason: 'unusable-key' }));
      }
    },
  },
  {
    number: 19,
    title: 'of good keys and bad ones the good are answered, and the bad are counted',
    async run(start) {
      const world = await worldOf(start);
      storeKeys(world, [{ ...newKey(), expires: 'x' }, KEY, { ...newKey(), fingerprint: KEY.fingerprint }]);
      expect(answered(await world.ask(login()))).toEqual([KEY.body]);
      expect(world.log().slice(-2)).toMatchObject([{ outcome: 'misconfigured-partner', reason: 'unusable-key', keys: 2, partner: 'acme' }, { outcome: 'accepted' }]);
    },
  },
  {
    number: 20,
    title: 'stored keys that are too weak, of another kind or not what they say are dropped',
    async run(start) {
      const blob = KEY.body.split(' ')[1];
      const dss: PartnerKey = { ...KEY, body: `ssh-dss ${Buffer.concat([Buffer.from('\0\0\0\u0007ssh-dss'), Buffer.alloc(4)]).toString('base64')}` };
      const bad = [rsaKey(1024), rsaKey(2048), dss, { ...KEY, body: `ssh-rsa ${blob}` }, { ...KEY, body: `${KEY.body} comment` }, { ...KEY, body: `from="*" ${KEY.body}` }];
      const world = await worldOf(start);
      for (const each of bad) {
        const good = newKey();
        storeKeys(world, [each, good]);
        expect(answered(await world.ask(login()))).toEqual([good.body]);
      }
    },
  },
  {
    number: 21,
    title: 'a partner that is disabled, or that operators suspended: {}',
    async run(start) {
      const world = await worldOf(start, { disabled: true });
      expectDenied(await world.ask(login()));
      expect(lastOf(world)).toEqual(['denied', 'disabled']);
      for (const suspended of [{ BOOL: true }, { S: 'false' }, { N: '0' }]) {
        store(world.tables, { passwordRequired: false }, { suspended });
        expectDenied(await world.ask(login()));
        expect(lastOf(world)).toEqual(['denied', 'suspended']);
      }
      store(world.tables, { passwordRequired: false }, { suspended: { BOOL: false } });
      expectAccepted(await world.ask(login()));
    },
  },
  {
    number: 22,
    title: 'who has a password and no key gets in with neither: a password alone is never enough',
    async run(start) {
      const world = await start();
      store(world.tables, { keys: [] });
      storePassword(world.tables);
      for (const event of [login(), login({ password: PASSWORD })]) {
        expectDenied(await world.ask(event));
        expect(lastOf(world)).toEqual(['denied', 'no-usable-key']);
      }
    },
  },
];
