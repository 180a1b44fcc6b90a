import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeInPacks, ConfigurationError, requireMatch } from '../private';
import { PermissionBoundary } from './permission-boundary';
import { spelledInPacks } from '../private/nag-spelling';
import { acknowledgeRights } from './private/catalogue-role';
import { TRAINER_PATH } from './private/role-path';
import { trainerStatements } from './private/trainer-statements';
import { TrainingGate } from './training-gate';
import { WorkforceRoleProps } from './workforce-role-props';

/** Properties of a `TrainerRole`. */
export interface TrainerRoleProps extends WorkforceRoleProps {
  /** The gate whose tag the role gives. */
  readonly gate: TrainingGate;

  /** Path of the IAM users whom the role may tag, such as `/staff/`. */
  readonly userPath: string;
}

/**
 * A role that writes down who was trained, and nothing else.
 *
 * It gives IAM users below a path the gate's tag, with a period of the gate's list alone, and never to whoever has the role at that moment: each
 * session names its source, as the role of emergencies does. Where people come from an identity provider, its attribute is the tag, and this role is not
 * needed.
 *
 * @example
 * declare const gate: access.TrainingGate;
 * new access.TrainerRole(this, 'Trainer', { workforce: access.Workforce.iamUsers(), gate, userPath: '/staff/' });
 */
export class TrainerRole extends Construct implements iam.IGrantable {
  /** To whom rights are granted. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** The role. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: TrainerRoleProps) {
    super(scope, id);

    const { gate, userPath } = props;
    requireMatch(this, 'userPath', userPath, /^\/(?:[\w.,+=@-]+\/)+$/, 'a path below the root that ends with a slash', "write for example '/staff/'");
    const held = props.workforce._people.hold(this, {
      kind: 'Trainer',
      description: 'Writes down whose security training is current',
      boundary: props.boundary ?? PermissionBoundary.of(this),
      path: TRAINER_PATH,
      name: props.roleName,
      namesSource: true,
    });
    if (!held.role) throw new ConfigurationError(this, "'workforce' must take on a role of this account, got a permission set; choose Workforce.iamUsers");
    this.role = held.role;
    this.grantPrincipal = held.role;

    const users = Stack.of(this).formatArn({ service: 'iam', region: '', resource: `user${userPath}*` });
    for (const statement of trainerStatements(gate.tagKey, gate.acceptedPeriods, users)) this.role.addToPrincipalPolicy(statement);
    acknowledgeRights(this.role);
    acknowledgeInPacks(this.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
      'people join and leave: the role tags the users below one path, with one tag and the values of one list', `Resource::${spelledInPacks(Stack.of(this), users)}`);
  }
}
