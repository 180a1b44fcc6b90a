import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { grantOnSecret } from './private/kept-secret';
import { requireManagedByRds } from './private/managed-by-rds';
import { watchRotation } from './private/rotation-watch';
import { requireInterval, rotationRules } from './private/times';

/** Properties of a `MasterUserSecret`. */
export interface MasterUserSecretProps {
  /**
   * The secret that Amazon RDS made: `secret` of a `rds.DatabaseCluster` or `rds.DatabaseInstance` with `manageMasterUserPassword`, or
   * `secretsmanager.Secret.fromSecretAttributes` with the complete ARN, and with the key where `grantRead` is used.
   */
  readonly secret: secretsmanager.ISecret;

  /**
   * Time between two rotations, from 1 to 90 days. They take place between midnight and four o'clock, UTC.
   *
   * @default Duration.days(7)
   */
  readonly rotateEvery?: Duration;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;
}

/**
 * The password of a database's master user, which Amazon RDS makes and rotates: states when, and watches that it does.
 *
 * The secret is RDS's own: its key is what the database says (`credentials` with an `encryptionKey`), its policy is not for us to set, and it
 * goes with the database. A rotation takes about a minute and has no overlap, so applications need users of their own: `DatabaseUserSecret`.
 * RDS manages no password where there are blue/green deployments, an Aurora global database, or read replicas of most engines.
 *
 * @example
 * declare const cluster: rds.DatabaseCluster; // with manageMasterUserPassword
 * new secrets.MasterUserSecret(this, 'Master', { secret: cluster.secret! });
 */
export class MasterUserSecret extends Construct {
  /** The secret of Amazon RDS. */
  public readonly secret: secretsmanager.ISecret;

  /** The function that looks each hour whether the secret is rotated. */
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: MasterUserSecretProps) {
    super(scope, id);

    const rotateEvery = props.rotateEvery ?? Duration.days(7);
    requireInterval(this, rotateEvery);
    requireManagedByRds(this, props.secret);
    this.secret = props.secret;

    const foundation = props.foundation ?? Foundation.of(this);
    const schedule = new secretsmanager.CfnRotationSchedule(this, 'Rotation', {
      secretId: this.secret.secretArn,
      // No function: "For managed rotation, omit this field" (API Reference, "RotateSecret", RotationLambdaARN).
      rotationRules: rotationRules(rotateEvery),
      // The password is new, or has a schedule; a rotation that nobody expects would close connections that are being opened.
      rotateImmediatelyOnUpdate: false,
    });
    // Rotation of a managed secret is not ours to turn off, which deleting its schedule would do.
    schedule.applyRemovalPolicy(RemovalPolicy.RETAIN);

    this.function = watchRotation(this, { foundation, secret: this.secret, rotateEvery, owningService: 'rds' });
  }

  /** Lets `grantee` read the current and the previous password. It is for administration: who has it may do everything in the database. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return grantOnSecret(this.secret, this.secret.encryptionKey, grantee,
      ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], ['kms:Decrypt']);
  }
}
