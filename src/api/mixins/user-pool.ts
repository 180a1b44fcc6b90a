import { IResolvable, Lazy, Mixin } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { IConstruct } from 'constructs';
import { amended, guardAgainstUndoing, isIntrinsic, requireInteger, valueAt } from '../../private';

const AUTHENTICATOR_APP = 'SOFTWARE_TOKEN_MFA';

/** PCI DSS 4.0.1, 8.3.6; the most is what Amazon Cognito takes. */
const LEAST_LENGTH = 12;
const MOST_LENGTH = 99;

/** Days that AWS Foundational Security Best Practices, Cognito.3, gives a temporary password. */
const LONGEST_TEMPORARY_DAYS = 7;

type Policies = cognito.CfnUserPool.PoliciesProperty;
type PasswordPolicy = cognito.CfnUserPool.PasswordPolicyProperty;
type AddOns = cognito.CfnUserPool.UserPoolAddOnsProperty;
type AdminCreate = cognito.CfnUserPool.AdminCreateUserConfigProperty;

/**
 * Makes every user of a pool need a second factor, and offers authenticator apps. Applies control `COGNITO-MFA`.
 *
 * Users without one set it up at their next sign-in. Factors that the pool offers already stay.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.UserPoolMfa());
 */
export class UserPoolMfa extends Mixin {
  public supports(construct: IConstruct): construct is cognito.CfnUserPool {
    return cognito.CfnUserPool.isCfnUserPool(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const before = construct.enabledMfas;
    construct.mfaConfiguration = 'ON';
    construct.enabledMfas = Lazy.uncachedList({
      produce: (context) => {
        const factors: unknown = context.resolve(before) ?? [];
        // A list that only deployment tells cannot take another entry.
        return (isIntrinsic(factors) ? factors : [...new Set([...factors as string[], AUTHENTICATOR_APP])]) as string[];
      },
    });
    guardAgainstUndoing(construct, {
      control: 'COGNITO-MFA',
      mixin: 'api.mixins.UserPoolMfa',
      demand: `'MfaConfiguration' must be ON and 'EnabledMfas' have ${AUTHENTICATOR_APP}`,
      holds: ({ Properties }) => Properties?.MfaConfiguration === 'ON' && Array.isArray(Properties.EnabledMfas) && Properties.EnabledMfas.includes(AUTHENTICATOR_APP),
    });
  }
}

/**
 * Makes the passwords of a pool long and mixed. Applies control `COGNITO-PASSWORD-POLICY`.
 *
 * It holds for passwords that are set from then on. A longer minimum that the pool states is kept.
 */
export class UserPoolPasswordPolicy extends Mixin {
  /** @param minimumLength how many characters a password has at least, from 12 to 99; 12 where it is left out */
  constructor(private readonly minimumLength: number = LEAST_LENGTH) {
    super();
  }

