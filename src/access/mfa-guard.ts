import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeInPacks, recordLimit, requireMatch, requireSeconds } from '../private';
import { mfaDenials, selfService } from './private/mfa-statements';
import { MAX_MANAGED_CHARACTERS, validateSize } from './private/policy-size';
import { ACCESS_PATH } from './private/role-path';
import { UserGuardProps } from './user-guard-props';
import { spelledInPacks } from '../private/nag-spelling';

/** Properties of an `MfaGuard`. */
export interface MfaGuardProps extends UserGuardProps {
  /**
   * How old the second factor may be, from 1 minute to 36 hours. After that users sign in again; sessions of roles that they took on go on.
   *
   * @default Duration.hours(1)
   */
  readonly maxMfaAge?: Duration;

  /**
   * Path of the users, which begins and ends with a slash.
   *
   * @default '/'
   */
  readonly userPath?: string;
}

/**
 * A policy for groups of IAM users, which can do nothing before they have given a second factor but enrol one.
 *
 * It denies long-term access keys as well, also to enrol a device: a stolen key is good for a session with the device of its owner, and for nothing else.
 * Users manage their own password and devices, which are named after them: `ann`, `ann-phone`. It holds for users alone; of sessions of roles IAM no
 * longer knows whether there was a second factor, so that their trust policies ask for it.
 *
 * @example
 * declare const staff: iam.Group;
 * new access.MfaGuard(this, 'MfaGuard', { groups: [staff], maxMfaAge: Duration.hours(8) });
 */
export class MfaGuard extends Construct {
  /** The policy. */
  public readonly managedPolicy: iam.ManagedPolicy;

  constructor(scope: Construct, id: string, props: MfaGuardProps = {}) {
    super(scope, id);

    const { groups = [], maxMfaAge = Duration.hours(1), userPath = '/' } = props;
    requireSeconds(this, 'maxMfaAge', maxMfaAge, 60, 36 * 3600);
    requireMatch(this, 'userPath', userPath, /^\/([\w+=,.@-]+\/)*$/, 'a path that begins and ends with a slash', 'write for example \'/staff/\'');
    const accountArn = Stack.of(this).formatArn({ service: 'iam', region: '', resource: '' }).replace(/\/$/, '');
    const allowed = selfService(accountArn, userPath);
    this.managedPolicy = new iam.ManagedPolicy(this, 'Resource', {
      path: ACCESS_PATH,
      description: 'Denies everything without a recent second factor but to enrol one',
      groups: [...groups],
      statements: [...allowed, ...mfaDenials(maxMfaAge.toSeconds())],
    });
    validateSize(this, 'the guard', () => this.managedPolicy.document, MAX_MANAGED_CHARACTERS);
    recordLimit(this, 'IAM-MFA-DENY',
      'The guard holds for members of its groups: whoever makes users sees to it that each is one. The root user is beyond every policy of the account.');
    acknowledgeInPacks(this.managedPolicy, 'IAMNoWildcardPermissions',
      'these actions support no other resource than *: the console lists devices and the rules for passwords', 'Resource::*');
    const [, devices] = allowed[2].resources;
    acknowledgeInPacks(this.managedPolicy, 'IAMNoWildcardPermissions',
      'a user may have several devices, whose names begin with the name of the user, so that it reaches nobody else\'s',
      `Resource::${spelledInPacks(Stack.of(this), devices).replace('${aws:username}', '<aws:username>')}`);
  }
}
