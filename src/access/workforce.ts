import * as iam from 'aws-cdk-lib/aws-iam';
import { IamUsers } from './private/iam-users';
import { IdentityCenter } from './private/identity-center';
import { People } from './private/people';
import { SamlPeople } from './private/saml-people';
import { IamUsersOptions, IdentityCenterOptions, SamlOptions } from './workforce-options';

/**
 * Who people are, and where it is proved that they gave a second factor.
 *
 * There is no variant for OpenID Connect: no claim of a token that IAM can read says that there was a second factor, nor when.
 *
 * @example
 * const staff = access.Workforce.iamUsers({ maxMfaAge: Duration.minutes(15) });
 * new access.AuditorRole(this, 'Auditor', { workforce: staff });
 */
export class Workforce {
  /**
   * IAM users. The trust policy of each role asks for a second factor, how old it is, and a session named after the user.
   *
   * Security keys serve in the console alone: whoever works on the command line needs a code of an authenticator as well.
   */
  public static iamUsers(options: IamUsersOptions = {}): Workforce {
    return new Workforce(new IamUsers(options));
  }

  /**
   * People whom a SAML provider of the account vouches for.
   *
   * IAM cannot see whether they gave a second factor. With `mfaTag` it holds the provider to saying so.
   */
  public static saml(provider: iam.ISamlProvider, options: SamlOptions = {}): Workforce {
    return new Workforce(new SamlPeople(provider, options));
  }

  /**
   * People of IAM Identity Center: a role of the catalogue becomes a permission set, assigned to groups.
   *
   * The stack has to be deployed in the organization's management account, or in the delegated administrator's. That a second factor is asked for is
   * set in Identity Center, or in the identity provider behind it, and in no template.
   */
  public static identityCenter(options: IdentityCenterOptions): Workforce {
    return new Workforce(new IdentityCenter(options));
  }

  private constructor(
    /** @internal */
    public readonly _people: People,
  ) {}
}
