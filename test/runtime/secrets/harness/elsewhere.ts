import { COGNITO } from './fake-cognito';
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
  settled(): unknown;
  /** Before the first rotation. */
  fresh(): unknown;
  /** What the secret holds for a version. */
  contentOf(version: string, nonce: number): string;
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

export const ELSEWHERE: Readonly<Record<string, Elsewhere>> = { 'cognito-client-secret': COGNITO };
