import { IPermissionBoundary } from './permission-boundary-ref';
import { Workforce } from './workforce';

/** What every role of the catalogue that people take on is made with. */
export interface WorkforceRoleProps {
  /** Who takes on the role, and where it is proved that they gave a second factor. */
  readonly workforce: Workforce;

  /**
   * What the role may do at most.
   *
   * @default - the boundary of the stack, `PermissionBoundary.of(this)`
   */
  readonly boundary?: IPermissionBoundary;

  /**
   * Name by which people find the role. A permission set's begins with the name of the role in the catalogue: `Auditor-Files`.
   *
   * @default - CloudFormation makes one up; a permission set has the name of the role in the catalogue, such as `Auditor`
   */
  readonly roleName?: string;
}
