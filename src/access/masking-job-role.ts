import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { MaskingDuty } from './masking-duty';
import { PermissionBoundary } from './permission-boundary';
import { IPermissionBoundary } from './permission-boundary-ref';
import { acknowledgeRights } from './private/catalogue-role';
import { seesNoSecrets } from './private/data-statements';
import { neverGovernsKeys } from './private/key-statements';
import { makeServiceRole } from './private/make-role';
import { pathOf } from './private/role-path';

/** Properties of a `MaskingJobRole`. */
export interface MaskingJobRoleProps {
  /** Which half of the copy the job does. */
  readonly duty: MaskingDuty;

  /**
   * Service that runs the job.
   *
   * @default new iam.ServicePrincipal('lambda.amazonaws.com')
   */
  readonly service?: iam.ServicePrincipal;

  /**
   * What the role may do at most.
   *
   * @default - the boundary of the stack, `PermissionBoundary.of(this)`
   */
  readonly boundary?: IPermissionBoundary;
}

/**
 * The role of a job that copies data for development and test: it reads the source or writes the target, whatever is granted.
 *
 * What it reads and writes is granted where it is. A grant beyond its duty does not hold: one half cannot carry unmasked data to the target, since it
 * reads none, and the other cannot, since it writes to the hand-over bucket alone.
 *
 * @example
 * declare const handOver: s3.IBucket;
 * declare const customers: storage.LandingBucket;
 * const reader = new access.MaskingJobRole(this, 'Reader', { duty: access.MaskingDuty.readSource(handOver) });
 * customers.grantRead(reader);
 */
export class MaskingJobRole extends Construct implements iam.IGrantable {
  /** The role. */
  public readonly role: iam.Role;

  /** To whom rights are granted. */
  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: MaskingJobRoleProps) {
    super(scope, id);

    const { duty, service = new iam.ServicePrincipal('lambda.amazonaws.com'), boundary = PermissionBoundary.of(this) } = props;
    const trust = new iam.PolicyStatement({ sid: 'TheService', principals: [service], actions: ['sts:AssumeRole'], conditions: service.policyFragment.conditions });
    this.role = makeServiceRole(this, { boundary, description: `Half of a masked copy: ${duty._does}`, path: pathOf('MaskingJob') }, [trust]);
    for (const statement of [...duty._statements, seesNoSecrets(), neverGovernsKeys()]) this.role.addToPrincipalPolicy(statement);
    acknowledgeRights(this.role);
    this.grantPrincipal = this.role;
  }
}
