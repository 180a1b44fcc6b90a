import { DAY, NOW, partnerKey, publicKey } from './partner-keys';
import { PartnerWorld, SERVER_ID } from './partner-world';
import { ServiceError } from '../secrets/harness/service';

const STALE = 60 * DAY;
const { fingerprint: OLD } = publicKey('old');
const { fingerprint: NEW } = publicKey('new');

const told = ({ told: events }: PartnerWorld) => events.map(({ type, detail }) => [type.replace('SFTP Partner Key ', ''), detail.days ?? detail.lastUse].filter(Boolean).join(' '));

/** The cases of the function that watches keys, in worlds that differ in where its code runs. */
export function keyWatchCases(start: () => PartnerWorld): void {
  describe('[case 55] warnings', () => {
    test('[case 55] come at 30, 14, 7 and 1 days and at the end, each once, however often the function runs', async () => {
      const world = start();
      const expires = NOW + 40 * DAY;
      world.put('acme', [partnerKey('old', { expires })]);
      const days: string[] = [];
      for (let hours = 0; hours <= 42 * 24; hours += 6) {
        world.now = NOW + hours * 60 * 60 * 1000;
        const before = world.told.length;
        for (let times = 0; times < 2; times++) await world.watch(365 * DAY);
        days.push(...told(world).slice(before).map((event) => `${event} on day ${hours / 24}`));
      }
      expect(days).toEqual(['Expiring 30 on day 10', 'Expiring 14 on day 26', 'Expiring 7 on day 33', 'Expiring 1 on day 39', 'Expired on day 40']);
      expect(world.told[0].detail).toEqual({ serverId: SERVER_ID, partner: 'acme', fingerprint: OLD, expires: new Date(expires).toISOString(), isReplaced: false, days: 30 });
    });

    test('[case 55] are one, for the nearest threshold, after the function was away, and none that is further off once the clock is set back', async () => {
      const world = start();
      world.put('acme', [partnerKey('old', { expires: NOW + 5 * DAY })]);
      await world.watch(STALE);
      world.now -= 8 * DAY; // an hour of clock skew is less
      await world.watch(STALE);
      expect(told(world)).toEqual(['Expiring 7']);
    });

    test('[case 55] come anew for a key that lives longer than it was to', async () => {
      const world = start();
      for (const expires of [NOW + DAY, NOW + 14 * DAY]) {
        world.put('acme', [partnerKey('old', { expires })]);
        await world.watch(STALE);
      }
      expect(told(world)).toEqual(['Expiring 1', 'Expiring 14']);
    });

    test('[case 55] count days of 24 hours in UTC, over a leap day and a change to summer time', async () => {
      for (const expires of [Date.UTC(2028, 2, 1), Date.UTC(2026, 2, 29, 3)]) { // after 29 February; the hour that Europe leaves out
        const world = start();
        world.put('acme', [partnerKey('old', { expires })]);
        world.now = expires - 7 * DAY - 1;
        await world.watch(STALE * 100);
        const early = told(world);
        world.now = expires - 7 * DAY;
        await world.watch(STALE * 100);
        expect([early, told(world)]).toEqual([['Expiring 14'], ['Expiring 14', 'Expiring 7']]);
      }
    });

    test('[case 55] say whether a key that lives longer is there, and the log says for how many days a partner has one', async () => {
      const world = start();
      world.put('acme', [partnerKey('old', { expires: NOW + DAY }), partnerKey('new', { expires: NOW + 50 * DAY + 1 })]);
      await world.watch(STALE);
      expect(world.told.map(({ detail }) => detail.isReplaced)).toEqual([true]);
      expect(world.log).toContainEqual({ outcome: 'days-left', partner: 'acme', days: 50 });
      world.put('acme', []);
      await world.watch(STALE);
      expect(world.log).toContainEqual({ outcome: 'days-left', partner: 'acme', days: 0 });
    });

    test('[case 55] of somebody who may not sign in do not come', async () => {
      const world = start();
      world.put('acme', [partnerKey('old', { expires: NOW })], { disabled: true });
      world.put('globex', [partnerKey('new', { expires: NOW })], {}, { suspended: { BOOL: true } });
      await world.watch(STALE);
      expect([told(world), world.outcomes()]).toEqual([[], ['watched']]);
    });
  });

  test('a key that nobody uses is told once, and again after it was used and left again', async () => {
    const world = start();
    world.put('acme', [partnerKey('old', { notBefore: NOW - DAY, expires: NOW + 400 * DAY })]);
    const run = async (days: number) => {
      world.now = NOW + days * DAY;
      await world.watch(STALE);
    };
    await run(58);
    await run(59);
    await run(60);
    await world.activity().noteUse('acme', OLD, NOW + 61 * DAY);
    await run(62);
    await run(121);
    await run(122);
    expect(told(world)).toEqual(['Unused never', `Unused ${new Date(NOW + 61 * DAY).toISOString()}`]);
  });

  test('a key is unused since its record was written where nothing else is known', async () => {
    const world = start();
    world.put('acme', [partnerKey('old', { expires: NOW + 400 * DAY })]);
    world.now += STALE - 1;
    await world.watch(STALE);
    expect(told(world)).toEqual([]);
    world.put('acme', [partnerKey('old', { expires: NOW + 400 * DAY })], {}, { updatedAt: {} });
    world.now += DAY;
    await world.watch(STALE);
    expect(told(world)).toEqual([]); // when it was written is not known either
  });

  test('an old key that is used while a newer one is good is told once, and not before the newer one is good', async () => {
    const world = start();
    world.put('acme', [partnerKey('old', { expires: NOW + 80 * DAY }), partnerKey('new', { notBefore: NOW + 10 * DAY, expires: NOW + 200 * DAY })]);
    const uses = [5, 9, 11, 12].map((days) => NOW + days * DAY);
    for (const at of uses) {
      await world.activity().noteUse('acme', OLD, at);
      world.now = at;
      await world.watch(STALE);
    }
    expect(world.told).toEqual([{
      type: 'SFTP Partner Key Still In Use',
      detail: { serverId: SERVER_ID, partner: 'acme', fingerprint: OLD, expires: new Date(NOW + 80 * DAY).toISOString(), lastUse: new Date(uses[2]).toISOString(), newer: NEW },
    }]);
  });

  test('one partner that fails does not keep the others, and the run ends in an error that quotes nothing', async () => {
    const world = start();
    for (const name of ['acme', 'broken', 'globex']) world.put(name, [partnerKey(name, { expires: NOW })]);
    world.partners.get('broken')!.record = { S: 'CANARY' };
    let reads = 0;
    world.onCall = ({ operation }) => {
      if (operation === 'GetItem' && reads++ === 0) throw new ServiceError('InternalServerError', 'CANARY');
    };
    await expect(world.watch(STALE)).rejects.toThrow(/^watching failed for 2 of 3 partners$/);
    expect([told(world), world.outcomes().filter((outcome) => outcome.startsWith('fault'))]).toEqual([['Expired'], ['fault InternalServerError', 'fault UnusableRecord']]);
    expect(JSON.stringify(world.log)).not.toContain('CANARY');

    world.onCall = () => { throw new ServiceError('AccessDeniedException', 'CANARY'); };
    await expect(world.watch(STALE)).rejects.toThrow(/^watching failed: AccessDeniedException$/);
  });

  test('what could not be told is told the next time', async () => {
    const world = start();
    world.put('acme', [partnerKey('old', { expires: NOW })]);
    world.onCall = ({ operation }) => {
      if (operation === 'PutEvents') throw new ServiceError('InternalException');
    };
    await expect(world.watch(STALE)).rejects.toThrow('1 of 1');
    world.onCall = undefined;
    await world.watch(STALE);
    expect(told(world)).toEqual(['Expired']);
  });

  test('no other event is taken for the task', async () => {
    await expect(start().watch(STALE, { task: 'reconcile' })).rejects.toThrow('not the task to watch');
    await expect(start().watch(STALE, null)).rejects.toThrow('not the task to watch');
  });
}
