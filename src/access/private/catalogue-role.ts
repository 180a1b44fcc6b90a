import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Held } from './people';
import { pathOf } from './role-path';
import { acknowledgeInPacks } from '../../private';
import { PermissionBoundary } from '../permission-boundary';
import { WorkforceRoleProps } from '../workforce-role-props';

/** A role of the catalogue. */
export interface CatalogueRole {
  /** Name in the catalogue, such as `KeyAdministrator`. */
  readonly kind: string;
  readonly description: string;
  readonly statements: readonly iam.PolicyStatement[];
  /** What it does without naming a resource, since AWS takes none there; absent where it always names one. */
  readonly namesNoResource?: string;
}

/** Makes a role of the catalogue, with its rights, right below `scope`. */
export function catalogueRole(scope: Construct, props: WorkforceRoleProps, { kind, description, statements, namesNoResource }: CatalogueRole): Held {
  const held = props.workforce._people.hold(scope, {
    kind, description, boundary: props.boundary ?? PermissionBoundary.of(scope), path: pathOf(kind), name: props.roleName,
  });
  for (const statement of statements) held.principal.addToPrincipalPolicy(statement);
  if (held.role) acknowledgeRights(held.role, namesNoResource);
  return held;
}

/** Says to other rule packs why the rights of a role stand where they stand. */
export function acknowledgeRights(role: iam.Role, namesNoResource?: string): void {
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, ends with it, cannot be attached elsewhere, and is reviewed with it');
  if (namesNoResource !== undefined) {
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', `these actions support no other resource than *: ${namesNoResource}`, 'Resource::*');
  }
}

/** Says to other rule packs why a role works on every OpsItem. */
export function acknowledgeOpsItems(role: iam.Role | undefined): void {
  if (!role) return;
  const { account, region } = Stack.of(role);
  const arn = `arn:<AWS::Partition>:ssm:${inPacks(region, 'Region')}:${inPacks(account, 'AccountId')}:opsitem/oi-*`;
  acknowledgeInPacks(role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
    'an OpsItem gets its id when it is opened, so that none can be named before; who acknowledges one is in its history', `Resource::${arn}`);
}

/** The place of a stack as cdk-nag writes it. */
function inPacks(value: string, name: string): string {
  return Token.isUnresolved(value) ? `<AWS::${name}>` : value;
}
