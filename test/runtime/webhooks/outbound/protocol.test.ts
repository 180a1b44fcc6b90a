import * as fc from 'fast-check';
import { CloudError } from './cloud';
import { outcomes } from './outcomes';
import { newMessage, Scene } from './scene';

const HOUR = 3_600_000;

/** What may happen next: a message comes, comes again or is lost, time passes, somebody sends anew. */
const actions = fc.oneof(
  fc.record({ type: fc.constant('new' as const), message: fc.constantFrom('m1', 'm2', 'm3') }),
  fc.record({ type: fc.constant('drain' as const), twice: fc.boolean(), lose: fc.boolean() }),
  fc.record({ type: fc.constant('pass' as const), milliseconds: fc.integer({ min: 1, max: 12 * HOUR }) }),
  fc.record({ type: fc.constant('outcome' as const), outcome: outcomes }),
  fc.constant({ type: 'replay' as const }),
);

/** Meanwhile one call of AWS may fail, or fail after it took effect. */
const faults = fc.option(fc.record({ call: fc.integer({ min: 0, max: 7 }), when: fc.constantFrom('before', 'after') }));

const steps = fc.array(fc.record({ action: actions, fault: faults }), { maxLength: 40 });

type Step = typeof steps extends fc.Arbitrary<Array<infer T>> ? T : never;

/** Runs the real functions through the steps, then lets everything heal; gives what was sent, by message and attempt. */
async function live(happening: readonly Step[]): Promise<{ scene: Scene; accepted: Set<string>; attempts: string[] }> {
  const scene = new Scene();
  const accepted = new Set<string>();
  const highest = new Map<string, number>();
  const attempts: string[] = [];
  const { cloud } = scene;
  for (const { action, fault } of happening) {
    if (fault) disturbOnce(fault.call, fault.when);
    await act(action).catch(() => undefined);
    cloud.disturb = () => undefined;
    monotone();
  }
  scene.outcome = { type: 'answered', status: 200 };
  for (let hour = 0; hour < 24 * 12; hour++) await scene.pass(HOUR);
  monotone();
  return { scene, accepted, attempts };

  async function send(message: string): Promise<void> {
    const { batchItemFailures } = await scene.send(newMessage(message));
    if (batchItemFailures.length === 0 || cloud.delivery(message)) accepted.add(message);
  }

  async function act(step: Step['action']): Promise<void> {
    switch (step.type) {
      case 'new': await send(step.message); break;
      case 'outcome': scene.outcome = step.outcome; break;
      case 'pass': scene.now += step.milliseconds; await scene.sweep(); break;
      case 'replay': await scene.replay({ endpoint: 'ep_1', enable: true }); break;
      case 'drain': {
        const bodies = cloud.queue.splice(0);
        if (!step.lose) await scene.send(...bodies, ...step.twice ? bodies : []);
      }
    }
  }

  function disturbOnce(call: number, when: string): void {
    let left = call;
    cloud.disturb = (_operation, at) => {
      if (at !== when || left-- !== 0) return;
      throw new CloudError('InternalServerError');
    };
  }

  function monotone(): void {
    for (const [key, { attempt }] of cloud.deliveries) {
      const now = Number(attempt.N);
      if (now < (highest.get(key) ?? 0)) throw new Error(`the attempt of ${key} went back to ${now}`);
      highest.set(key, now);
    }
    attempts.length = 0;
    attempts.push(...scene.log.filter(({ outcome }) => outcome === 'retry' || outcome === 'delivered').map(({ message, attempt }) => `${String(message)} ${String(attempt)}`));
  }
}

test('whatever is lost, comes twice or fails: no attempt is made twice, numbers never go back, and every message ends delivered or dead', async () => {
  await fc.assert(fc.asyncProperty(steps, async (happening) => {
    const { scene, accepted, attempts } = await live(happening);
    expect(attempts.length).toBe(new Set(attempts).size);
    for (const message of accepted) expect(['delivered', 'dead']).toContain(scene.cloud.delivery(message)!.phase.S);
    const perMessage = new Map<string, number>();
    for (const { headers } of scene.posted) perMessage.set(headers['webhook-id'], (perMessage.get(headers['webhook-id']) ?? 0) + 1);
    for (const [message, posts] of perMessage) expect(posts).toBeLessThanOrEqual(Number(scene.cloud.delivery(message)!.attempt.N));
  }), { numRuns: 150 });
}, 120_000);

test('without faults every message is delivered by one post', async () => {
  const { scene } = await live((['m1', 'm2', 'm1'] as const).map((message) => ({ action: { type: 'new', message }, fault: null })));
  expect(scene.posted).toHaveLength(2);
});
