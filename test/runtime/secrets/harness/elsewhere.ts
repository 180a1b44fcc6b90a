import { COGNITO } from './fake-cognito';
import { SFTP_PARTNER } from './fake-sftp-partner';
import { THIRD_PARTY } from './fake-third-party';
import type { Machine } from './machine';
import { Call, Input } from './service';
import type { World } from './world';
import type { Adapter } from '../../../../src/runtime/secrets/adapter';
import type { SecretStore } from '../../../../src/runtime/secrets/secret-store';

/** What an adapter is built from. */
export interface Surrounded {
  readonly machine: Machine;
  readonly store: SecretStore;
  readonly answer: (call: Call) => Promise<unknown>;
  readonly randomBytes: (size: number) => Buffer;
  readonly now: () => number;
}

/** A provider beside Secrets Manager and API Gateway: what it has is in `World.elsewhere`, as plain data. */
export interface Elsewhere {
  /** What may happen there at any time. */
  readonly happens?: { readonly name: string; effect(world: World): void };
  /** Makes the provider one with whom a rotation may end in vain; and no longer. */
  readonly tempers?: { slow(world: World): void; prompt(world: World): void };
  settled(): unknown;
  /** Before the first rotation. */
  fresh(): unknown;
  /** What the secret holds for a version. */
  contentOf(version: string, nonce: number): string;
  /** Has the provider know what it issued for a version to somebody else, where it is the one who makes values. */
  issue?(world: World, version: string, nonce: number): void;
  /** Answers a call as the provider does. */
  call(world: World, operation: string, input: Input): Record<string, unknown>;
  /** Whether a consumer that holds this version gets in. */
  works(world: World, version: string): boolean;
  /** What is wrong with a state, beyond what is wrong for any provider. */
  violations?(world: World): string[];
  /** Whether nothing is left that has to go. */
  isTidy(world: World): boolean;
  /** What grows older as time passes. */
  dated(world: World): Array<{ created: number }>;
  adapter(surrounded: Surrounded): Adapter;
}

export const ELSEWHERE: Readonly<Record<string, Elsewhere>> = {
  'cognito-client-secret': COGNITO, 'sftp-connector-key-pair': SFTP_PARTNER, 'third-party': THIRD_PARTY,
};
