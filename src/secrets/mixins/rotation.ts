import { Duration, Mixin, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { amended, ConfigurationError, guardAgainstUndoing, rendersTo, Untold, valueAt } from '../../private';

/** The longest that control `SECRET-ROTATION-AGE` lets pass. */
const MAX_DAYS = 90;

/**
 * Rotates a secret every so many days. Applies control `SECRET-ROTATION-AGE`.
 *
 * A window that the schedule states is kept.
 *
 * @example
 * Mixins.of(this).apply(new secrets.mixins.RotationInterval(Duration.days(30)));
 */
export class RotationInterval extends Mixin {
  /** @param interval whole days between rotations, from 1 to 90; 30 by default */
  constructor(private readonly interval: Duration = Duration.days(30)) {
    super();
  }

  public supports(construct: IConstruct): construct is secretsmanager.CfnRotationSchedule {
    return secretsmanager.CfnRotationSchedule.isCfnRotationSchedule(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const scheduleExpression = this.expressionFor(construct);
    construct.rotationRules = amended<secretsmanager.CfnRotationSchedule.RotationRulesProperty>(construct.rotationRules,
      (rules) => ({ duration: rules?.duration, scheduleExpression }), Untold.REPLACE);
    guardAgainstUndoing(construct, {
      control: 'SECRET-ROTATION-AGE',
      mixin: 'secrets.mixins.RotationInterval',
      demand: `'RotationRules' must have the ScheduleExpression ${scheduleExpression} and no AutomaticallyAfterDays`,
      holds: ({ Properties }) => valueAt(Properties, 'RotationRules.ScheduleExpression') === scheduleExpression
        && valueAt(Properties, 'RotationRules.AutomaticallyAfterDays') === undefined,
    });
  }

  private expressionFor(schedule: secretsmanager.CfnRotationSchedule): string {
    // The CDK cannot tell how long a duration is that only deployment knows, and neither can the control.
    const days = this.interval.isUnresolved() ? NaN : this.interval.toDays({ integral: false });
    if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return `rate(${days} days)`;
    throw new ConfigurationError(schedule, `'interval' must be between 1 and ${MAX_DAYS} days, got ${this.interval.toString()}; choose a whole number of days in that range`);
  }
}

/**
 * Lets Secrets Manager invoke a function only on behalf of the function's own account. Applies control `SECRET-ROTATION-PERMISSION`.
 *
 * The CDK's own rotation schedule leaves the account out of the permission that it makes.
 */
export class RotationPermission extends Mixin {
  public supports(construct: IConstruct): construct is lambda.CfnPermission {
    return lambda.CfnPermission.isCfnPermission(construct) && isSecretsManager(Stack.of(construct).resolve(construct.principal));
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const { account } = Stack.of(construct);
    construct.sourceAccount = account;
    guardAgainstUndoing(construct, {
      control: 'SECRET-ROTATION-PERMISSION',
      mixin: 'secrets.mixins.RotationPermission',
      demand: "'SourceAccount' must be the account of the stack",
      holds: ({ Properties }) => rendersTo(construct, Properties?.SourceAccount, account),
    });
  }
}

/** The principal as the CDK writes it, also with the suffix of the partition. */
function isSecretsManager(principal: unknown): boolean {
  return /^("secretsmanager\.amazonaws\.com|.*"secretsmanager\.".*AWS::URLSuffix|.*"secretsmanager\.\$\{AWS::URLSuffix\}")/.test(JSON.stringify(principal) ?? '');
}
