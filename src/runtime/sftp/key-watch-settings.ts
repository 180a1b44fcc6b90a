import { days } from './sftp-settings';
import { Environment, eventBusName, tableName } from '../shared/environment';

/** Whose keys are watched, and who hears of it. */
export interface KeyWatchSettings {
  readonly partnersTable: string;
  readonly activityTable: string;
  readonly eventBusName: string;
  /** How long a key may go unused. */
  readonly staleMilliseconds: number;
}

/** Reads `PARTNERS_TABLE`, `ACTIVITY_TABLE`, `EVENT_BUS_NAME` and `STALE_DAYS`; throws, saying what is wrong, so that the function does not start. */
export function parseKeyWatchSettings(environment: Environment): KeyWatchSettings {
  return {
    partnersTable: tableName(environment, 'PARTNERS_TABLE'),
    activityTable: tableName(environment, 'ACTIVITY_TABLE'),
    eventBusName: eventBusName(environment),
    staleMilliseconds: days(environment, 'STALE_DAYS', 1, 730),
  };
}
