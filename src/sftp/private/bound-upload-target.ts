import * as iam from 'aws-cdk-lib/aws-iam';

/** A target as the functions of a landing use it. */
export interface BoundUploadTarget {
  readonly arn: string;
  /** Lets a role hand events over. */
  grant(role: iam.Role): void;
}
