import { EngineFamily, familyOf, isClusterMember } from './databases';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, listOf } from '../values';

const PROPERTY = 'EnableCloudwatchLogsExports';

/** Logs that tell who did what and what failed. General and slow-query logs are left out, because they repeat the data of the statements. */
const NEEDED: Readonly<Record<EngineFamily, readonly string[]>> = {
  db2: ['diag.log'],
  mysql: ['audit', 'error'],
  oracle: ['alert', 'audit'],
  postgres: ['postgresql'],
  sqlserver: ['error'],
};

/** Checks `DATABASE-LOGS`. */
export const databaseLogs: Rule = {
  control: 'DATABASE-LOGS',
  check(database) {
    if (isClusterMember(database)) return notApplicable('the cluster exports the logs');
    const exported = listOf(database.properties[PROPERTY]);
    if (exported.length === 0) return violation('NoLogs', `${PROPERTY} is not set`, PROPERTY);
    if (exported.some(isUnknown)) return cannotTell('UnresolvedLogs', `${PROPERTY} is ${describe(exported)}`, PROPERTY);

    const family = familyOf(database.properties.Engine);
    if (family === 'unknown') return cannotTell('UnresolvedEngine', `Engine is ${describe(database.properties.Engine)}`, 'Engine');
    const missing = NEEDED[family].filter((log) => !exported.includes(log));
    return missing.length === 0 ? compliant(`${describe(exported)} are exported`, PROPERTY)
      : missing.map((log) => violation(`MissingLog::${log}`, `the ${log} log is not exported`, PROPERTY));
  },
};
