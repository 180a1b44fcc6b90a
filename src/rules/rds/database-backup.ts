import { isClusterMember, isReplica } from './databases';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, numberOf, Unresolved } from '../values';

const PROPERTY = 'BackupRetentionPeriod';
const MIN_DAYS = 7;

/** What Amazon RDS keeps when the template says nothing, in days. */
const DEFAULT_DAYS = 1;

/** Checks `DATABASE-BACKUP`. */
export const databaseBackup: Rule = {
  control: 'DATABASE-BACKUP',
  check(database) {
    const days = numberOf(database.properties[PROPERTY]);
    if (isClusterMember(database)) return notApplicable('the cluster is backed up');
    if (isReplica(database) && days === undefined) return notApplicable('the source of the replica is backed up');
    if (days instanceof Unresolved) return cannotTell('UnresolvedRetention', `${PROPERTY} is ${describe(days)}`, PROPERTY);
    if (days === 0) return violation('NoBackup', `${PROPERTY} is 0`, PROPERTY);
    return (days ?? DEFAULT_DAYS) >= MIN_DAYS ? compliant(`backups are kept for ${days} days`, PROPERTY)
      : violation('TooShort', `${PROPERTY} is ${describe(days)}, less than ${MIN_DAYS} days`, PROPERTY);
  },
};