  public supports(construct: IConstruct): construct is cognito.CfnUserPool {
    return cognito.CfnUserPool.isCfnUserPool(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireInteger(construct, 'minimumLength', this.minimumLength, LEAST_LENGTH, MOST_LENGTH);
    construct.policies = amended<Policies>(construct.policies as Policies | IResolvable | undefined, (before) => ({
      ...before,
      passwordPolicy: this.strengthened(before?.passwordPolicy as PasswordPolicy | undefined),
    }));
    guardAgainstUndoing(construct, {
      control: 'COGNITO-PASSWORD-POLICY',
      mixin: 'api.mixins.UserPoolPasswordPolicy',
      demand: `'PasswordPolicy' must ask for ${this.minimumLength} characters of every kind, and temporary passwords expire after ${LONGEST_TEMPORARY_DAYS} days`,
      holds: ({ Properties }) => {
        const policy = valueAt(Properties, 'Policies.PasswordPolicy');
        return Number(valueAt(policy, 'MinimumLength')) >= this.minimumLength
          && Number(valueAt(policy, 'TemporaryPasswordValidityDays')) <= LONGEST_TEMPORARY_DAYS
          && ['RequireLowercase', 'RequireNumbers', 'RequireSymbols', 'RequireUppercase'].every((kind) => valueAt(policy, kind) === true);
      },
    });
  }

  private strengthened(before: PasswordPolicy | undefined): PasswordPolicy {
    if (isIntrinsic(before)) return before;
    const { minimumLength: length, temporaryPasswordValidityDays: days } = before ?? {};
    return {
      ...before,
      minimumLength: typeof length === 'number' ? Math.max(length, this.minimumLength) : this.minimumLength,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercase: true,
      temporaryPasswordValidityDays: typeof days === 'number' ? Math.min(days, LONGEST_TEMPORARY_DAYS) : LONGEST_TEMPORARY_DAYS,
    };
  }
}

/** Makes Amazon Cognito refuse to delete a user pool until somebody allows it. Applies control `COGNITO-DELETION-PROTECTION`. */
export class UserPoolDeletionProtection extends Mixin {
  public supports(construct: IConstruct): construct is cognito.CfnUserPool {
    return cognito.CfnUserPool.isCfnUserPool(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.deletionProtection = 'ACTIVE';
    guardAgainstUndoing(construct, {
      control: 'COGNITO-DELETION-PROTECTION',
      mixin: 'api.mixins.UserPoolDeletionProtection',
      demand: "'DeletionProtection' must be ACTIVE",
      holds: ({ Properties }) => Properties?.DeletionProtection === 'ACTIVE',
    });
  }
}

/**
 * Lets a user pool act on compromised passwords and risky sign-ins. Applies control `COGNITO-THREAT-PROTECTION`.
 *
 * It moves the pool to the Plus tier, which is billed by active users.
 */
export class UserPoolThreatProtection extends Mixin {
  public supports(construct: IConstruct): construct is cognito.CfnUserPool {
    return cognito.CfnUserPool.isCfnUserPool(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.userPoolTier = 'PLUS';
    construct.userPoolAddOns = amended<AddOns>(construct.userPoolAddOns as AddOns | IResolvable | undefined, (before) => ({
      ...before, advancedSecurityMode: 'ENFORCED',
    }));
    guardAgainstUndoing(construct, {
      control: 'COGNITO-THREAT-PROTECTION',
      mixin: 'api.mixins.UserPoolThreatProtection',
      demand: "'AdvancedSecurityMode' must be ENFORCED and 'UserPoolTier' PLUS",
      holds: ({ Properties }) => valueAt(Properties, 'UserPoolAddOns.AdvancedSecurityMode') === 'ENFORCED' && Properties?.UserPoolTier === 'PLUS',
    });
  }
}

/** Leaves it to administrators to add users to a pool. Applies control `COGNITO-SIGN-UP`. */
export class UserPoolSignUp extends Mixin {
  public supports(construct: IConstruct): construct is cognito.CfnUserPool {
    return cognito.CfnUserPool.isCfnUserPool(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.adminCreateUserConfig = amended<AdminCreate>(construct.adminCreateUserConfig as AdminCreate | IResolvable | undefined, (before) => ({
      ...before, allowAdminCreateUserOnly: true,
    }));
    guardAgainstUndoing(construct, {
      control: 'COGNITO-SIGN-UP',
      mixin: 'api.mixins.UserPoolSignUp',
      demand: "'AllowAdminCreateUserOnly' must be true",
      holds: ({ Properties }) => valueAt(Properties, 'AdminCreateUserConfig.AllowAdminCreateUserOnly') === true,
    });
  }
}

/** Gives AWS credentials to no guests of an identity pool. Applies control `COGNITO-GUEST`. */
export class IdentityPoolGuests extends Mixin {
  public supports(construct: IConstruct): construct is cognito.CfnIdentityPool {
    return cognito.CfnIdentityPool.isCfnIdentityPool(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.allowUnauthenticatedIdentities = false;
    guardAgainstUndoing(construct, {
      control: 'COGNITO-GUEST',
      mixin: 'api.mixins.IdentityPoolGuests',
      demand: "'AllowUnauthenticatedIdentities' must be false",
      holds: ({ Properties }) => Properties?.AllowUnauthenticatedIdentities === false,
    });
  }
}
