import { Bounds } from './explore';
import { freshWorld, settledWorld, Strategy, World } from './world';

/** One search: what rotates, from where, and how far. */
export interface Search {
  readonly strategy: Strategy;
  readonly from: 'fresh' | 'settled';
  readonly bounds: Bounds;
}

const ALONE = { rotations: 2, concurrency: 1 } as const;
const AT_ONCE = { rotations: 1, concurrency: 2 } as const;

/** What the proof searches: each kind of secret, with two rotations one by one and with two invocations at once. */
export const SEARCHES: readonly Search[] = [
  { strategy: 'webhook-secret', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'webhook-secret', from: 'fresh', bounds: { ...AT_ONCE, minutes: 30 } },
  { strategy: 'webhook-secret', from: 'settled', bounds: { rotations: 2, concurrency: 2, minutes: 60 } },
  { strategy: 'api-key', from: 'fresh', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'api-key', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'api-key', from: 'fresh', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'api-key', from: 'settled', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'bearer-key', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'bearer-key', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'bearer-key', from: 'fresh', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'bearer-key', from: 'settled', bounds: { ...AT_ONCE, minutes: 30 } },
  { strategy: 'sftp-password', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'sftp-password', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'sftp-password', from: 'fresh', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'sftp-password', from: 'settled', bounds: { ...AT_ONCE, minutes: 30 } },
];

export function startOf({ strategy, from }: Search): World {
  return from === 'fresh' ? freshWorld(strategy) : settledWorld(strategy);
}
