import { Duration, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { acknowledgeInPacks, ConfigurationError, recordLimit } from '../private';
import { ArmerRole } from './armer-role';
import { PermissionBoundary } from './permission-boundary';
import { ArmingFunction } from './private/arming-function';
import { guardStatements } from './private/arming-statements';
import { BREAK_GLASS_PATH } from './private/role-path';
import { WorkforceRoleProps } from './workforce-role-props';

/** Properties of a `BreakGlassRole`. */
export interface BreakGlassRoleProps extends WorkforceRoleProps {
  /** The role that arms, of other people than those who may need emergency access; its people have to be known by the same names. */
  readonly armer: ArmerRole;

  /**
   * How long access may be armed for at most, from 5 minutes to 4 hours. Who arms says until when.
   *
   * @default Duration.hours(1)
   */
  readonly longest?: Duration;

  /**
   * How soon somebody else has to have reviewed it, from 1 hour to 30 days after it was armed.
   *
   * @default Duration.days(2)
   */
  readonly reviewWithin?: Duration;

  /**
   * Keys, and the topic of alerts.
   *
   * @default - the foundation of the stack
   */
  readonly foundation?: IFoundation;
}

/**
 * The role of emergencies: everything that its boundary leaves, for one person, for an hour, once somebody else armed it.
 *
 * It is deployed without any right. Whoever has the armer's role writes one parameter: for whom, why, under which ticket and until when. A function
 * sees that it is somebody else's request and not too long, and gives the role a policy that names that person's source identity and that moment. IAM
 * itself ends it then, whether or not anything runs. In the role nobody makes other identities, gives rights to them or takes on another role, by which
 * access could go on. People are told of each arming, refused ones too, and of each use; each has to be reviewed by somebody who neither armed nor had
 * the access.
 *
 * @example
 * declare const leads: iam.Group;
 * declare const onCall: iam.Group;
 * new access.BreakGlassRole(this, 'Emergency', {
 *   workforce: access.Workforce.iamUsers({ groups: [onCall] }),
 *   armer: new access.ArmerRole(this, 'Armer', { workforce: access.Workforce.iamUsers({ groups: [leads] }) }),
 * });
 */
export class BreakGlassRole extends Construct {
  /** The role that people take on. */
  public readonly role: iam.Role;

  /** The parameter by which access is armed, and by the text `disarmed` ended. */
  public readonly parameter: ssm.IStringParameter;

  /** Alarms on reviews, on tampering and on the function, each sent to the alert topic already. */
  public readonly alarms: cloudwatch.IAlarm[];

  constructor(scope: Construct, id: string, props: BreakGlassRoleProps) {
    super(scope, id);

    const { armer, longest = Duration.hours(1), reviewWithin = Duration.days(2) } = props;
    this.requireBetween('longest', longest, Duration.minutes(5), Duration.hours(4));
    this.requireBetween('reviewWithin', reviewWithin, Duration.hours(1), Duration.days(30));
    const foundation = props.foundation ?? Foundation.of(this);
    const boundary = props.boundary ?? PermissionBoundary.of(this);

    this.role = this.roleOf(props);
    const parameterName = `${BREAK_GLASS_PATH}${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}`;
    this.parameter = new ssm.StringParameter(this, 'Arming', {
      parameterName,
      description: 'Arms emergency access: {"for": source identity, "reason": text, "ticket": name, "until": time in UTC}, or disarmed',
      stringValue: 'disarmed',
    });
    armer._allowArming(Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.slice(1) }));
    const guard = new iam.Policy(this, 'Guard', { roles: [this.role] });
    const arming = new ArmingFunction(this, 'Function', {
      foundation,
      role: this.role,
      ownPolicies: [Lazy.string({ produce: () => guard.policyName })],
      roleBoundary: boundary.managedPolicy,
      armerRole: this.armerRole(armer),
      parameter: this.parameter,
      longest,
      reviewWithin,
      name: this.node.path,
    });
    const ruleArns = arming.rules.map(({ ruleArn }) => ruleArn);
    guard.addStatements(...guardStatements({
      parameterArn: this.parameter.parameterArn, functionArn: arming.handler.function.functionArn, ruleArns, topicArn: foundation.alertTopic.topicArn,
    }));
    acknowledgeInPacks(guard, 'IAMNoInlinePolicy', 'the policy only denies, belongs to this one role and ends with it');
    this.alarms = arming.alarms;
    recordLimit(this.role, 'BREAK-GLASS-ROLE',
      'Armer and armed are told apart by the names of their sessions: somebody with two users, or two names with the identity provider, is two people here.');
  }

  private roleOf({ workforce, boundary, roleName }: BreakGlassRoleProps): iam.Role {
    const { role } = workforce._people.hold(this, {
      kind: 'BreakGlass',
      description: 'Emergency access, without any right until somebody else arms it',
      boundary: boundary ?? PermissionBoundary.of(this),
      path: BREAK_GLASS_PATH,
      name: roleName,
      namesSource: true,
    });
    // Identity Center has no role of this account, and refuses to name sources before it comes to that.
    if (!role) throw new ConfigurationError(this, "'workforce' must take on a role of this account, got a permission set; choose Workforce.iamUsers");
    return role;
  }

  /** People of a permission set have sessions that are named in another way than users, so that nobody could tell that armer and armed are two. */
  private armerRole({ role, node }: ArmerRole): iam.Role {
    if (!role) {
      throw new ConfigurationError(this, `'armer' must be a role of this account, got the permission set ${node.path}; give it a workforce of the same kind as this role`);
    }
    return role;
  }

  private requireBetween(prop: string, value: Duration, least: Duration, most: Duration): void {
    if (value.toSeconds() >= least.toSeconds() && value.toSeconds() <= most.toSeconds()) return;
    throw new ConfigurationError(this,
      `'${prop}' must be between ${least.toHumanString()} and ${most.toHumanString()}, got ${value.toHumanString()}; choose a time in it`);
  }
}
