import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const GROUP = 'CloudWatchLogsLogGroupArn';
const ROLE = 'CloudWatchLogsRoleArn';

/** Checks `TRAIL-LOG-GROUP`. How the group is encrypted, and for how long it keeps events, is for `LOG-CMK` and `LOG-RETENTION`. */
export const trailLogGroup: Rule = {
  control: 'TRAIL-LOG-GROUP',
  check({ properties: { [GROUP]: group, [ROLE]: role } }) {
    if (isUnknown(group) || isUnknown(role)) return cannotTell('UnresolvedLogGroup', `the group is ${describe(group)} and the role ${describe(role)}`, GROUP);
    if (group === undefined || group === '') return violation('NoLogGroup', `${GROUP} is not set`, GROUP);
    return role === undefined || role === '' ? violation('NoRole', `${ROLE} is not set`, ROLE) : compliant(`writes to ${describe(group)}`, GROUP);
  },
};
