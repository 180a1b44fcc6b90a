import { createHash } from 'node:crypto';
import { newWorld } from './fake-aws';
import { heal, Health, LATER, mostOf } from './healing';
import { Invocation, Invocations } from './invocations';
import { Machine } from './machine';
import { Ended } from './replay';
import { Answer, Worlds } from './worlds';
import { Call } from '../../secrets/harness/service';

/** How far a search goes. */
export interface Bounds {
  /** The body of each delivery; equal ones are the same event, others collide with it. */
  readonly bodies: readonly string[];
  /** How often the sender tries each. */
  readonly attempts: number;
  /** Calls that fail, that time out after success, and functions that die before or after a call, in all. */
  readonly faults: number;
  /** How often the stream hands over each record. */
  readonly streamed: number;
  /** Sweeps in all, which may overlap. */
  readonly sweeps: number;
  /** How often two hours pass. */
  readonly passes: number;
}

/** A delivery of the sender. */
interface Sending { readonly body: number; readonly left: number; readonly isAcknowledged: boolean; readonly active?: Invocation }

interface State {
  readonly world: number;
  readonly sendings: readonly Sending[];
  /** The stream and the sweeper. */
  readonly workers: readonly Invocation[];
  readonly faults: number;
  readonly sweeps: number;
  readonly passes: number;
}

/** What a search found. */
export interface Exploration {
  readonly states: number;
  /** Ways from the start to where nothing more can happen, each in another order or with other faults. */
  readonly schedules: bigint;
  /** An event that was acknowledged and that nobody has, with the way there. */
  readonly lost?: string;
  /** An event that was published more than once without faults, or more often than there were faults, with the way there. */
  readonly duplicated?: string;
}

const NOW = Date.UTC(2026, 0, 1);

/** Stops a search at the first thing that does not hold. */
class Violation extends Error {
  constructor(public readonly kind: 'lost' | 'duplicated', message: string) { super(message); }
}

