import { accountNarrowing, arnNarrowing, isService } from './permissions';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, Unresolved } from '../values';

/** Checks `LAMBDA-PERMISSION-SOURCE`. */
export const lambdaPermissionSource: Rule = {
  control: 'LAMBDA-PERMISSION-SOURCE',
  check({ properties }) {
    const principal = describe(properties.Principal);
    if (!isService(properties.Principal)) {
      return properties.Principal instanceof Unresolved ? cannotTell('UnresolvedPrincipal', `Principal is ${principal}`, 'Principal')
        : notApplicable('the principal is no AWS service');
    }
    if (typeof properties.EventSourceToken === 'string' && properties.EventSourceToken !== '') return compliant('EventSourceToken names one skill');

    const account = accountNarrowing(properties.SourceAccount);
    const arn = arnNarrowing(properties.SourceArn);
    if (account === 'account' || arn === 'account') return compliant(`${principal} may call only on behalf of ${describe(account === 'account' ? properties.SourceAccount : properties.SourceArn)}`);
    if (account === 'unknown' || arn === 'unknown') {
      return cannotTell('UnresolvedSource', `SourceArn is ${describe(properties.SourceArn)} and SourceAccount is ${describe(properties.SourceAccount)}`);
    }
    if (arn === 'resource') {
      return violation('NoSourceAccount', `SourceArn ${describe(properties.SourceArn)} names no account, and whoever owns a resource of that name later may call`, 'SourceAccount');
    }
    return violation('NoSource', `${principal} may call on behalf of any account`, 'SourceArn');
  },
};
