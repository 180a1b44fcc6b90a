import { Bounds } from './explore';
import { elsewhereOf, freshWorld, settledWorld, STRATEGIES, Strategy, World } from './world';

/** One search: what rotates, from where, and how far. */
export interface Search {
  readonly strategy: Strategy;
  readonly from: 'fresh' | 'settled';
  readonly bounds: Bounds;
}

const ALONE = { rotations: 2, concurrency: 1 } as const;
const AT_ONCE = { rotations: 1, concurrency: 2 } as const;
/** Two rotations that were started at once, whose steps at the provider overlap; any two steps would be millions of states. */
const RIVALS: Bounds = { rotations: 2, concurrency: 2, atOnce: ['createSecret', 'setSecret'], minutes: 60 };
const BY_HAND: Bounds = { rotations: 1, concurrency: 1, byHand: true, minutes: 60 };

/** What the proof searches: each kind of secret, with two rotations one by one, with two invocations at once, and with a value put by hand. */
export const SEARCHES: readonly Search[] = [
  { strategy: 'webhook-secret', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'webhook-secret', from: 'fresh', bounds: { ...AT_ONCE, minutes: 30 } },
  { strategy: 'webhook-secret', from: 'settled', bounds: { rotations: 2, concurrency: 2, minutes: 60 } },
  { strategy: 'webhook-signing-key', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'webhook-signing-key', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'webhook-signing-key', from: 'settled', bounds: { ...AT_ONCE, minutes: 30 } },
  { strategy: 'api-key', from: 'fresh', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'api-key', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'api-key', from: 'fresh', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'api-key', from: 'settled', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'cognito-client-secret', from: 'fresh', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'cognito-client-secret', from: 'settled', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'cognito-client-secret', from: 'settled', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'cognito-client-secret', from: 'settled', bounds: RIVALS },
  { strategy: 'sftp-connector-key-pair', from: 'fresh', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'sftp-connector-key-pair', from: 'settled', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'sftp-connector-key-pair', from: 'settled', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'sftp-connector-key-pair', from: 'settled', bounds: RIVALS },
  { strategy: 'third-party', from: 'fresh', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'third-party', from: 'settled', bounds: { ...ALONE, minutes: 60 } },
  { strategy: 'third-party', from: 'settled', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'third-party', from: 'settled', bounds: RIVALS },
  { strategy: 'bearer-key', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'bearer-key', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'bearer-key', from: 'fresh', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'bearer-key', from: 'settled', bounds: { ...AT_ONCE, minutes: 30 } },
  { strategy: 'sftp-password', from: 'fresh', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'sftp-password', from: 'settled', bounds: { ...ALONE, minutes: 30 } },
  { strategy: 'sftp-password', from: 'fresh', bounds: { ...AT_ONCE, minutes: 60 } },
  { strategy: 'sftp-password', from: 'settled', bounds: { ...AT_ONCE, minutes: 30 } },
  ...STRATEGIES.map((strategy): Search => ({ strategy, from: 'settled', bounds: BY_HAND })),
];

export function startOf({ strategy, from }: Search): World {
  const world = from === 'fresh' ? freshWorld(strategy) : settledWorld(strategy);
  elsewhereOf(strategy)?.tempers?.slow(world);
  return world;
}
