import * as iam from 'aws-cdk-lib/aws-iam';
import * as sso from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { IPermissionBoundary } from '../permission-boundary-ref';

/** A role as a construct of the catalogue wants it. */
export interface RoleDemand {
  /** Name of the role in the catalogue, such as `KeyAdministrator`. */
  readonly kind: string;
  readonly description: string;
  readonly boundary: IPermissionBoundary;
  /** Path that boundaries guard, such as `/access/key-administrator/`. */
  readonly path: string;
  readonly name?: string;
  /** Whether each session has to name a source identity; a permission set cannot ask for one. */
  readonly namesSource?: boolean;
}

/** What people take on: a role, or a permission set of which IAM Identity Center makes a role in each account. */
export interface Held {
  readonly principal: iam.IPrincipal;
  readonly role?: iam.Role;
  readonly permissionSet?: sso.CfnPermissionSet;
}

/** Who people are, and how they take on a role. */
export interface People {
  /** Makes the role, or the permission set, right below `scope`. */
  hold(scope: Construct, demand: RoleDemand): Held;
}
