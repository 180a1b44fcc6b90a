import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, recordLimit, requireInteger, requireMatch } from '../private';
import { PermissionBoundary } from './permission-boundary';
import { ACCESS_PATH, TRAINER_PATH } from './private/role-path';
import { TrainingCheck } from './private/training-check';
import { requirePeriods } from './private/training-periods';
import {
  protectedMappingStatement, protectedTagStatement, trainedFederationStatement, trainedStatement, trainedTrustStatement,
} from './private/training-statements';

/** Properties of a `TrainingGate`. */
export interface TrainingGateProps {
  /**
   * Periods whose trainings count, as values of the tag: years (`2026`), quarters (`2026-Q4`) or months (`2026-12`), all of one kind.
   *
   * They are in the template, not computed, since the same code has to give the same template on each day. A function says when they have to change.
   */
  readonly acceptedPeriods: string[];

  /**
   * For how many periods a training counts, with the one in which it was: from 1 to 24.
   *
   * @default 2
   */
  readonly validPeriods?: number;

  /**
   * Tag of a person, and of a federated session, that says in which period the last training was.
   *
   * The boundaries of the stack have to protect the same tag (`trainingTag`).
   *
   * @default 'SecurityTraining'
   */
  readonly tagKey?: string;

  /**
   * How long before a period begins it is an alarm that the list lacks it, from 1 to 90 days.
   *
   * @default Duration.days(14)
   */
  readonly warnBefore?: Duration;

  /**
   * Keys, and the topic of alerts.
   *
   * @default - the foundation of the stack
   */
  readonly foundation?: IFoundation;
}

/**
 * Keeps privileged access to people whose security training is current.
 *
 * IAM cannot compare a date in a tag with the present day. So a tag names the period of somebody's last training, the gate has a list of the periods
 * that count, and whoever has another tag or none is let in nowhere. A trainer gives the tag (`TrainerRole`), each boundary protects it from everybody
 * else, and a function looks each day at whether the list is still right: an alarm goes off before it is not.
 *
 * @example
 * const gate = new access.TrainingGate(this, 'Training', { acceptedPeriods: ['2026-Q3', '2026-Q4', '2027-Q1'] });
 * declare const operator: iam.Role;
 * gate.applyTo(operator);
 */
export class TrainingGate extends Construct {
  /**
   * Denies everything but reading who one is to whoever is not trained, and the tag to everybody but trainers. For IAM users and groups, and for
   * permission sets, as a customer managed policy.
   *
   * It does not serve on roles, whose sessions have the tags of the role and not of the person: use `applyTo`.
   */
  public readonly policy: iam.ManagedPolicy;

  /** The tag that counts. */
  public readonly tagKey: string;

  /** Alarms of the check, each sent to the alert topic already. */
  public readonly alarms: cloudwatch.IAlarm[];

  /** Periods whose trainings count, oldest first. */
  public readonly acceptedPeriods: string[];

  constructor(scope: Construct, id: string, props: TrainingGateProps) {
    super(scope, id);

    const { tagKey = 'SecurityTraining', validPeriods = 2, warnBefore = Duration.days(14) } = props;
    // Without what IAM takes and policies would have to quote (AWS IAM User Guide, "Tags for AWS Identity and Access Management resources").
    requireMatch(this, 'tagKey', tagKey, /^[A-Za-z][\w.-]{0,127}$/, 'a name of letters, digits, dots and hyphens', "write for example 'SecurityTraining'");
    requireInteger(this, 'validPeriods', validPeriods, 1, 24);
    if (warnBefore.toDays() < 1 || warnBefore.toDays() > 90) {
      throw new ConfigurationError(this, `'warnBefore' must be between 1 and 90 days, got ${warnBefore.toDays()}; choose a number of days in it`);
    }
    this.tagKey = tagKey;
    this.acceptedPeriods = requirePeriods(this, props.acceptedPeriods, validPeriods);

    this.policy = new iam.ManagedPolicy(this, 'Resource', {
      description: 'Denies everything to people whose security training is not current',
      path: ACCESS_PATH,
      statements: this.denials(),
    });
    this.requireProtectedTag();
    recordLimit(this, 'ROLE-SESSION',
      'That somebody was trained is the word of a trainer, or of the identity provider; and a session that began in time goes on for an hour at most.');
    const foundation = props.foundation ?? Foundation.of(this);
    const check = new TrainingCheck(this, 'Check', { foundation, acceptedPeriods: this.acceptedPeriods, validPeriods, warnBefore, name: this.node.path });
    this.alarms = check.alarms;
  }

  /**
   * Lets a role be assumed by people alone whose training is current: IAM users by their own tag, people of an identity provider by what it asserts of
   * them. Each session is at most as old as the role lets it be.
   */
  public applyTo(role: iam.Role): void {
    const { assumeRolePolicy } = role;
    if (!assumeRolePolicy) throw new ConfigurationError(this, `'role' must have a trust policy of its own, got ${role.node.path}; pass the role where it is made`);
    assumeRolePolicy.addStatements(
      trainedTrustStatement(this.tagKey, this.acceptedPeriods),
      trainedFederationStatement(this.tagKey, this.acceptedPeriods),
    );
  }

  /** Holds an IAM user, a group or a permission set to what `policy` says, by a policy of its own. */
  public denyUntrained(identity: iam.IGrantable): void {
    const { grantPrincipal } = identity;
    if (iam.Role.isRole(grantPrincipal)) {
      throw new ConfigurationError(this,
        `'identity' must be a user, a group or a permission set, got the role ${grantPrincipal.node.path}; use applyTo, since its sessions have no tag of a person`);
    }
    for (const statement of this.denials()) grantPrincipal.addToPrincipalPolicy(statement);
  }

  /** A tag that nothing protects is one that everybody gives to themselves. */
  private requireProtectedTag(): void {
    this.node.addValidation({
      validate: () => Stack.of(this).node.findAll().filter((each): each is PermissionBoundary => each instanceof PermissionBoundary)
        .filter(({ trainingTag }) => trainingTag.toLowerCase() !== this.tagKey.toLowerCase())
        .map(({ node, trainingTag }) => `'tagKey' must be the tag that the boundary ${node.path} protects, got '${this.tagKey}' instead of '${trainingTag}'; `
          + 'give the boundary the same trainingTag'),
    });
  }

  private denials(): iam.PolicyStatement[] {
    const { partition, account } = Stack.of(this);
    const trainers = `arn:${partition}:iam::${account}:role${TRAINER_PATH}*`;
    return [
      trainedStatement(this.tagKey, this.acceptedPeriods),
      protectedTagStatement(this.tagKey, trainers),
      protectedMappingStatement(trainers),
    ];
  }
}
