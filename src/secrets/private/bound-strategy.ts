import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** What a strategy asks of the construct that hosts it. */
export interface BoundStrategy {
  /** Folder of the handler below `assets/secrets`. */
  readonly bundle: string;
  /** Variables of the handler, beside those that every strategy has. Refuses what cannot work. */
  environment(scope: Construct): Record<string, string>;
  /** What the function does at the provider. */
  statements(scope: Construct, secretArn: string): iam.PolicyStatement[];
  /** Lets the role use keys of others, since the policy of a key may have to name who does. */
  grant?(role: iam.IRole): void;
  /** The patterns among the resources of these, each with the reason why no name can stand there. */
  patterns(scope: Construct): ReadonlyArray<readonly [arn: string, reason: string]>;
}
