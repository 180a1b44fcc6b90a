import { deadlinesOf, IncidentRecord, RegimeClock } from './incident-record';
import type { Action } from './responder-request';

/** Why an action is not taken, for the responder who asks. */
export interface NotTaken { readonly problem: string }

/** What an action makes of an incident; undefined where it is so already, so that to ask twice is to ask once. */
export interface Taken { readonly next: IncidentRecord; readonly detail: Readonly<Record<string, unknown>> }

/** Takes an action of a responder, or says why not. */
export function transition(record: IncidentRecord, action: Action, now: number): Taken | NotTaken | undefined {
  switch (action.action) {
    case 'acknowledge':
      return record.state === 'open' ? { next: { ...record, state: 'acknowledged' }, detail: {} } : undefined;
    case 'close':
      return close(record, action.reason);
    default:
      return onClock(record, action, now);
  }
}

function close(record: IncidentRecord, reason: string): Taken | NotTaken | undefined {
  if (record.state === 'closed') return undefined;
  const [open] = deadlinesOf(record);
  if (open) return { problem: `${open.regime}/${open.step} is neither done nor dismissed` };
  return { next: { ...record, state: 'closed' }, detail: { reason } };
}

type ClockAction = Exclude<Action, { readonly action: 'acknowledge' | 'close' }>;

function onClock(record: IncidentRecord, action: ClockAction, now: number): Taken | NotTaken | undefined {
  if (record.state === 'closed') return { problem: 'the incident is closed' };
  const clock = record.clocks.find(({ regime }) => regime === action.regime);
  if (!clock) return { problem: `the incident has no clock ${action.regime}` };
  if (action.action !== 'set-clock' && !clock.steps.some(({ id }) => id === action.step)) return { problem: `${action.regime} has no step ${action.step}` };
  const changed = changedClock(clock, action, now);
  if (!changed || 'problem' in changed) return changed;
  const { regime, action: _, ...rest } = action;
  const next = { ...record, clocks: record.clocks.map((each) => each === clock ? changed : each) };
  return { next: { ...next, told: stillTold(record, next) }, detail: { regime, ...withTimes(rest) } };
}

function changedClock(clock: RegimeClock, action: ClockAction, now: number): RegimeClock | NotTaken | undefined {
  if (action.action === 'set-clock') {
    if (action.awareAt > now) return { problem: 'nobody becomes aware of something in the future' };
    return action.awareAt === clock.awareAt ? undefined : { ...clock, awareAt: action.awareAt };
  }
  const step = clock.steps.find(({ id }) => id === action.step)!;
  const made = (changes: object) => ({ ...clock, steps: clock.steps.map((each) => each === step ? { ...each, ...changes } : each) });
  switch (action.action) {
    case 'set-due':
      return action.dueAt === step.dueAt ? undefined : made({ dueAt: action.dueAt });
    case 'notified':
      if (action.notifiedAt > now) return { problem: 'nobody was notified in the future' };
      if (step.notifiedAt === action.notifiedAt) return undefined;
      return step.notifiedAt === undefined ? made({ notifiedAt: action.notifiedAt }) : { problem: `${action.regime}/${action.step} was notified at another time` };
    case 'dismiss':
      return step.dismissed === undefined ? made({ dismissed: action.reason }) : undefined;
  }
}

/** What was told, but of deadlines that are others now: these are told anew. */
function stillTold(before: IncidentRecord, after: IncidentRecord): IncidentRecord['told'] {
  const now = new Map(deadlinesOf(after).map(({ regime, step, dueAt }) => [`${regime}/${step}`, dueAt]));
  const moved = deadlinesOf(before).filter(({ regime, step, dueAt }) => now.get(`${regime}/${step}`) !== dueAt).map(({ regime, step }) => `${regime}/${step}`);
  return Object.fromEntries(Object.entries(before.told).filter(([series]) => !moved.some((name) => series === name || series.startsWith(`${name}/`))));
}

/** Times as people read them. */
function withTimes(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, typeof value === 'number' ? new Date(value).toISOString() : value]));
}
