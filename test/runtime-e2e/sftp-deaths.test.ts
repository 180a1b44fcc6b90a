import { SftpProcess } from './sftp-process';
import { ShippedHostKeyWorld } from './shipped-host-keys';
import { ShippedPartnerWorld } from './shipped-partner-keys';
import { Fault } from '../runtime/faults';
import { Call } from '../runtime/secrets/harness/service';
import { settledWorld } from '../runtime/sftp/host-key-world';
import { partnerKey, publicKey } from '../runtime/sftp/partner-keys';

jest.setTimeout(120_000);

afterEach(SftpProcess.giveBack);
afterAll(SftpProcess.stopAll);

/** A world whose function can be made to die at a call. */
interface Mortal { calls: Call[]; fault?: { readonly at: number; readonly how: Fault } }

const isWrite = ({ operation }: Call) => !/^(Describe|List|Scan|Get)/.test(operation);

/** What was written by a run that nothing disturbed, and ways to have one die: before the first of these, and after each. What comes before the next is the same. */
function deathsOf({ calls }: Mortal): { readonly operations: readonly string[]; readonly deaths: ReadonlyArray<NonNullable<Mortal['fault']>> } {
  const writes = calls.flatMap((call, at) => isWrite(call) ? [at] : []);
  return {
    operations: writes.map((at) => calls[at].operation),
    deaths: [{ at: writes[0], how: 'dies' }, ...writes.map((at) => ({ at, how: 'dies untold' as const }))],
  };
}

/** Has a run die there, in the middle of its process. */
async function die(world: Mortal, fault: Mortal['fault'], run: () => Promise<unknown>): Promise<void> {
  world.calls = [];
  world.fault = fault;
  await expect(run()).rejects.toThrow('the process has ended');
  world.fault = undefined;
}

/** A partner who changes from one key to another. */
async function changingWorld(): Promise<ShippedPartnerWorld> {
  const world = new ShippedPartnerWorld();
  world.users.give('acme');
  world.put('acme', [partnerKey('old')]);
  await world.reconcile();
  world.put('acme', [partnerKey('new')]);
  world.calls = [];
  return world;
}

test('[case 46] whichever write its process dies at, the next run ends with the new key, and no moment is without one', async () => {
  const undisturbed = await changingWorld();
  await undisturbed.reconcile();
  const { operations, deaths } = deathsOf(undisturbed);
  expect(operations).toEqual(expect.arrayContaining(['ImportSshPublicKey', 'DeleteSshPublicKey', 'PutEvents']));
  for (const death of deaths) {
    const world = await changingWorld();
    await die(world, death, () => world.reconcile());
    await world.reconcile();
    expect([world.users.fingerprints('acme'), world.violations]).toEqual([[publicKey('new').fingerprint], []]);
    await world.reconcile();
    expect(world.outcomes().filter((outcome) => outcome.startsWith('fault'))).toEqual([]);
    await SftpProcess.giveBack();
  }
});

const settled = () => settledWorld(undefined, new ShippedHostKeyWorld()) as Promise<ShippedHostKeyWorld>;

test('[case 62] whichever write its process dies at, there is no third key, and the one that comes is one that partners were told of', async () => {
  const undisturbed = await settled();
  await undisturbed.run();
  const { operations, deaths } = deathsOf(undisturbed);
  expect(operations).toEqual(['PutParameter', 'ImportHostKey', 'PutEvents', 'PutParameter']);
  for (const death of deaths) {
    const world = await settled();
    await die(world, death, () => world.run());
    await world.run();
    const [shown, next, ...more] = world.server.keys.map(({ fingerprint }) => fingerprint);
    expect([shown, more, world.server.violations]).toEqual([world.imported(1), [], []]);
    expect(world.record.next).toMatchObject([{ fingerprint: next, cutOverAt: expect.any(String) }]);
    expect(world.told.at(-1)).toMatchObject({ type: 'SFTP Host Key Announced', detail: { fingerprint: next } });
    expect(world.tells(JSON.stringify([world.log, world.told, world.parameter]))).toBe(false);
    await SftpProcess.giveBack();
  }
});
