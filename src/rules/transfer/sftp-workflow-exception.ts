import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

/** Steps that leave a file half done where they fail: a copy that is not there, a file that is still encrypted. */
const FALLIBLE = ['COPY', 'DECRYPT', 'CUSTOM'];

/** Checks `SFTP-WORKFLOW-EXCEPTION`. */
export const sftpWorkflowException: Rule = {
  control: 'SFTP-WORKFLOW-EXCEPTION',
  check({ properties }) {
    const { Steps: steps, OnExceptionSteps: otherwise } = properties;
    const types = listOf(steps).map((step) => at(step, 'Type'));
    if (isUnknown(steps) || isUnknown(otherwise)) return cannotTell('UnresolvedSteps', `the steps are ${describe(isUnknown(steps) ? steps : otherwise)}`, 'Steps');
    if (listOf(otherwise).length > 0) return compliant('what fails is dealt with', 'OnExceptionSteps');
    const fallible = types.filter((type) => typeof type === 'string' && FALLIBLE.includes(type));
    if (fallible.length > 0) {
      return violation('NoException', `${fallible.map(describe).join(', ')} may fail, and then nothing happens: the file stays where it is and nobody knows`, 'OnExceptionSteps');
    }
    return types.some(isUnknown) ? cannotTell('UnresolvedSteps', 'the template does not tell the type of a step', 'Steps')
      : notApplicable('no step leaves a file half done where it fails');
  },
};
