import type { TrainingCheckSettings } from './training-check-settings';
import { periodAt, periodText, startOfPeriod } from '../../formats/training-period';
import { nameOf } from '../shared/error-name';
import type { EventBus } from '../shared/event-bus';

/** What the check needs of the world. */
export interface TrainingCheckPorts {
  readonly events: Pick<EventBus, 'tell'>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes and periods. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

/** What is wrong with a list of periods. */
export type Staleness =
  /** Whoever is trained now is let in nowhere. */
  | { readonly is: 'lacks-present'; readonly periods: readonly string[] }
  /** Whoever was trained too long ago is let in. */
  | { readonly is: 'accepts-old'; readonly periods: readonly string[] }
  /** Whoever tags for a time that has not begun lets somebody in for longer than a training counts. */
  | { readonly is: 'accepts-future'; readonly periods: readonly string[] }
  /** One of the former two will be so soon. */
  | { readonly is: 'ends-soon'; readonly periods: readonly string[] };

type List = Pick<TrainingCheckSettings, 'accepted' | 'validPeriods' | 'warnMilliseconds'>;

/** What is wrong with a list at a moment, in milliseconds since 1970. */
export function stalenessAt(now: number, { accepted, validPeriods, warnMilliseconds }: List): readonly Staleness[] {
  const [{ unit }] = accepted;
  const present = periodAt(unit, now);
  const next = { unit, index: present.index + 1 };
  const lacks = (index: number) => !accepted.some((period) => period.index === index);
  const old = accepted.filter(({ index }) => index <= present.index - validPeriods);
  const future = accepted.filter(({ index }) => index > next.index);
  const isNear = startOfPeriod(next) - now <= warnMilliseconds;
  const found: readonly Staleness[] = [
    { is: 'lacks-present', periods: lacks(present.index) ? [periodText(present)] : [] },
    { is: 'accepts-old', periods: old.map(periodText) },
    { is: 'accepts-future', periods: future.map(periodText) },
    { is: 'ends-soon', periods: isNear && lacks(next.index) ? [periodText(next)] : [] },
  ];
  return found.filter(({ periods }) => periods.length > 0);
}

/**
 * Builds the function that looks each day at whether the deployed list of training periods is still what it should be.
 *
 * IAM compares no dates in tags, so that a list which nobody renews lets people in whose training is long over, or shuts out those who are trained.
 * The function changes nothing, and says the same when it runs twice: it has no memory to lose.
 */
export function trainingCheck(settings: List, { events, now, log }: TrainingCheckPorts) {
  return async (_event?: unknown): Promise<void> => {
    const found = stalenessAt(now(), settings);
    const accepted = settings.accepted.map(periodText);
    for (const staleness of found) log({ outcome: staleness.is === 'ends-soon' ? 'ends-soon' : 'stale', accepted, ...staleness });
    try {
      if (found.length > 0) await events.tell('Training List Stale', { accepted, found });
    } catch (error) {
      log({ outcome: 'fault', reason: nameOf(error) });
      throw new Error(`checking the training list failed: ${nameOf(error)}`); // services quote in their messages what they were sent
    }
    log({ outcome: 'checked', accepted });
  };
}
