import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** IAM users who take on roles, for `Workforce.iamUsers`. */
export interface IamUsersOptions {
  /**
   * Number of the account whose users they are.
   *
   * Of another account, MFA is only as good as that account: whoever may make MFA devices there can give any of its users one.
   *
   * @default - the account of the stack
   */
  readonly account?: string;

  /**
   * Organization that the users' account belongs to, such as `o-a1b2c3d4e5`. Required with another account.
   *
   * @default - none is asked for
   */
  readonly organizationId?: string;

  /**
   * Groups whose members may take on the role. The trust policy asks for the second factor and lets the account in; that a user may ask for the role at
   * all is for a policy of theirs, which this is.
   *
   * @default - nobody, until users have the right `sts:AssumeRole` to the role (and `sts:SetSourceIdentity`, where the session names its source)
   */
  readonly groups?: iam.IGroup[];

  /**
   * How old the second factor may be when somebody takes on a role, from 1 minute to 12 hours.
   *
   * @default Duration.hours(1)
   */
  readonly maxMfaAge?: Duration;
}

/** People whom a SAML identity provider vouches for, for `Workforce.saml`. */
export interface SamlOptions {
  /**
   * Where assertions have to be addressed to.
   *
   * @default 'https://signin.aws.amazon.com/saml'
   */
  readonly audience?: string;

  /**
   * Session tag by which the provider says that the person gave a second factor, for example `mfa`.
   *
   * The provider has to send it as the attribute `https://aws.amazon.com/SAML/Attributes/PrincipalTag:<name>`, for such sign-ins alone.
   *
   * @default - none: that there was a second factor rests on the provider's own policy, which the report says
   */
  readonly mfaTag?: string;

  /**
   * Value of that tag.
   *
   * @default 'true'
   */
  readonly mfaTagValue?: string;
}

/** People of IAM Identity Center, for `Workforce.identityCenter`. */
export interface IdentityCenterOptions {
  /** ARN of the instance, `arn:aws:sso:::instance/ssoins-…`. */
  readonly instanceArn: string;

  /** Ids of the groups whose members take on the role, as the identity store has them. */
  readonly groupIds: string[];

  /**
   * Numbers of the accounts in which they take it on. Each needs the permissions boundary, by the same name and path.
   *
   * @default - the account of the stack
   */
  readonly accounts?: string[];
}
