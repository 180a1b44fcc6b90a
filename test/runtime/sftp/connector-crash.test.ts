import { TransferScene } from './connector-scene';

class Crash extends Error {}

/** Ends the function at a call; it never gets to the end of what it does. */
function crashAt(scene: TransferScene, place: number): { reached: boolean } {
  const seen = { calls: 0, reached: false };
  scene.cloud.disturb = () => {
    if (seen.reached) throw new Crash(); // what ran at the same time ends as well
    if (seen.calls++ !== place) return;
    seen.reached = true;
    throw new Crash();
  };
  return seen;
}

/** Runs on as schedules, events and an operator would, until nothing is left to do. */
async function recover(scene: TransferScene, run: () => Promise<unknown>): Promise<void> {
  scene.cloud.disturb = () => undefined;
  for (const transfer of scene.cloud.transfers) await scene.hear(...scene.cloud.results(transfer));
  await run();
  for (const transfer of scene.cloud.transfers) await scene.hear(...scene.cloud.results(transfer));
}

const NAMES = Array.from({ length: 13 }, (_, index) => `f-${index}`);

test('a run that sends may end at each call, and no file is ever sent twice; what is in doubt is told, and sent when it is released', async () => {
  let places = 0;
  for (let reached = true; reached; places++) {
    const scene = new TransferScene();
    scene.add(...NAMES);
    const crash = crashAt(scene, places);
    await scene.send().catch((error: unknown) => { if (!(error instanceof Crash)) throw error; });
    reached = crash.reached;
    await recover(scene, () => scene.send());
    expect(new Set(scene.started).size).toBe(scene.started.length);

    scene.now += 2 * 3_600_000;
    await scene.run({ task: 'watch' });
    const open = [...scene.cloud.rows.values()].filter(({ state }) => state.S === 'claimed' || state.S === 'started').map(({ file }) => file.S!);
    expect(scene.log.at(-1)).toMatchObject({ outcome: 'watched', unfinished: open.length });
    expect(scene.started.length + open.length).toBe(NAMES.length);
    for (const file of open) await scene.run({ task: 'release', file });
    await recover(scene, () => scene.send());
    expect(new Set(scene.started).size).toBe(NAMES.length);
    expect(scene.started).toHaveLength(NAMES.length);
    expect([...scene.cloud.rows.values()].map(({ state }) => state.S)).toEqual(NAMES.map(() => 'done'));
  }
  expect(places).toBeGreaterThan(60);
});

test('a listing may be read half way at each call, and in the end each file is retrieved', async () => {
  for (let place = 0, reached = true; reached; place++) {
    const scene = new TransferScene();
    for (const name of NAMES) scene.cloud.remote.set(`/out/${name}`, { modified: scene.now - 3_600_000, size: 1 });
    await scene.retrieve();
    const listed = scene.cloud.listed('l-1');
    const crash = crashAt(scene, place);
    const again = await scene.hear(listed);
    ({ reached } = crash);
    expect(again).toEqual(reached ? [0] : []);
    await recover(scene, () => scene.hear(listed));
    expect(new Set(scene.started).size).toBe(scene.started.length);

    scene.now += 25 * 3_600_000;
    await recover(scene, () => scene.retrieveListed());
    expect(new Set(scene.started).size).toBe(NAMES.length);
    expect([...scene.cloud.rows.values()].map(({ state }) => state.S)).toEqual([...NAMES, 'listing'].map(() => 'done'));
  }
});
