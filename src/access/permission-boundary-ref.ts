import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** What roles may do at most, whatever their policies say. */
export interface IPermissionBoundary extends IConstruct {
  /** The policy that roles and users carry as their permissions boundary. */
  readonly managedPolicy: iam.IManagedPolicy;

  /** Name of the policy. */
  readonly policyName: string;

  /** Path of the policy, such as `/access/`. */
  readonly policyPath: string;
}
