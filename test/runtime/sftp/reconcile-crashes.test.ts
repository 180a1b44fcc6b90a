import { untilItEnds } from './host-key-world';
import { DAY, partnerKey, publicKey } from './partner-keys';
import { PARTNER_CODE, PartnerCode, PartnerWorld } from './partner-world';
import { Fault, FAULTS } from '../faults';
import { loadMutant, Mutation } from '../mutant';

jest.setTimeout(120_000);

const NEW = publicKey('new');

/**
 * One partner changes its key, another one's has expired, a third is suspended, and a key was added by hand to the first, with one of another
 * partner who is gone.
 */
async function busyWorld(code: PartnerCode): Promise<PartnerWorld> {
  const world = new PartnerWorld(code);
  world.isEnforced = true;
  for (const name of ['acme', 'globex', 'initech', 'gone']) world.users.give(name);
  world.put('acme', [partnerKey('old')]);
  world.put('globex', [partnerKey('globex'), partnerKey('spare', { expires: world.now + DAY })]);
  world.put('initech', [partnerKey('initech')]);
  world.put('gone', [partnerKey('gone')]);
  await world.reconcile();
  world.put('acme', [partnerKey('new')]);
  world.put('initech', [partnerKey('initech')], {}, { suspended: { BOOL: true } });
  world.partners.delete('gone');
  world.users.give('acme', publicKey('by hand').line);
  world.now += 2 * DAY;
  world.calls = [];
  world.log.length = 0;
  world.told.length = 0;
  return world;
}

async function run(world: PartnerWorld, fault?: { readonly at: number; readonly how: Fault }): Promise<void> {
  world.calls = [];
  world.fault = fault;
  await untilItEnds(world.reconcile());
}

function ending(world: PartnerWorld): string | undefined {
  const has = JSON.stringify(['acme', 'globex', 'initech', 'gone'].map((name) => world.users.fingerprints(name)));
  const right = JSON.stringify([[NEW.fingerprint], [publicKey('globex').fingerprint], [], []]);
  if (has !== right) return `ends with ${has}`;
  return JSON.stringify([world.log, world.told]).includes('CANARY') ? 'a service was quoted' : undefined;
}

/** The first thing that is wrong after two runs of which each had a fault, and two that had none. */
async function problemOf(code: PartnerCode): Promise<{ tried: number; problem?: string }> {
  const undisturbed = await busyWorld(code);
  await run(undisturbed);
  const problem = undisturbed.violations[0] ?? ending(undisturbed);
  if (problem !== undefined) return { tried: 0, problem };
  let tried = 0;
  for (let call = 0; call < undisturbed.calls.length; call++) {
    for (const how of FAULTS) {
      for (const second of [{ at: call, how }, { at: call + 1, how: FAULTS[(call + tried) % FAULTS.length] }]) {
        tried++;
        const world = await busyWorld(code);
        for (const fault of [{ at: call, how }, second, undefined, undefined]) await run(world, fault);
        const wrong = world.violations[0] ?? ending(world);
        if (wrong !== undefined) return { tried, problem: `${how} at call ${call}: ${wrong}` };
      }
    }
  }
  return { tried };
}

test('[case 46] whichever call fails, is lost or is the last of its run, no partner loses its last valid key, and all is right in the end', async () => {
  const { tried, problem } = await problemOf(PARTNER_CODE);
  expect(problem).toBeUndefined();
  expect(tried).toBeGreaterThan(150);
});

const ROOTS = ['key-activity', 'partners-scan', 'server-users', 'sftp-events', 'key-watch', 'reconcile'];

const MUTANTS: Record<string, Mutation> = {
  'deletes before it imports': {
    file: 'user-keys',
    from: 'const imported = await importKeys(plan, present);',
    to: 'await removeKeys([...plan.removals, ...plan.laterRemovals]); const imported = await importKeys(plan, present);',
  },
  'deletes without a look': { file: 'user-keys', from: 'const isComplete = plan.wanted.every(', to: 'const isComplete = true || plan.wanted.every(' },
  'notes what it gives after it gave it': {
    file: 'user-keys',
    from: 'await register.noteInstalled(name, imports.map(({ fingerprint }) => fingerprint));',
    to: 'setImmediate(() => undefined);',
  },
  'forgets whose key it was': { file: 'key-plan', from: "return 'unknown';\n    if (isShut)", to: 'return undefined;\n    if (isShut)' },
  'lets in who is shut out': { file: 'key-plan', from: 'isShut ? [] : usableKeys(record, now)', to: '!record ? [] : usableKeys(record, now)' },
  'takes expired keys for good': { file: 'key-plan', from: "<= now) return 'expired';", to: '<= now) return undefined;' },
};

test.each(Object.entries(MUTANTS))('one that %s is found', async (_name, mutation) => {
  expect((await problemOf(loadMutant<PartnerCode>('sftp', ROOTS, mutation))).problem).toBeDefined();
});
