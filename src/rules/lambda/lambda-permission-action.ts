import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

const CALLS = ['lambda:invokefunction', 'lambda:invokefunctionurl'];

/** Checks `LAMBDA-PERMISSION-ACTION`. */
export const lambdaPermissionAction: Rule = {
  control: 'LAMBDA-PERMISSION-ACTION',
  check({ properties }) {
    const action = properties.Action;
    if (typeof action !== 'string') return cannotTell('UnresolvedAction', `Action is ${describe(action)}`, 'Action');
    if (CALLS.includes(action.toLowerCase())) return compliant(`Action is ${action}`, 'Action');
    return violation(`Action::${action}`, `Action is ${action}, more than a call`, 'Action');
  },
};
