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
  /** The patterns among the resources of these, each with the reason why no name can stand there. */
  patterns(scope: Construct): ReadonlyArray<readonly [arn: string, reason: string]>;
}