/** Visits every state that the machine can reach, and in each where nothing is under way looks whether what was acknowledged arrives. */
export async function explore(machine: Machine, bounds: Bounds): Promise<Exploration> {
  const worlds = new Worlds();
  const invocations = new Invocations(machine);
  const schedules = new Map<string, bigint>();
  const healths = new Map<number, Promise<Health>>();
  const callIds = new Map<string, number>();
  const callsById = new WeakMap<Call, number>(); // an invocation keeps its call, whose text may be long
  const path: string[] = [];
  const fails: readonly Answer[] = [worlds.answerOf({ error: 'InternalServerError' }), worlds.answerOf({ error: 'TimeoutError' })];

  try {
    const start: State = {
      world: worlds.numberOf(newWorld(NOW)),
      sendings: bounds.bodies.map((_, body) => ({ body: bounds.bodies.indexOf(bounds.bodies[body]), left: bounds.attempts, isAcknowledged: false })),
      workers: [],
      faults: bounds.faults,
      sweeps: bounds.sweeps,
      passes: bounds.passes,
    };
    return { schedules: await visit(start), states: schedules.size };
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return { schedules: 0n, states: schedules.size, [error.kind]: `${error.message}: ${path.join(', ')}` };
  }

  /** How many schedules lead on from a state. */
  async function visit(state: State): Promise<bigint> {
    const workers = [...state.workers].sort((one, other) => one.id - other.id);
    const canonical = { ...state, sendings: [...state.sendings].sort(bySending), workers };
    const name = nameOf(canonical);
    const known = schedules.get(name);
    if (known !== undefined) return known;
    schedules.set(name, 0n); // every step uses something up, so no way leads back here
    await check(canonical);
    const counted = await expand(canonical);
    const count = counted === 0n ? 1n : counted;
    schedules.set(name, count);
    return count;
  }

  async function to(action: string, state: State): Promise<bigint> {
    path.push(action);
    const count = await visit(state);
    path.pop();
    return count;
  }

  async function check({ world, sendings, workers, faults }: State): Promise<void> {
    const most = 1 + bounds.faults - faults;
    if (mostOf(worlds.of(world)) > most) throw new Violation('duplicated', `published more than ${most} times`);
    if (workers.length > 0 || sendings.some(({ active }) => active)) return;
    const health = await (healths.get(world) ?? healths.set(world, heal(machine, worlds, world)).get(world)!);
    if (health.wrong) throw new Violation('lost', health.wrong);
    if (health.most > most) throw new Violation('duplicated', `published more than ${most} times in the end`);
    for (const { body, isAcknowledged } of sendings) {
      const hash = hashOf(bounds.bodies[body]);
      if (isAcknowledged && !health.published.includes(hash) && !health.quarantined.includes(hash)) throw new Violation('lost', `body ${body} was acknowledged`);
    }
  }

  async function expand(state: State): Promise<bigint> {
    const { world, sendings, workers, sweeps, passes } = state;
    const { now, stream, items } = worlds.of(world);
    let count = 0n;
    for (const [index, sending] of sendings.entries()) {
      // Of sendings that are alike, the first one moves.
      if (index > 0 && describe(sendings[index - 1]) === describe(sending)) continue;
      const others = (next: Sending) => ({ ...state, sendings: sendings.map((other, at) => at === index ? next : other) });
      if (sending.active) {
        count += await advance(state, sending.active, (changed, next) => ({
          ...changed, sendings: others({ ...sending, ...progressOf(next) }).sendings,
        }));
      } else if (!sending.isAcknowledged && sending.left > 0) {
        const active = await invocations.begin({ do: 'receive', body: bounds.bodies[sending.body] }, now);
        count += await to(`deliver ${sending.body}`, others({ ...sending, left: sending.left - 1, ...progressOf(active) }));
      }
    }
    for (const [index, worker] of workers.entries()) {
      const others = workers.filter((_, at) => at !== index);
      count += await advance(state, worker, (changed, next) => ({ ...changed, workers: next && 'call' in next.next ? [...others, next] : others }));
    }
    for (const id of stream) {
      const after = worlds.after(world, (copy) => { copy.stream.splice(copy.stream.indexOf(id), 1); });
      for (let times = 1; times <= bounds.streamed; times++) {
        const begun = await invocations.begin({ do: 'stream', id }, now);
        count += await to(`stream ${times}`, { ...state, world: after, workers: [...workers, ...Array<Invocation>(times).fill(begun)] });
      }
    }
    if (sweeps > 0 && Object.keys(items).length > 0) {
      count += await to('sweep', { ...state, sweeps: sweeps - 1, workers: [...workers, await invocations.begin({ do: 'sweep' }, now)] });
    }
    // No function lives as long as a lease, so those that were under way are dead by then.
    if (passes > 0 && workers.length === 0 && sendings.every(({ active }) => !active) && Object.keys(items).length > 0) {
      count += await to('two hours', { ...state, passes: passes - 1, world: worlds.after(world, (copy) => { copy.now += LATER; }) });
    }
    return count;
  }

  /** Makes the next call of an invocation in every way that it can go; `put` says where the invocation goes, or that it died. */
  async function advance(state: State, invocation: Invocation, put: (state: State, next?: Invocation) => State): Promise<bigint> {
    if (!('call' in invocation.next)) throw new Error(`${invocation.ask.do} made no call`);
    const { call } = invocation.next;
    const action = `${invocation.ask.do}: ${call.operation}`;
    const made = worlds.call(state.world, call, callIdOf(call));
    const changed = { ...state, world: made.world };
    let count = await to(action, put(changed, await invocations.after(invocation, made.answer)));
    if (state.faults === 0) return count;

    const faulty = { ...state, faults: state.faults - 1 };
    const [fails500, timesOut] = fails;
    count += await to(`${action} fails`, put(faulty, await invocations.after(invocation, fails500)));
    count += await to(`${action}, then it dies`, put({ ...faulty, world: made.world }));
    if (made.world === state.world) return count; // to die before, or to hear nothing, comes to the same
    count += await to(`${action} times out`, put({ ...faulty, world: made.world }, await invocations.after(invocation, timesOut)));
    return count + await to(`dies before ${action}`, put(faulty));
  }

  function callIdOf(call: Call): number {
    let id = callsById.get(call);
    if (id !== undefined) return id;
    const text = JSON.stringify(call);
    id = callIds.get(text) ?? callIds.size;
    callIds.set(text, id);
    callsById.set(call, id);
    return id;
  }
}

/** Where a delivery stands: its function is under way, has answered, or died. */
function progressOf(invocation: Invocation | undefined): Pick<Sending, 'active' | 'isAcknowledged'> {
  if (!invocation) return { active: undefined, isAcknowledged: false };
  if ('call' in invocation.next) return { active: invocation, isAcknowledged: false };
  return { active: undefined, isAcknowledged: isSuccess(invocation.next) };
}

function isSuccess({ status, log }: Ended): boolean {
  if (status !== 200 && status !== 503) throw new Error(`a genuine delivery was answered with ${status}`);
  if (log.includes('CANARY')) throw new Error('the log has something of a delivery');
  return status === 200;
}

function describe({ body, left, isAcknowledged, active }: Sending): string {
  return `${body}/${left}/${isAcknowledged}/${active?.id ?? ''}`;
}

function bySending(one: Sending, other: Sending): number {
  return describe(one) < describe(other) ? -1 : 1;
}

function nameOf({ world, sendings, workers, faults, sweeps, passes }: State): string {
  return `${world} ${sendings.map(describe).join(' ')} ${workers.map(({ id }) => id).join()} ${faults} ${sweeps} ${passes}`;
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
