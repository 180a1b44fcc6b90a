import * as iam from 'aws-cdk-lib/aws-iam';
import * as sso from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { CatalogueRole, catalogueRole } from './catalogue-role';
import { WorkforceRoleProps } from '../workforce-role-props';

/** What every role that people take on has in common. */
export abstract class HeldRole extends Construct implements iam.IGrantable {
  /** To whom rights are granted. */
  public readonly grantPrincipal: iam.IPrincipal;

  /** The role; none where it is a permission set. */
  public readonly role?: iam.Role;

  /** The permission set; none where it is a role of this account. */
  public readonly permissionSet?: sso.CfnPermissionSet;

  constructor(scope: Construct, id: string, props: WorkforceRoleProps, catalogue: CatalogueRole) {
    super(scope, id);
    const held = catalogueRole(this, props, catalogue);
    this.grantPrincipal = held.principal;
    this.role = held.role;
    this.permissionSet = held.permissionSet;
  }
}
