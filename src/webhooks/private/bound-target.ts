import * as iam from 'aws-cdk-lib/aws-iam';

/** What dispatch is told of a target. */
export interface BoundTarget {
  readonly arn: string;
  /** Lets a role hand events over. */
  grant(role: iam.Role): void;
}
