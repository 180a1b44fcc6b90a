import { serverId } from './sftp-settings';
import { Environment, eventBusName, tableName } from '../shared/environment';

/** Which server's users get which partners' keys. */
export interface ReconcileSettings {
  readonly serverId: string;
  readonly partnersTable: string;
  readonly eventBusName: string;
  /** Whether keys go that nobody knows; else they are told. */
  readonly isEnforced: boolean;
}

/** Reads `SERVER_ID`, `PARTNERS_TABLE`, `MODE` and `EVENT_BUS_NAME`; throws, saying what is wrong, so that the function does not start. */
export function parseReconcileSettings(environment: Environment): ReconcileSettings {
  const { MODE: mode } = environment;
  if (mode !== 'report' && mode !== 'enforce') throw new Error('MODE must be report or enforce');
  return {
    serverId: serverId(environment),
    partnersTable: tableName(environment, 'PARTNERS_TABLE'),
    eventBusName: eventBusName(environment),
    isEnforced: mode === 'enforce',
  };
}
