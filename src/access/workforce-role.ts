import * as iam from 'aws-cdk-lib/aws-iam';
import * as sso from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { CatalogueRole, catalogueRole } from './private/catalogue-role';
import { Held } from './private/people';
import { WorkforceRoleProps } from './workforce-role-props';

/** What every role of the catalogue that people take on has in common. */
export abstract class WorkforceRole extends Construct implements iam.IGrantable {
  private held?: Held;

  /** To whom rights are granted. */
  public get grantPrincipal(): iam.IPrincipal {
    return this.held!.principal;
  }

  /** The role; none where it is a permission set. */
  public get role(): iam.Role | undefined {
    return this.held!.role;
  }

  /** The permission set; none where it is a role of this account. */
  public get permissionSet(): sso.CfnPermissionSet | undefined {
    return this.held!.permissionSet;
  }

  /**
   * Makes what people take on, with its rights.
   *
   * @internal
   */
  protected _hold(props: WorkforceRoleProps, catalogue: CatalogueRole): void {
    this.held = catalogueRole(this, props, catalogue);
  }
}
