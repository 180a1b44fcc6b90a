import { stepEvent } from './events';
import { Machine } from './machine';
import { recovers } from './recovery';
import { leaks, Next, replay } from './replay';
import { announce, DAY, elsewhereOf, MINUTES, NOW, pass, putByHand, steal, Strategy, World } from './world';
import { Answer, Worlds } from './worlds';

/** Versions that rotations may make, one after the other, or both at once. */
const TOKENS = ['p', 'q'];
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** What the function is asked to do, whichever version it is about. */
export type Kind = typeof STEPS[number] | 'reconcile';

/** What the function may be asked at any time, as often as one likes, in any order. */
const EVENTS: ReadonlyArray<{
  readonly name: string; readonly kind: Kind; readonly event: unknown; readonly token?: string; readonly readsOnly?: boolean;
}> = [
  { name: 'reconcile', kind: 'reconcile', event: { task: 'reconcile' } },
  ...TOKENS.flatMap((token) => STEPS.map((Step) => ({
    name: `${Step} ${token}`, kind: Step, event: stepEvent(Step, token), token, readsOnly: Step === 'testSecret',
  }))),
];

/** An invocation up to its next call. It has no state but the answers that it had. */
interface Invocation {
  readonly id: number;
  readonly event: number;
  readonly nonce: number;
  readonly answers: readonly Answer[];
  readonly next: Next;
}

interface State { readonly world: number; readonly active: readonly Invocation[] }

/** How the search got to a state. */
interface Trace { readonly state: State; readonly action: string; readonly from?: Trace }

/** How far a search goes. */
export interface Bounds {
  /** Rotations that may start. */
  readonly rotations: 1 | 2;
  /** Invocations that may be under way at once. */
  readonly concurrency: 1 | 2;
  /** Of what kind they are then, the two never for one version; any two, if it is not said. */
  readonly atOnce?: readonly Kind[];
  /** Whether somebody may once put a value by hand that opens nothing; not, if it is not said. */
  readonly byHand?: boolean;
  /** How much time passes at once, beside a day. */
  readonly minutes: 30 | 60;
}

/** What a search found. */
export interface Exploration {
  readonly states: number;
  /** States without an invocation under way, from each of which the machine was brought to health. */
  readonly quietStates: number;
  /** What does not hold, and the way there; undefined if everything does. */
  readonly violation?: string;
}

/**
 * Visits every state that the machine can reach from `start`: invocations that may die before and after each of their calls; every step at
 * any time, in any order, any number of times; two rotations, also started at once; reconciliation and the passing of time whenever.
 *
 * Time passes only while nothing is under way: no invocation lives longer than 15 minutes, so those that were are dead by then. The step
 * testSecret only reads, so running it beside others, or dying in it, makes no state that is not visited without it.
 */
