import type { ArmingVersion } from './arming-parameter';
import { ArmingRequest, DISARMED, tryReadArming } from './arming-request';
import { isSamePerson, tryActor } from '../shared/person';

/** Why a request grants nothing. */
export type Refusal =
  /** The text is no request. */
  | 'malformed'
  /** Nobody in the role that may arm wrote it. */
  | 'not-the-armer'
  /** Whoever wrote it would have the access. */
  | 'own-request'
  /** It ends before it begins. */
  | 'ended'
  | 'too-long';

/** What comes of one version of the parameter. */
export type Verdict =
  | { readonly is: 'disarmed' }
  | { readonly is: 'armed'; readonly request: ArmingRequest }
  | { readonly is: 'refused'; readonly reason: Refusal; readonly request?: ArmingRequest };

/** Who may arm, and for how long. */
export interface ArmingRules {
  /** Name of the role that may arm. */
  readonly armerRole: string;
  readonly longestMilliseconds: number;
}

/** Who has access, and until when. */
export interface Grant {
  readonly version: number;
  readonly for: string;
  readonly until: string;
}

/**
 * Judges one version by itself and by who wrote it, and not by the time at which anybody looks, so that it is the same whenever that is.
 *
 * To be disarmed takes nobody in particular: a deployment writes it, too.
 */
export function judge({ text, writtenBy, writtenAt }: ArmingVersion, { armerRole, longestMilliseconds }: ArmingRules): Verdict {
  const request = tryReadArming(text);
  if (request === DISARMED) return { is: 'disarmed' };
  if (!request) return { is: 'refused', reason: 'malformed' };
  const armer = tryActor(writtenBy);
  if (armer?.role !== armerRole) return { is: 'refused', reason: 'not-the-armer', request };
  if (isSamePerson(armer, { person: request.for.toLowerCase() })) return { is: 'refused', reason: 'own-request', request };
  const milliseconds = Date.parse(request.until) - writtenAt;
  if (milliseconds <= 0) return { is: 'refused', reason: 'ended', request };
  if (milliseconds > longestMilliseconds) return { is: 'refused', reason: 'too-long', request };
  return { is: 'armed', request };
}

/**
 * Who has access now: by the newest version that grants it, unless a later one disarmed. A request that is refused changes nothing.
 *
 * It follows from the history alone, so that an event that was lost, or came twice, makes no difference to the next run.
 */
export function grantNow(versions: readonly ArmingVersion[], rules: ArmingRules, now: number): Grant | undefined {
  let grant: Grant | undefined;
  for (const version of versions) {
    const verdict = judge(version, rules);
    if (verdict.is === 'disarmed') grant = undefined;
    if (verdict.is === 'armed') grant = { version: version.number, for: verdict.request.for, until: verdict.request.until };
  }
  return grant && Date.parse(grant.until) > now ? grant : undefined;
}
