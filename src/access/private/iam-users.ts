import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { makeRole } from './make-role';
import { Held, People, RoleDemand } from './people';
import { ACCESS_PATH } from './role-path';
import { userTrust } from './trust-statements';
import { ConfigurationError, recordLimit, requireMatch, requireSeconds } from '../../private';
import { IamUsersOptions } from '../workforce-options';

/** IAM users of one account. */
export class IamUsers implements People {
  constructor(private readonly options: IamUsersOptions) {}

  public hold(scope: Construct, demand: RoleDemand): Held {
    const { account, organizationId, groups = [], maxMfaAge = Duration.hours(1) } = this.options;
    requireSeconds(scope, 'maxMfaAge', maxMfaAge, 60, 12 * 3600);
    if (account !== undefined) requireMatch(scope, 'account', account, /^\d{12}$/, 'the 12 digits of an account', 'write for example \'111122223333\'');
    if (organizationId !== undefined) {
      requireMatch(scope, 'organizationId', organizationId, /^o-[a-z0-9]{10,32}$/, 'the id of an organization', 'write for example \'o-a1b2c3d4e5\'');
    }
    if (account !== undefined && organizationId === undefined) {
      throw new ConfigurationError(scope, `'organizationId' must be given with 'account' ${account}, got nothing; users of a stranger's account must not take on roles here`);
    }
    if (account !== undefined && groups.length > 0) {
      throw new ConfigurationError(scope, `'groups' must be left out with 'account' ${account}, got ${groups.length}; give its users the right to assume the role there`);
    }

    const principal = account === undefined ? new iam.AccountRootPrincipal() : new iam.AccountPrincipal(account);
    const terms = { maxMfaAgeSeconds: maxMfaAge.toSeconds(), namesSource: demand.namesSource ?? false };
    const role = makeRole(scope, demand, userTrust(principal, terms, organizationId));
    if (groups.length > 0) this.allowTakingOn(scope, role, groups, terms.namesSource);
    if (account !== undefined) {
      recordLimit(role, 'ROLE-MFA', `Account ${account} says whether its users gave a second factor, and whoever may make MFA devices there can give any of them one.`);
    }
    return { principal: role, role };
  }

  /** Both sides have to agree: the trust policy lets an account in, and a user of it needs the right to ask (AWS IAM User Guide, "Grant a user permissions to switch roles"). */
  private allowTakingOn(scope: Construct, role: iam.Role, groups: readonly iam.IGroup[], namesSource: boolean): void {
    new iam.ManagedPolicy(scope, 'TakingOn', {
      path: ACCESS_PATH,
      description: 'Lets members of a group ask for a role',
      groups: [...groups],
      statements: [new iam.PolicyStatement({ actions: ['sts:AssumeRole', ...namesSource ? ['sts:SetSourceIdentity'] : []], resources: [role.roleArn] })],
    });
  }
}
