import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RotationStrategy } from './rotation-strategy';
import { DataDomain, Foundation, IFoundation, ServiceKeyGrants } from '../foundation';
import { ConfigurationError } from '../private';
import { DeadLetterQueue, EncryptedLogGroup } from '../storage';
import { acknowledgeRotator } from './private/acknowledgements';
import { BoundStrategy } from './private/bound-strategy';
import { RotationAlarms } from './private/rotation-alarms';
import { defaultOverlap, maxAgeSeconds, requireTimes } from './private/times';

/** The handlers, bundled when the package was built. */
const BUNDLES = join(__dirname, '..', '..', 'assets', 'secrets');

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
    const strategy = props.strategy._bind();
    const environment = strategy.environment(this);

    const foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = foundation.key(DataDomain.SECRETS);
    this.secret = this.createSecret();

    const log = new EncryptedLogGroup(this, 'Log', { foundation });
    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    const role = this.createRole(strategy, log, undelivered);
    const key = foundation.key(DataDomain.DATA);
    ServiceKeyGrants.of(key).lambda();

    this.function = new lambda.Function(this, 'Function', {
      description: 'Rotates one secret, and looks after it each hour',
      code: lambda.Code.fromAsset(join(BUNDLES, strategy.bundle)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: {
        ...environment,
        SECRET_ARN: this.secret.secretArn,
        OVERLAP_SECONDS: String(overlap.toSeconds()),
        MAX_AGE_SECONDS: String(maxAgeSeconds(rotateEvery)),
      },
      environmentEncryption: key,
      deadLetterQueue: undelivered.queue,
      logGroup: log.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      memorySize: 256,
      // A step of a rotation, and the hourly look.
      reservedConcurrentExecutions: 2,
      role,
      timeout: Duration.minutes(5),
      tracing: lambda.Tracing.ACTIVE,
    });

    this.rotate(rotateEvery, role);
    this.lookAfter(undelivered);
    new RotationAlarms(this, 'Alarms', { foundation, function: this.function, logGroup: log.logGroup, name: this.node.path });
    acknowledgeRotator(this.function, role, strategy.patterns);
  }

  /** Lets `grantee`, of the secret's account, read each version of the secret. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const { principalAccount } = grantee.grantPrincipal;
    const { account } = Stack.of(this.secret);
    if (principalAccount !== undefined && ![principalAccount, account].some((each) => Token.isUnresolved(each)) && principalAccount !== account) {
      throw new ConfigurationError(this,
        `'grantee' must be of account ${account}, got one of ${principalAccount}; give that account a role here to assume, or a secret of its own`);
    }
    return this.grant(grantee, ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], ['kms:Decrypt']);
  }

  private grant(grantee: iam.IGrantable, actions: string[], keyActions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.secret.secretArn] })
      .combine(this.encryptionKey.grant(grantee, ...keyActions));
  }

  private createSecret(): secretsmanager.Secret {
    // The secret adds what it needs, without a word where the key is imported; this says what the owner of such a key has to add.
    ServiceKeyGrants.of(this.encryptionKey).secretsmanager();
    const secret = new secretsmanager.Secret(this, 'Resource', {
      description: `Rotated by ${this.node.path}`,
      encryptionKey: this.encryptionKey,
      // Rotation starts from a version that is current; no handler takes this for a credential.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    secret.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'OwnAccountOnly',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['secretsmanager:*'],
      resources: ['*'],
      conditions: { StringNotEquals: { 'aws:PrincipalAccount': Stack.of(this).account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    }));
    (secret.node.findChild('Policy').node.defaultChild as secretsmanager.CfnResourcePolicy).blockPublicPolicy = true;
    return secret;
  }

  private createRole(strategy: BoundStrategy, log: EncryptedLogGroup, undelivered: DeadLetterQueue): iam.Role {
    const role = new iam.Role(this, 'Role', {
      description: 'Role of a function that rotates one secret',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    log.grantWrite(role);
    this.grant(role, [
      'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:ListSecretVersionIds', 'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ], ['kms:Decrypt', 'kms:GenerateDataKey']);
    undelivered.encryptionKey.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    for (const statement of strategy.statements(this, this.secret.secretArn)) role.addToPrincipalPolicy(statement);
    strategy.grant?.(role);
    return role;
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
      rotationRules: { scheduleExpression: `rate(${rotateEvery.toDays()} days)`, duration: '4h' },
    });
    // The first rotation starts with the schedule, and needs all that.
    schedule.node.addDependency(this.function, role, this.secret);
  }

  private lookAfter(undelivered: DeadLetterQueue): void {
    const rule = new events.Rule(this, 'Hourly', {
      description: 'Has a rotating secret looked after',
      schedule: events.Schedule.rate(Duration.hours(1)),
    });
    rule.addTarget({
      bind: () => ({
        arn: this.function.functionArn,
        input: events.RuleTargetInput.fromObject({ task: 'reconcile' }),
        deadLetterConfig: { arn: undelivered.queue.queueArn },
        // The next run makes up for one that came too late.
        retryPolicy: { maximumEventAgeInSeconds: Duration.hours(1).toSeconds(), maximumRetryAttempts: 3 },
        targetResource: this.function,
      }),
    });
    undelivered.receiveFailuresOf(rule);
    this.function.addPermission('Hourly', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
  }
}
