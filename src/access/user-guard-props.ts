import * as iam from 'aws-cdk-lib/aws-iam';

/** What every guard of IAM users is made with. */
export interface UserGuardProps {
  /**
   * Groups that the guard holds for. A guard holds for nobody but their members.
   *
   * @default - nobody; attach `managedPolicy` to groups later
   */
  readonly groups?: iam.IGroup[];
}
