import { Mixin } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing } from '../../private';

const HOUR_SECONDS = 3600;

/**
 * Has sessions of a role end within an hour. Applies control `ROLE-SESSION`.
 *
 * It is for roles that people take on. A time that is stated already and shorter stays. Command lines that ask for more are refused, and
 * programs that chain roles notice nothing, since a chained session lasts an hour at most.
 *
 * @example
 * declare const role: iam.CfnRole;
 * role.with(new access.mixins.RoleSession());
 */
export class RoleSession extends Mixin {
  public supports(construct: IConstruct): construct is iam.CfnRole {
    return iam.CfnRole.isCfnRole(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const { maxSessionDuration: stated } = construct;
    if (stated === undefined || !(stated > 0 && stated <= HOUR_SECONDS)) construct.maxSessionDuration = HOUR_SECONDS;
    guardAgainstUndoing(construct, {
      control: 'ROLE-SESSION',
      mixin: 'access.mixins.RoleSession',
      demand: `'MaxSessionDuration' must be at most ${HOUR_SECONDS}`,
      holds: ({ Properties }) => Number(Properties?.MaxSessionDuration) <= HOUR_SECONDS,
    });
  }
}
