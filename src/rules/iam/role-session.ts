import { rightsOf } from './identity-policies';
import { peopleWhoMayAssume } from './people';
import { privilegeOf } from './privilege';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, numberOf } from '../values';

const DURATION = 'MaxSessionDuration';

/** One hour, which is also what a role has that says nothing (AWS IAM API Reference, CreateRole). */
export const HOUR_SECONDS = 3600;

/** Checks `ROLE-SESSION`. */
export const roleSession: Rule = {
  control: 'ROLE-SESSION',
  check(role, graph) {
    const people = peopleWhoMayAssume(role, graph);
    if (people.statements.length === 0 && !people.untold) return notApplicable('people do not take on the role');
    const privilege = privilegeOf(rightsOf(role, graph));
    if (privilege === 'none') return notApplicable('the role holds no privileged right');
    const seconds = numberOf(role.properties[DURATION]) ?? HOUR_SECONDS;
    if (isUnknown(seconds)) return cannotTell('UnresolvedDuration', `${DURATION} is ${describe(seconds)}`, DURATION);
    if (Number(seconds) <= HOUR_SECONDS) return compliant(`a session ends after ${Number(seconds)} seconds`, DURATION);
    return people.untold || privilege === 'unknown' ? cannotTell('UnresolvedDuration', `${DURATION} is ${Number(seconds)}, and the template does not tell whether the role is privileged`, DURATION)
      : violation('TooLong', `${DURATION} is ${Number(seconds)}`, DURATION);
  },
};
