import type { DescribeSecretResponse } from '@aws-sdk/client-secrets-manager';
import { AWSCURRENT, AWSPREVIOUS, SecretState } from './secret-state';
import { ABANDONED_AFTER_MILLISECONDS } from './timetable';
import type { WatchSettings } from './watch-settings';

/** Share of the greatest age at which a warning comes before the alarm. */
const WARN_AT = 0.9;

/** How long a rotation may be late, whose date Secrets Manager tells: windows are hours long, and it tries more than once. */
const LATE_AFTER_MILLISECONDS = 24 * 60 * 60 * 1000;

/** One thing to say about a secret. */
export interface Finding extends Record<string, string> { readonly outcome: string; readonly reason: string }

/** All there is to complain about, or that the secret is in order. A date that is missing counts as long ago. */
export function judge(secret: DescribeSecretResponse, settings: WatchSettings, now: number): readonly Finding[] {
  const unusable = tryUnusable(secret, settings);
  const found = unusable ? [unusable] : [
    ...placeholder(secret, settings, now), ...unfinished(secret, now), ...schedule(secret, settings, now), ...age(secret, settings, now),
  ];
  return found.length > 0 ? found : [{ outcome: 'healthy', reason: 'in-order' }];
}

/** What makes all else beside the point. */
function tryUnusable(secret: DescribeSecretResponse, { owningService }: WatchSettings): Finding | undefined {
  if (secret.DeletedDate !== undefined) return { outcome: 'fault', reason: 'deleted' };
  // The database was told to manage no password any more, or the secret is one that only looks like it.
  if (owningService !== undefined && secret.OwningService !== owningService) return { outcome: 'fault', reason: 'not-managed' };
  if (secret.RotationEnabled !== true) return { outcome: 'fault', reason: 'rotation-disabled' };
  return stateOf(secret).tryVersionWith(AWSCURRENT) === undefined ? { outcome: 'fault', reason: 'no-current-version' } : undefined;
}

/** The first value that is put moves `AWSPREVIOUS` to the placeholder, and each later one to the value before it; so does a rotation. */
function placeholder(secret: DescribeSecretResponse, { startsWithPlaceholder }: WatchSettings, now: number): readonly Finding[] {
  const replaced = secret.LastRotatedDate !== undefined || stateOf(secret).tryVersionWith(AWSPREVIOUS) !== undefined;
  return startsWithPlaceholder && !replaced && now - timeOf(secret.CreatedDate) >= ABANDONED_AFTER_MILLISECONDS
    ? [{ outcome: 'fault', reason: 'placeholder' }] : [];
}

/**
 * A rotation that began and did not end. Secrets Manager starts no other until the label is gone (API Reference, "RotateSecret").
 *
 * It does not tell since when a version is pending, but when anything about the secret changed last: a rotation at work changes something.
 */
function unfinished(secret: DescribeSecretResponse, now: number): readonly Finding[] {
  const version = stateOf(secret).tryUnfinished();
  return version !== undefined && now - timeOf(secret.LastChangedDate) >= ABANDONED_AFTER_MILLISECONDS
    ? [{ outcome: 'fault', reason: 'unfinished-rotation', version }] : [];
}

/** Somebody may have changed the schedule after the deployment; this says so before the secret is overdue. */
function schedule(secret: DescribeSecretResponse, { maxAgeMilliseconds }: WatchSettings, now: number): readonly Finding[] {
  if (secret.NextRotationDate === undefined) return [];
  const next = timeOf(secret.NextRotationDate);
  if (next - rotatedAt(secret) > maxAgeMilliseconds) return [{ outcome: 'fault', reason: 'schedule-too-rare' }];
  return now - next >= LATE_AFTER_MILLISECONDS ? [{ outcome: 'warning', reason: 'late' }] : [];
}

function age(secret: DescribeSecretResponse, { maxAgeMilliseconds }: WatchSettings, now: number): readonly Finding[] {
  const old = now - rotatedAt(secret);
  if (old >= maxAgeMilliseconds) return [{ outcome: 'overdue', reason: secret.LastRotatedDate === undefined ? 'never-rotated' : 'too-old' }];
  return old >= WARN_AT * maxAgeMilliseconds ? [{ outcome: 'warning', reason: 'nearly-too-old' }] : [];
}

/** When the secret was rotated last, or made: its first value is as old as itself. */
function rotatedAt(secret: DescribeSecretResponse): number {
  return timeOf(secret.LastRotatedDate ?? secret.CreatedDate);
}

function timeOf(date: Date | undefined): number {
  return date?.getTime() ?? 0;
}

/** The labels; dates of versions would take another right. */
function stateOf(secret: DescribeSecretResponse): SecretState {
  return new SecretState({
    rotationEnabled: secret.RotationEnabled === true,
    changedAt: timeOf(secret.LastChangedDate),
    stages: new Map(Object.entries(secret.VersionIdsToStages ?? {})),
    createdAt: new Map(),
  });
}
