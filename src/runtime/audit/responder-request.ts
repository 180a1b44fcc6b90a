import { REGIME_ID } from '../../formats/incident-regimes';
import { tryInstant } from '../../formats/instant';
import { membersIn } from '../shared/json-text';

/** What responders do with an incident. Times are milliseconds since 1970. */
export type Action =
  | { readonly action: 'acknowledge' }
  /** When one became aware of what the regime is about, where that is not when the incident was detected. */
  | { readonly action: 'set-clock'; readonly regime: string; readonly awareAt: number; readonly reason: string }
  /** When a step is due, where its period does not say it. */
  | { readonly action: 'set-due'; readonly regime: string; readonly step: string; readonly dueAt: number; readonly reason: string }
  | { readonly action: 'notified'; readonly regime: string; readonly step: string; readonly notifiedAt: number }
  | { readonly action: 'dismiss'; readonly regime: string; readonly step: string; readonly reason: string }
  | { readonly action: 'close'; readonly reason: string };

/** Members of each action beside `action`. */
const MEMBERS: Readonly<Record<Action['action'], readonly string[]>> = {
  'acknowledge': [],
  'set-clock': ['regime', 'awareAt', 'reason'],
  'set-due': ['regime', 'step', 'dueAt', 'reason'],
  'notified': ['regime', 'step', 'notifiedAt'],
  'dismiss': ['regime', 'step', 'reason'],
  'close': ['reason'],
};

/** A reason says something, to whoever reads it in a year. */
const REASON = /^[^\p{Cc}]{10,500}$/u;

const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  regime: (value) => typeof value === 'string' && REGIME_ID.test(value) ? value : undefined,
  step: (value) => typeof value === 'string' && REGIME_ID.test(value) ? value : undefined,
  reason: (value) => typeof value === 'string' && REASON.test(value) ? value : undefined,
  awareAt: tryInstant,
  dueAt: tryInstant,
  notifiedAt: tryInstant,
};

/** Reads a request; undefined for one that is malformed, or says more or less than it may. */
export function tryAction(body: string): Action | undefined {
  const { action, ...given } = membersIn(body);
  if (typeof action !== 'string' || !Object.hasOwn(MEMBERS, action)) return undefined;
  const members = MEMBERS[action as Action['action']];
  if (Object.keys(given).length !== members.length) return undefined;
  const read = members.map((name) => [name, READERS[name](given[name])] as const);
  return read.every(([, value]) => value !== undefined) ? { action, ...Object.fromEntries(read) } as unknown as Action : undefined;
}
