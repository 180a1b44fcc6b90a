import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RotationStrategy } from './rotation-strategy';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { acknowledgePatterns } from './private/acknowledgements';
import { createAttendant, runHourly } from './private/attendant';
import { grantOnSecret, grantReadOfKept, keepSecret } from './private/kept-secret';
import { RotationAlarms } from './private/rotation-alarms';
import { defaultOverlap, maxAgeSeconds, requireExpires, requireTimes, rotationRules } from './private/times';

/** What rotating a secret takes of it. */
const ROTATING = [
  'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:ListSecretVersionIds', 'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecretVersionStage',
];

/** Properties of a `RotatingSecret`. */
export interface RotatingSecretProps {
  /** What the secret holds, and how it is rotated. */
  readonly strategy: RotationStrategy;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Time between two rotations, from 1 to 90 days. They take place between midnight and four o'clock, UTC.
   *
   * @default Duration.days(30)
   */
  readonly rotateEvery?: Duration;

  /**
   * How long the previous credential still works once there is a new one, from 5 minutes to less than half of `rotateEvery`. It has to be
   * longer than consumers keep what they read, and an hour is added to it.
   *
   * @default - one day, or a quarter of rotateEvery where that is less
   */
  readonly overlap?: Duration;

  /**
   * Day from which on whoever holds the credential may no longer use it, `YYYY-MM-DD`: it ends when that day begins, 00:00 UTC.
   *
   * The hourly look warns of it from 30 days before, by the alarm `Due`, and says afterwards that it has expired, by the alarm `Overdue`. It ends
   * nothing: the credential rotates on and works until whoever checks it, such as an authorizer, refuses it or the secret is removed.
   *
   * @default - no end
   */
  readonly expires?: string;
}

/**
 * A secret that is rotated by itself, and never locks anybody out: a new credential is made, activated and tried before it becomes current,
 * and the previous one works on for an overlap.
 *
 * The first rotation takes place when the stack is deployed; until then the secret holds a placeholder, which is no credential. Secret and
 * queue outlive the stack. No other account can read the secret.
 *
 * @example
 * declare const sender: iam.IRole;
 * const signing = new secrets.RotatingSecret(this, 'Signing', { strategy: secrets.RotationStrategy.webhookSecret() });
 * signing.grantRead(sender);
 */
export class RotatingSecret extends Construct {
  /** The underlying secret, for whatever this construct does not cover. */
  public readonly secret: secretsmanager.ISecret;

  /** Key that encrypts the secret. */
  public readonly encryptionKey: kms.IKey;

  /** The function that rotates the secret, and looks after it each hour. */
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: RotatingSecretProps) {
    super(scope, id);

    const rotateEvery = props.rotateEvery ?? Duration.days(30);
    const overlap = props.overlap ?? defaultOverlap(rotateEvery);
    requireTimes(this, rotateEvery, overlap);
    requireExpires(this, props.expires);
    const strategy = props.strategy._bind();
    const environment = strategy.environment(this);

    const foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = foundation.key(DataDomain.SECRETS);
    this.secret = keepSecret(this, {
      encryptionKey: this.encryptionKey,
      description: `Rotated by ${this.node.path}`,
      // Rotation starts from a version that is current; no handler takes this for a credential.
      initially: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
    });

    const attendant = createAttendant(this, {
      foundation,
      bundle: strategy.bundle,
      description: 'Rotates one secret, and looks after it each hour',
      roleDescription: 'Role of a function that rotates one secret',
      environment: {
        ...environment,
        SECRET_ARN: this.secret.secretArn,
        OVERLAP_SECONDS: String(overlap.toSeconds()),
        MAX_AGE_SECONDS: String(maxAgeSeconds(rotateEvery)),
        ...props.expires === undefined ? {} : { EXPIRES: props.expires },
      },
      // A step of a rotation, and the hourly look.
      reservedConcurrentExecutions: 2,
      grant: (role) => grantOnSecret(this.secret, this.encryptionKey, role, ROTATING, ['kms:Decrypt', 'kms:GenerateDataKey']),
      statements: strategy.statements(this, this.secret.secretArn),
    });
    strategy.grant?.(attendant.role);
    this.function = attendant.function;

    this.rotate(rotateEvery, attendant.role);
    runHourly(this, attendant, 'Has a rotating secret looked after');
    new RotationAlarms(this, 'Alarms', {
      foundation, function: this.function, logGroup: attendant.log.logGroup, name: this.node.path, rotatedBy: 'function',
    });
    acknowledgePatterns(attendant.role, strategy.patterns);
  }

  /** Lets `grantee`, of the secret's account, read each version of the secret. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return grantReadOfKept(this, this.secret, this.encryptionKey, grantee);
  }

  /** On the L1: the L2 leaves the account out of the permission, grants the role wildcards and knows no window. */
  private rotate(rotateEvery: Duration, role: iam.Role): void {
    this.function.addPermission('Rotation', {
      principal: new iam.ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
      sourceArn: this.secret.secretArn,
    });
    const schedule = new secretsmanager.CfnRotationSchedule(this, 'Rotation', {
      secretId: this.secret.secretArn,
      rotationLambdaArn: this.function.functionArn,
      rotationRules: rotationRules(rotateEvery),
    });
    // The first rotation starts with the schedule, and needs all that.
    schedule.node.addDependency(this.function, role, this.secret);
  }
}
