import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { makeRole } from './make-role';
import { Held, People, RoleDemand } from './people';
import { userTrust } from './trust-statements';
import { ConfigurationError, recordLimit, requireMatch, requireSeconds } from '../../private';
import { IamUsersOptions } from '../workforce-options';

/** IAM users of one account. */
export class IamUsers implements People {
  constructor(private readonly options: IamUsersOptions) {}

  public hold(scope: Construct, demand: RoleDemand): Held {
    const { account, organizationId, maxMfaAge = Duration.hours(1) } = this.options;
    requireSeconds(scope, 'maxMfaAge', maxMfaAge, 60, 12 * 3600);
    if (account !== undefined) requireMatch(scope, 'account', account, /^\d{12}$/, 'the 12 digits of an account', 'write for example \'111122223333\'');
    if (organizationId !== undefined) {
      requireMatch(scope, 'organizationId', organizationId, /^o-[a-z0-9]{10,32}$/, 'the id of an organization', 'write for example \'o-a1b2c3d4e5\'');
    }
    if (account !== undefined && organizationId === undefined) {
      throw new ConfigurationError(scope, `'organizationId' must be given with 'account' ${account}, got nothing; users of a stranger's account must not take on roles here`);
    }

    const principal = account === undefined ? new iam.AccountRootPrincipal() : new iam.AccountPrincipal(account);
    const terms = { maxMfaAgeSeconds: maxMfaAge.toSeconds(), namesSource: demand.namesSource ?? false };
    const role = makeRole(scope, demand, userTrust(principal, terms, organizationId));
    if (account !== undefined) {
      recordLimit(role, 'ROLE-MFA', `Account ${account} says whether its users gave a second factor, and whoever may make MFA devices there can give any of them one.`);
    }
    return { principal: role, role };
  }
}