export async function explore(machine: Machine, strategy: Strategy, start: World, bounds: Bounds): Promise<Exploration> {
  const { atOnce, concurrency, minutes } = bounds;
  const worlds = new Worlds(strategy);
  const happens = elsewhereOf(strategy)?.happens;
  const invocations = new Map<string, Invocation>();
  const seen = new Set<string>();
  const stack: Trace[] = [];
  let quietStates = 0;
  let violation: string | undefined;

  visit({ world: worlds.numberOf(start), active: [] }, 'start');
  for (let trace = stack.pop(); trace && violation === undefined; trace = stack.pop()) await expand(trace);
  return { states: seen.size, quietStates, violation };

  function visit({ world, active }: State, action: string, from?: Trace): void {
    const sorted = active.length === 2 && active[0].id > active[1].id ? [active[1], active[0]] : active;
    const name = `${world},${sorted.map(({ id }) => id).join()}`;
    if (seen.has(name)) return;
    seen.add(name);
    const trace = { state: { world, active: sorted }, action, from };
    const wrong = worlds.of(world).violation;
    if (wrong) complain(trace, wrong);
    stack.push(trace);
  }

  function complain(trace: Trace, what: string): void {
    const path: string[] = [];
    for (let at: Trace | undefined = trace; at; at = at.from) path.unshift(at.action);
    violation ??= `${what}: ${path.join(', ')}`;
  }

  async function expand(trace: Trace): Promise<void> {
    const { world, active } = trace.state;
    if (active.length === 0) {
      quietStates++;
      const stuck = await recovers(machine, strategy, worlds.copyOf(world));
      if (stuck) complain(trace, stuck);
      change(trace, `${minutes} minutes`, (copy) => pass(copy, minutes * MINUTES));
      change(trace, 'a day', (copy) => pass(copy, DAY));
    }
    rotations(trace);
    if (happens) change(trace, happens.name, happens.effect);
    if (bounds.byHand && worlds.of(world).canPutByHand) change(trace, 'PutSecretValue by hand', putByHand);
    for (const [index, one] of active.entries()) {
      const others = active.filter((_, other) => other !== index);
      visit({ world, active: others }, `${EVENTS[one.event].name} dies`, trace);
      await step(trace, one, others);
    }
    if (active.length < concurrency) await starts(trace);
  }

  function mayRun(event: number, beside: readonly Invocation[]): boolean {
    if (beside.length === 0) return true;
    const [one, other] = [EVENTS[event], EVENTS[beside[0].event]];
    return !one.readsOnly && (!atOnce || one.token !== other.token && [one, other].every(({ kind }) => atOnce.includes(kind)));
  }

  /** Any event may come, for any version that was announced. */
  async function starts(trace: Trace): Promise<void> {
    const { world, active } = trace.state;
    const nonce = worlds.freshNonce(world, active.map((other) => other.nonce));
    for (const [event, { token }] of EVENTS.entries()) {
      if (token !== undefined && !worlds.of(world).versions.includes(token) || !mayRun(event, active)) continue;
      await step(trace, await invocation(event, nonce, []), active);
    }
  }

  function change({ state: { world, active }, ...from }: Trace, action: string, effect: (world: World) => void): void {
    visit({ world: worlds.after(world, action, effect), active }, action, { state: { world, active }, ...from });
  }

  function rotations(trace: Trace): void {
    const { versions, canRotate, canRotateAtOnce } = worlds.of(trace.state.world);
    const token = TOKENS.slice(0, bounds.rotations).find((candidate) => !versions.includes(candidate));
    if (token === undefined) return;
    if (canRotate) change(trace, `RotateSecret ${token}`, ({ secret }) => announce(secret, token, NOW));
    else if (canRotateAtOnce) change(trace, `RotateSecret ${token} at the same time`, ({ secret }) => steal(secret, token, NOW));
  }

  /** Lets an invocation make its next call, and end if that was the last. */
  async function step(trace: Trace, one: Invocation, others: readonly Invocation[]): Promise<void> {
    const { name, readsOnly } = EVENTS[one.event];
    if (!('call' in one.next)) throw new Error(`${name} made no call`);
    const { operation } = one.next.call;
    const made = worlds.call(trace.state.world, one.next.call);
    if (readsOnly && made.world !== trace.state.world) throw new Error(`${name} changed something by ${operation}`);
    const after = await invocation(one.event, one.nonce, [...one.answers, made.answer]);
    const action = `${name}: ${operation}`;
    if ('call' in after.next) return visit({ world: made.world, active: readsOnly ? [after] : [...others, after] }, action, trace);

    if (leaks(after.next.log)) complain(trace, `${action} tells a value`);
    const ended = { state: { world: made.world, active: others }, action, from: trace };
    if (!after.next.succeeded || !name.startsWith('finishSecret')) return visit(ended.state, action, trace);
    change(ended, 'succeeds', ({ secret }) => { secret.lastRotated = NOW - DAY; });
  }

  async function invocation(event: number, nonce: number, answers: readonly Answer[]): Promise<Invocation> {
    const name = `${event} ${nonce} ${answers.map((answer) => answer.number).join()}`;
    let found = invocations.get(name);
    if (!found) {
      found = { id: invocations.size, event, nonce, answers, next: await replay(machine, strategy, EVENTS[event].event, nonce, answers) };
      invocations.set(name, found);
    }
    return found;
  }
}
