import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** How a function is made to verify what a `SenderConstraint` asks for. */
export interface BoundConstraint {
  readonly environment: Readonly<Record<string, string>>;
  /** The bundle that verifies it, where that of plain tokens does not. */
  readonly bundle?: string;
  /** How long verifying takes at most, where it takes longer than judging plain tokens. */
  readonly timeout?: Duration;
  /** Header with the proof, besides `Authorization`. */
  readonly header?: string;
  /** Whether the proof is a client certificate. */
  readonly overMutualTls?: boolean;
  /** Lets the function's role do what verifying takes. */
  grant?(role: iam.IRole): void;
}
