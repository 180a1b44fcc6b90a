import type { ScryptCost } from '../../../../src/runtime/secrets/password-verifier';
import type { FakeTables } from '../fake-tables';
import { ROLE_PREFIX, START } from '../partners';

export type Entry = Readonly<Record<string, unknown>>;

/** An identity provider with its tables and a clock that is set, in this process or in one of its own. */
export interface LoginWorld {
  readonly tables: FakeTables;
  /** What a verifier costs that is no one's. */
  readonly cost: ScryptCost;
  /** Milliseconds since 1970. */
  setTime(now: number): void;
  ask(event: unknown): Promise<unknown>;
  /** What was logged, as objects. */
  log(): readonly Entry[];
  /** Microseconds of a processor that were spent so far, whatever else the machine does. */
  computed(): number;
}

/** Starts one, with other settings than those below. */
export type Start = (changes?: Readonly<Record<string, string>>) => Promise<LoginWorld>;

/** A case of the list: what its number is, what holds, and how it is seen. */
export interface LoginCase { readonly number: number; readonly title: string; readonly run: (start: Start) => Promise<void> }

/** Where a password follows a key. */
export const BOTH: Readonly<Record<string, string>> = {
  PARTNERS_TABLE: 'partners',
  ACTIVITY_TABLE: 'activity',
  CREDENTIALS_TABLE: 'credentials',
  AUTHENTICATION: 'PUBLIC_KEY_AND_PASSWORD',
  ROLE_PREFIX,
  LOCKOUT_FAILURES: '3',
  LOCKOUT_WINDOW_SECONDS: '600',
  LOCKOUT_SECONDS: '900',
  CACHE_SECONDS: '0',
};

/** What makes a server one of keys alone. */
export const KEYS_ALONE = { AUTHENTICATION: 'PUBLIC_KEY' };

export const later = (seconds: number) => START + seconds * 1000;

/** Whether everything that is let in nowhere gets the same two bytes. */
export function expectDenied(answer: unknown): void {
  expect(JSON.stringify(answer)).toBe('{}');
}

export function expectAccepted(answer: unknown): asserts answer is Readonly<Record<string, string>> & { readonly PublicKeys?: readonly string[] } {
  expect(answer).toMatchObject({ Role: expect.stringMatching(/^arn:aws:iam::/), HomeDirectoryType: 'LOGICAL' });
}

/** Outcome and reason of the last line. */
export function lastOf(world: LoginWorld): unknown[] {
  const { outcome, reason } = world.log().at(-1) ?? {};
  return [outcome, reason];
}
