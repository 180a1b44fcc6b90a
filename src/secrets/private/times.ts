import { Duration, Token } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { isDate } from '../../compliance';
import { ConfigurationError } from '../../private';

const MAX_DAYS = 90;
const MIN_OVERLAP_SECONDS = 5 * 60;

/** A rotation that fails in one night may succeed in the next, before somebody is told. */
const GRACE = Duration.days(2);

/** The share of the greatest age at which the handler warns. */
const WARN_AT = 0.9;

/** One day, or less where rotations follow each other closely. */
export function defaultOverlap(rotateEvery: Duration): Duration {
  return Duration.seconds(Math.min(Duration.days(1).toSeconds(), Math.floor(secondsOf(rotateEvery) / 4)));
}

/** Age at which a secret is overdue: the handler's warning, somewhat before, comes two days after the rotation should have been. */
export function maxAgeSeconds(rotateEvery: Duration): number {
  return Math.ceil(rotateEvery.plus(GRACE).toSeconds() / WARN_AT);
}

/** Refuses times that let one overlap run into the next rotation, and those that only deployment knows, since one depends on the other. */
export function requireTimes(scope: Construct, rotateEvery: Duration, overlap: Duration): void {
  requireInterval(scope, rotateEvery);
  const seconds = secondsOf(overlap);
  if (!Number.isInteger(seconds) || seconds < MIN_OVERLAP_SECONDS || 2 * seconds >= secondsOf(rotateEvery)) {
    throw new ConfigurationError(scope, `'overlap' must be from ${MIN_OVERLAP_SECONDS} seconds to less than half of 'rotateEvery', got ${overlap.toString()}; `
      + 'no rotation starts while the previous credential still works');
  }
}

/** Refuses an end that is no day. Whether it has passed is for the handler to say: a synthesis has no clock. */
export function requireExpires(scope: Construct, expires: string | undefined): void {
  if (expires === undefined || Token.isUnresolved(expires) || isDate(expires)) return;
  throw new ConfigurationError(scope, `'expires' must be a day, YYYY-MM-DD, got '${expires}'; write for example '2027-06-30'`);
}

/** Refuses an interval that the policy of the library would, and one that only deployment knows: when a secret is overdue depends on it. */
export function requireInterval(scope: Construct, rotateEvery: Duration): void {
  const days = secondsOf(rotateEvery) / Duration.days(1).toSeconds();
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    throw new ConfigurationError(scope,
      `'rotateEvery' must be between 1 and ${MAX_DAYS} days, got ${rotateEvery.toString()}; choose a whole number of days in that range`);
  }
}

/** The rules of a schedule: rotations take place between midnight and four o'clock, UTC. */
export function rotationRules(rotateEvery: Duration): secretsmanager.CfnRotationSchedule.RotationRulesProperty {
  return { scheduleExpression: `rate(${rotateEvery.toDays()} days)`, duration: '4h' };
}

function secondsOf(duration: Duration): number {
  return duration.isUnresolved() ? NaN : duration.toSeconds({ integral: false });
}
