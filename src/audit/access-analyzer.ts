import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AnalyzerKind } from './private/analyzers';

/** Options of `AccessAnalyzer.unusedAccess`. */
export interface UnusedAccessOptions {
  /**
   * How long a role, a permission or a key may go unused, from 1 to 365 days.
   *
   * @default Duration.days(90)
   */
  readonly after?: Duration;
}

/** Resources of `AccessAnalyzer.internalAccess`, one at least. */
export interface InternalAccessOptions {
  /**
   * Buckets of the account.
   *
   * @default - no buckets
   */
  readonly buckets?: s3.IBucket[];

  /**
   * Tables of the account.
   *
   * @default - no tables
   */
  readonly tables?: dynamodb.ITable[];
}

/** An analyzer of IAM Access Analyzer, with the account as its zone of trust. */
export class AccessAnalyzer {
  /** Finds resources of the Region that somebody outside of the account may reach; the alert topic hears of each. It costs nothing. */
  public static externalAccess(): AccessAnalyzer {
    return new AccessAnalyzer('ACCOUNT');
  }

  /** Finds roles, users, keys and permissions that nobody uses. AWS bills it by roles and users: one Region of an account is enough. */
  public static unusedAccess(options: UnusedAccessOptions = {}): AccessAnalyzer {
    return new AccessAnalyzer('ACCOUNT_UNUSED_ACCESS', options.after ?? Duration.days(90));
  }

  /** Finds who of the account itself may reach what holds its most sensitive data. AWS bills it by resources. */
  public static internalAccess(options: InternalAccessOptions): AccessAnalyzer {
    const arns = [...(options.buckets ?? []).map(({ bucketArn }) => bucketArn), ...(options.tables ?? []).map(({ tableArn }) => tableArn)];
    return new AccessAnalyzer('ACCOUNT_INTERNAL_ACCESS', undefined, arns);
  }

  private constructor(private readonly kind: AnalyzerKind, private readonly unusedAfter?: Duration, private readonly arns: readonly string[] = []) {}

  /** @internal */
  public _kind(): AnalyzerKind {
    return this.kind;
  }

  /** @internal */
  public _unusedAfter(): Duration | undefined {
    return this.unusedAfter;
  }

  /** @internal */
  public _resourceArns(): readonly string[] {
    return this.arns;
  }
}
