import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { recordLimit, requireInteger } from '../private';
import { registrationDenials } from './private/registration-statements';
import { ACCESS_PATH } from './private/role-path';
import { SecurityKeyLevel } from './security-key-level';
import { UserGuardProps } from './user-guard-props';

const LEVELS = Object.values(SecurityKeyLevel);
const FIPS_LEVELS = 4;

/** Properties of a `HardwareKeyRegistration`. */
export interface HardwareKeyRegistrationProps extends UserGuardProps {
  /**
   * How far a security key has to be certified, at least. Many older keys have `L1` alone, which software can have too.
   *
   * @default SecurityKeyLevel.L2
   */
  readonly minimumLevel?: SecurityKeyLevel;

  /**
   * Level of FIPS 140-2 or 140-3 that a security key has to have, at least, from 1 to 4.
   *
   * @default - none is asked for
   */
  readonly minimumFipsLevel?: number;
}

/**
 * A policy for groups of IAM users, which may register security keys that are certified, and no other second factor.
 *
 * Authenticator apps, code generators and synced passkeys are refused when they are registered; what was registered before stays. Security keys serve in
 * the console alone, so that members of the groups take on roles there.
 *
 * @example
 * declare const administrators: iam.Group;
 * new access.HardwareKeyRegistration(this, 'SecurityKeys', { groups: [administrators], minimumFipsLevel: 2 });
 */
export class HardwareKeyRegistration extends Construct {
  /** The policy. */
  public readonly managedPolicy: iam.ManagedPolicy;

  constructor(scope: Construct, id: string, props: HardwareKeyRegistrationProps = {}) {
    super(scope, id);

    const { groups = [], minimumLevel = SecurityKeyLevel.L2, minimumFipsLevel } = props;
    if (minimumFipsLevel !== undefined) requireInteger(this, 'minimumFipsLevel', minimumFipsLevel, 1, FIPS_LEVELS);
    this.managedPolicy = new iam.ManagedPolicy(this, 'Resource', {
      path: ACCESS_PATH,
      description: 'Denies to register a second factor that is not a certified security key',
      groups: [...groups],
      statements: registrationDenials({
        fido: LEVELS.slice(LEVELS.indexOf(minimumLevel)),
        fips: minimumFipsLevel === undefined ? undefined : fipsFrom(minimumFipsLevel),
      }),
    });
    recordLimit(this, 'ROLE-MFA',
      'IAM sees which device somebody registers, and not by which device they sign in: what members of the groups had registered before stays good.');
  }
}

function fipsFrom(level: number): string[] {
  return Array.from({ length: FIPS_LEVELS + 1 - level }, (_, index) => `L${level + index}`);
}
