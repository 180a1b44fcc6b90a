import { Fault, KeptWorld, Rejudging, REJUDGING, signed } from './world';
import { MAX_INLINE_BYTES } from '../../../../src/runtime/webhooks/inbox';
import { loadMutant, Mutation } from '../../mutant';
import { ENDPOINT } from '../inbox/machine';

jest.setTimeout(120_000);

const FAULTS: readonly Fault[] = ['fails', 'succeeds untold', 'dies', 'dies untold'];
const SMALL = '{"id":"evt_1"}';
const LARGE = JSON.stringify({ id: 'evt_2', note: 'x'.repeat(MAX_INLINE_BYTES) });
const IDS = ['evt_1', 'evt_2'].map((id) => `${ENDPOINT}#id:${id}`);

/** A genuine delivery twice, a forgery, and a genuine one whose body is large, all of them kept. */
async function keptWorld(code: Rejudging): Promise<KeptWorld> {
  const world = new KeptWorld(code);
  world.failing = ['GetSecretValue'];
  for (const event of [signed(SMALL), signed(SMALL, 'CANARY-of-a-forger-0123456789'), signed(LARGE), signed(SMALL)]) {
    world.now++;
    expect(await world.receive(event)).toBe(200);
  }
  world.failing = [];
  world.calls = [];
  return world;
}

/** Runs the function until it ends, in whichever way; one that died hangs at its last call. */
async function run(world: KeptWorld, fault?: { readonly at: number; readonly how: Fault }): Promise<void> {
  world.calls = [];
  world.fault = fault;
  await Promise.race([world.rejudge().catch(() => undefined), new Promise((resolve) => setImmediate(() => setImmediate(resolve)))]);
}

/** What is wrong after two invocations of which each had a fault, and one that had none, if anything is. */
async function problem(code: Rejudging, calls: number): Promise<string | undefined> {
  for (let first = 0; first < calls; first++) {
    for (const how of FAULTS) {
      for (const second of [0, first, calls - 1]) {
        const world = await keptWorld(code);
        await run(world, { at: first, how });
        await run(world, { at: second, how: FAULTS[(first + second) % FAULTS.length] });
        await run(world);
        const { items, stream } = world.aws;
        const isRight = JSON.stringify([Object.keys(items).sort(), [...stream].sort(), world.kept.size]) === JSON.stringify([IDS, IDS, 0]);
        if (!isRight) return `${how} at call ${first}: ${Object.keys(items).sort().join()}, ${world.kept.size} kept`;
      }
    }
  }
  return undefined;
}

async function callsOf(code: Rejudging): Promise<number> {
  const world = await keptWorld(code);
  await run(world);
  return world.calls.length;
}

test('whichever call fails, is lost or is the last of its function, each genuine request is one record in the end, and nothing else is', async () => {
  const calls = await callsOf(REJUDGING);
  expect(calls).toBeGreaterThan(12);
  expect(await problem(REJUDGING, calls)).toBeUndefined();
});

const ROOTS = ['bodies', 'inbox', 'key-ring', 'unverified', 'unverified-queue', 'receive', 'rejudge'];

const MUTANTS: Record<string, Mutation> = {
  'deletes before it stores': {
    file: 'rejudge',
    from: 'const { id, outcome } = await inbox.accept(',
    to: 'await queue.drop(key); const { id, outcome } = await inbox.accept(',
  },
  'deletes what it could not judge': {
    file: 'rejudge',
    from: "ports.log({ outcome: 'fault', reason: nameOf(error) });",
    to: "ports.log({ outcome: 'fault', reason: nameOf(error) }); void ports.queue.drop(key);",
  },
  'stores what was forged': { file: 'rejudge', from: 'if (verdict instanceof Refused) {', to: 'if (false as boolean) {' },
  'never deletes': { file: 'rejudge', from: "if (found.outcome !== 'held') await ports.queue.drop(key);", to: '' },
  'has one key for all': { file: 'unverified', from: "-${hash.copy().digest('hex')}`", to: '`.slice(0, 20)' },
};

test.each(Object.entries(MUTANTS))('one that %s is found', async (_name, mutation) => {
  expect(await problem(loadMutant<Rejudging>('webhooks', ROOTS, mutation), 12)).toBeDefined();
});

test('none is found in the code as it is, loaded in the same way', async () => {
  expect(await problem(loadMutant<Rejudging>('webhooks', ROOTS), 4)).toBeUndefined();
});
