import type { ArmedRole } from './armed-role';
import { grantNow, judge } from './arming';
import type { ArmingHistory, ArmingParameter, ArmingVersion } from './arming-parameter';
import { Arming, armingId, Progress, review, ReviewPorts } from './arming-review';
import type { BreakGlassSettings } from './break-glass-settings';
import { nameOf } from '../shared/error-name';
import type { EventBus } from '../shared/event-bus';

/** What emergency access needs of the world. */
export interface BreakGlassPorts extends ReviewPorts {
  readonly parameter: Pick<ArmingParameter, 'read' | 'mark' | 'name'>;
  readonly role: Pick<ArmedRole, 'settle'>;
  readonly events: Pick<EventBus, 'tell'>;
  /** Writes one line to the log: outcomes, names, times. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

type Settings = Pick<BreakGlassSettings, 'roleName' | 'account' | 'armerRole' | 'longestMilliseconds' | 'reviewMilliseconds'>;

/**
 * Builds the function that makes of the parameter's history what the role may do, who is told, and what is reviewed.
 *
 * Each run does the same, whatever event it is called with, and believes none: it brings the role's rights to what the history grants, tells of
 * versions that nobody was told of, and looks at reviews. So a lost event is made up for by the next regular run, and one that comes twice finds
 * nothing to do. Two runs never overlap (the function has a concurrency of one). A run that dies between telling and noting that it told tells
 * again, rather than never, under the same `armingId`. What fails in one part does not keep the others; the run then ends in an error.
 */
export function breakGlass(settings: Settings, ports: BreakGlassPorts) {
  const { parameter, role, events, log, now } = ports;

  return async (_event?: unknown): Promise<void> => {
    const failures: string[] = [];
    let history: ArmingHistory | undefined;
    await attempt(failures, 'history', async () => { history = await parameter.read(); });
    // Access that is armed ends by itself, so that nothing has to be taken away in the dark.
    if (history) await follow(history, failures);
    if (failures.length > 0) throw new Error(`emergency access could not be looked after: ${failures.join(', ')}`);
    log({ outcome: 'watched' });
  };

  async function follow(history: ArmingHistory, failures: string[]): Promise<void> {
    if (history.versions.length === 0) log({ outcome: 'tampering', what: 'lost-parameter' });
    await attempt(failures, 'telling', () => tellAll(history));
    await attempt(failures, 'role', () => settle(history.versions));
    await attempt(failures, 'review', () => reviewAll(history));
  }

  async function settle(versions: readonly ArmingVersion[]): Promise<void> {
    const grant = grantNow(versions, settings, now());
    const { did, tampering } = await role.settle(grant);
    if (did === 'granted') log({ outcome: 'granted', ...grant });
    if (did === 'removed') log({ outcome: 'removed' });
    for (const what of tampering) log({ outcome: 'tampering', what });
  }

  async function tellAll({ versions, told }: ArmingHistory): Promise<void> {
    for (const version of versions.filter(({ number }) => number > told)) {
      await tell(version);
      await parameter.mark('told', version.number);
    }
  }

  async function tell(version: ArmingVersion): Promise<void> {
    const verdict = judge(version, settings);
    const by = version.writtenBy ?? 'unknown';
    if (verdict.is === 'disarmed') return log({ outcome: 'disarmed', by });
    const { request } = verdict;
    const detail = {
      armingId: armingId(parameter, version),
      role: settings.roleName,
      by,
      ...verdict.is === 'refused' && { reason: verdict.reason },
      ...request && { for: request.for, until: request.until, ticket: request.ticket },
    };
    await events.tell(verdict.is === 'armed' ? 'Break Glass Armed' : 'Break Glass Refused', detail);
    log({ outcome: verdict.is, ...detail });
  }

  /** The mark moves past what is reviewed, and stops at the first that is not. */
  async function reviewAll({ versions, reviewed }: ArmingHistory): Promise<void> {
    let front = reviewed;
    let isDone = true;
    for (const version of versions.filter(({ number }) => number > reviewed)) {
      const verdict = judge(version, settings);
      isDone = (verdict.is === 'disarmed' || await isReviewed({ id: armingId(parameter, version), version, verdict })) && isDone;
      if (isDone) front = version.number;
    }
    if (front > reviewed) await parameter.mark('reviewed', front);
  }

  async function isReviewed(arming: Arming): Promise<boolean> {
    const progress: Progress = await review(arming, settings.account, settings.reviewMilliseconds, ports);
    log({ outcome: `review-${progress}`, armingId: arming.id });
    return progress === 'reviewed';
  }

  async function attempt(failures: string[], what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Services quote in their messages what they were sent.
      log({ outcome: 'fault', what, reason: nameOf(error) });
      failures.push(`${what}: ${nameOf(error)}`);
    }
  }
}
