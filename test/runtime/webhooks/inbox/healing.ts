import { callAws, World } from './fake-aws';
import { Ask, Machine } from './machine';
import { replay } from './replay';
import { Worlds } from './worlds';

/** Longer than any pause after a failed attempt. */
export const LATER = 2 * 60 * 60_000;

/** What is left when nothing fails any more: hashes of bodies that a target has, and of those that wait for a person. */
export interface Health {
  readonly published: readonly string[];
  readonly quarantined: readonly string[];
  /** How often an event was published at most. */
  readonly most: number;
  /** What does not hold; undefined if everything does. */
  readonly wrong?: string;
}

/** Has the sweeper run, and a person redrive what is dead, until nothing is left to do. The stream does not help: it may be out for a day. */
export async function heal(machine: Machine, worlds: Worlds, number: number): Promise<Health> {
  const world = worlds.copyOf(number);
  for (let round = 0; round < 4 && isPending(world); round++) {
    world.now += LATER;
    await runToEnd(machine, { do: 'redrive' }, world);
    await runToEnd(machine, { do: 'sweep' }, world);
  }
  const items = Object.values(world.items);
  return {
    published: world.published.map((line) => line.split(' ')[1]),
    quarantined: items.filter(({ state }) => state.S === 'QUARANTINED').map(({ bodySha256 }) => bodySha256.S!),
    most: mostOf(world),
    ...isPending(world) ? { wrong: 'an event is never dispatched' } : {},
  };
}

/** How often the event that was published most was. */
export function mostOf({ published }: World): number {
  const counts = new Map<string, number>();
  for (const line of published) counts.set(line.split(' ')[0], (counts.get(line.split(' ')[0]) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function isPending({ items }: World): boolean {
  return Object.values(items).some(({ state }) => state.S === 'RECEIVED' || state.S === 'DEAD');
}

async function runToEnd(machine: Machine, ask: Ask, world: World): Promise<void> {
  const answers = [];
  for (;;) {
    const next = await replay(machine, ask, world.now, answers);
    if (!('call' in next)) return;
    answers.push(callAws(world, next.call));
  }
}
