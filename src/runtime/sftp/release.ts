import type { ReleaseSettings } from './malware-settings';
import type { Claim } from './scan-row';
import type { Scans } from './scans';
import { partnerOf, uploadEventOf } from './upload-event';
import type { UploadTarget } from './upload-target';
import type { VersionCopy } from './version-copy';
import { nameOf } from '../shared/error-name';

/** One line of the log. No key is in it: file names may tell of people. The row of the id has the key. */
export type LogEntry = Readonly<Record<string, string | number>> & { readonly outcome: string };

/** What a release is given. */
export interface ReleasePorts {
  readonly scans: Scans;
  readonly copies: Pick<VersionCopy, 'abandon' | 'copy'>;
  readonly target: UploadTarget;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly log: (entry: LogEntry) => void;
}

const MINUTE = 60_000;
const MAX_PAUSE = 60 * MINUTE;

/**
 * Releases a claimed version: copy, note the copy, tell the target, mark. Does not throw for what can be tried again.
 *
 * Each step may be repeated. If the function dies after the copy and before the note, the clean bucket has one version more, of the same content; if
 * it dies after telling and before the mark, the target is told again, under the same `id`. A threat that is found in between keeps the target
 * from being told.
 */
export async function release(claim: Claim, settings: ReleaseSettings, ports: ReleasePorts): Promise<void> {
  const about = { id: claim.id, partner: partnerOf(claim.version.key, settings.partnerPrefixes) ?? '', attempts: claim.attempts };
  ports.log({ ...about, ...await attempt(claim, settings, ports) });
}

async function attempt(claim: Claim, settings: ReleaseSettings, ports: ReleasePorts): Promise<LogEntry> {
  const { scans, copies, target, now } = ports;
  const end = now() + settings.budgetMilliseconds;
  let { upload } = claim;
  const begun = (id: string) => {
    upload = id;
    return scans.noteUpload(claim, id);
  };
  const giveUp = async (reason: string): Promise<LogEntry> => {
    // The upload goes first: nothing remembers it afterwards.
    if (upload !== undefined) await copies.abandon(claim.version.key, upload);
    return { outcome: await scans.markStuck(claim) ? 'stuck' : 'superseded', reason };
  };

  // Functions that died while they had it used up the attempts, and it may well be what they died of.
  if (claim.attempts > settings.maxAttempts) return giveUp('too-many-attempts');
  try {
    const copy = claim.copy ?? await copies.copy(claim, { begun, hasTime: () => now() < end });
    if (!await scans.noteCopy(claim, copy)) return { outcome: 'superseded' };
    await target.publish(uploadEventOf(claim, copy, settings));
    const released = await scans.markReleased(claim, now());
    return { outcome: released ? 'released' : 'superseded', bytes: copy.bytes, ageSeconds: Math.round((now() - claim.arrivedAt) / 1000) };
  } catch (error) {
    const reason = nameOf(error);
    if (claim.attempts === settings.maxAttempts) return giveUp(reason);
    await scans.postpone(claim, now() + pauseAfter(claim.attempts));
    return { outcome: 'postponed', reason };
  }
}

/** A minute after the first attempt, twice as long after each one more, an hour at most. */
function pauseAfter(attempts: number): number {
  return Math.min(MINUTE * 2 ** (attempts - 1), MAX_PAUSE);
}
