import { endOf } from './deadline';
import type { Period, Regime } from '../../formats/incident-regimes';

/** One duty of a regime, as it stood when the incident was recorded: a later deployment takes no deadline away. */
export interface ClockStep {
  readonly id: string;
  readonly what: string;
  readonly within: Period;
  readonly after?: string;
  /** In place of what the period makes, as a responder set it. */
  readonly dueAt?: number;
  readonly notifiedAt?: number;
  /** Why it is not due. */
  readonly dismissed?: string;
}

/** The duties of one regime, and when they began to run. */
export interface RegimeClock {
  readonly regime: string;
  readonly awareAt: number;
  readonly steps: readonly ClockStep[];
}

/** All that is known of an incident. Times are milliseconds since 1970. */
export interface IncidentRecord {
  readonly id: string;
  /** Number of its latest entry in the history. */
  readonly version: number;
  /** SHA-256 of that entry, which the next one names. */
  readonly entrySha256: string;
  readonly detectedAt: number;
  readonly reportedAt: number;
  readonly reporter: string;
  readonly channel: Channel;
  readonly category: string;
  readonly summary: string;
  readonly reportSha256: string;
  readonly state: 'open' | 'acknowledged' | 'closed';
  readonly clocks: readonly RegimeClock[];
  /** Of each series of pages the time up to which it was told. */
  readonly told: Readonly<Record<string, number>>;
}

export type Channel = 'api' | 'queue' | 'mail';

/** When something has to be done. */
export interface Deadline {
  readonly regime: string;
  readonly step: string;
  readonly what: string;
  readonly startsAt: number;
  readonly dueAt: number;
}

/** The clocks of all regimes in scope, from detection on. */
export function clocksFrom(regimes: readonly Regime[], detectedAt: number): readonly RegimeClock[] {
  return regimes.map(({ id, steps }) => ({
    regime: id,
    awareAt: detectedAt,
    steps: steps.map(({ id: step, what, within, after }) => ({ id: step, what, within, ...after === undefined ? {} : { after } })),
  }));
}

/** What is still to be done. A period that runs from an earlier step runs from when that was done, or had to be: the later is nobody's to choose. */
export function deadlinesOf({ clocks }: Pick<IncidentRecord, 'clocks'>): readonly Deadline[] {
  return clocks.flatMap(({ regime, awareAt, steps }) => {
    const ends = new Map<string, number>();
    return steps.flatMap(({ id, what, within, after, dueAt, notifiedAt, dismissed }) => {
      const startsAt = after === undefined ? awareAt : ends.get(after)!;
      const due = dueAt ?? endOf(startsAt, within);
      ends.set(id, notifiedAt ?? due);
      return notifiedAt === undefined && dismissed === undefined ? [{ regime, step: id, what, startsAt, dueAt: due }] : [];
    });
  });
}
