import { TrainingPeriod, tryPeriods } from '../../formats/training-period';
import { Environment, eventBusName, list, whole } from '../shared/environment';

/** Which list of periods is deployed, and when it is too old. */
export interface TrainingCheckSettings {
  /** Oldest first. */
  readonly accepted: readonly [TrainingPeriod, ...TrainingPeriod[]];
  /** How many periods a training counts for, with the one in which it was. */
  readonly validPeriods: number;
  readonly warnMilliseconds: number;
  readonly eventBusName: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** Reads `ACCEPTED_PERIODS`, `VALID_PERIODS`, `WARN_DAYS` and `EVENT_BUS_NAME`; throws, saying what is wrong, so that the function does not start. */
export function parseTrainingCheckSettings(environment: Environment): TrainingCheckSettings {
  const accepted = tryPeriods(list(environment, 'ACCEPTED_PERIODS', isText, 'periods'));
  if (!accepted) throw new Error('ACCEPTED_PERIODS must be periods of one length, each once');
  return {
    accepted,
    validPeriods: whole(environment, 'VALID_PERIODS', 1, 24),
    warnMilliseconds: whole(environment, 'WARN_DAYS', 1, 90) * DAY,
    eventBusName: eventBusName(environment),
  };
}

function isText(entry: unknown): entry is string {
  return typeof entry === 'string';
}
