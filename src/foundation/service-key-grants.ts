import { Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { KeyHome } from './private/key-home';
import { both, Conditions, DELIVERY_ACTIONS, GRANT_FOR_RESOURCE, KeyUse, sentFor, sourceConditions, statementOf, viaServices } from './private/key-use';

/** What a service that stores data does with the key, in the name of its caller. */
const STORAGE_ACTIONS = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** Uses that a key policy has already, or was found unable to take, so that each is added and each warning given once. */
const SETTLED = new WeakMap<kms.IKey, Map<string, boolean>>();

/**
 * The statements that AWS services need in the policy of a customer-managed key, one method for each service.
 *
 * Without its statement a service fails late and silently: an alarm on an encrypted topic deploys and never fires. Each statement has the
 * conditions that its service supports, so that no other account can have the service use the key.
 *
 * A method may be called repeatedly; the statement is added once. It returns whether the key policy has the statement: the policy of an
 * imported key cannot be changed, and then a warning says what the key's owner must add.
 *
 * A source is named where the key policy can name it. A reference to a resource cannot stand in a key policy, since what the key encrypts
 * depends on the key; the statement then covers the sources of that kind in the key's account and Region.
 *
 * @example
 * const key = new kms.Key(this, 'Key', { enableKeyRotation: true });
 * foundation.ServiceKeyGrants.of(key).logs();
 * new logs.LogGroup(this, 'Log', { encryptionKey: key });
 */
export class ServiceKeyGrants {
  /** Id of the warning about a key whose policy cannot be changed. */
  public static readonly MISSING_STATEMENT = 'cdk-secure-integrations:key-statement-missing';

  /** The service grants of a key. */
  public static of(key: kms.IKey): ServiceKeyGrants {
    return new ServiceKeyGrants(key);
  }

  private readonly home: KeyHome;

  private constructor(private readonly key: kms.IKey) {
    this.home = new KeyHome(key);
  }

  /**
   * Lets CloudTrail encrypt a trail, and use the bucket key of its bucket (AWS CloudTrail User Guide, "Configure AWS KMS key policies").
   *
   * @param trailArn ARN of the trail; a trail with a fixed name has one that can be written down
   */
  public cloudtrail(trailArn?: string): boolean {
    const trails = this.home.arn('cloudtrail', 'trail/*');
    const source: Conditions = { ArnLike: { 'aws:SourceArn': this.home.nameable(trailArn, trails) } };
    const context: Conditions = { ArnLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${this.home.stack.partition}:cloudtrail:*:${this.home.account}:trail/*` } };
    return this.allow(
      { service: 'cloudtrail.amazonaws.com', actions: ['kms:GenerateDataKey*'], conditions: both(source, context) },
      { service: 'cloudtrail.amazonaws.com', actions: ['kms:Decrypt', 'kms:DescribeKey'], conditions: source },
    );
  }

  /** Lets AWS Config deliver to an encrypted bucket (AWS Config Developer Guide, "Permissions for the KMS Key for the AWS Config Delivery Channel"). */
  public config(): boolean {
    const conditions: Conditions = { StringEquals: { 'aws:SourceAccount': this.home.account } };
    return this.allow({ service: 'config.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditions });
  }

  /**
   * Lets CloudWatch Logs encrypt a log group (Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS").
   *
   * @param logGroupArn ARN of the log group, without the trailing `:*`, or a pattern; by default every log group of the account and Region
   */
  public logs(logGroupArn?: string): boolean {
    const arn = this.home.nameable(logGroupArn, this.home.arn('logs', 'log-group:*'));
    const service = `logs.${this.home.region}.amazonaws.com`;
    return this.allow(
      {
        service,
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn } },
      },
      // Only cryptographic operations have an encryption context (AWS KMS Developer Guide, kms:EncryptionContext).
      { service, actions: ['kms:DescribeKey'], conditions: { StringEquals: { 'aws:SourceAccount': this.home.accountOf(arn) } } },
    );
  }

  /** Lets the account's CloudWatch alarms publish to an encrypted topic (Amazon SNS Developer Guide, "Key management"). */
  public cloudwatch(): boolean {
    return this.deliver('cloudwatch.amazonaws.com');
  }

  /**
   * Lets EventBridge publish to an encrypted topic.
   *
   * The statement has no condition: for topics EventBridge sends neither source account nor source ARN, and a condition on them drops every
   * event (Amazon SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics"). Use it only on
   * a key that encrypts nothing but such topics.
   */
  public eventsToTopic(): boolean {
    return this.allow({ service: 'events.amazonaws.com', actions: DELIVERY_ACTIONS });
  }

  /**
   * Lets EventBridge rules send to an encrypted queue (Amazon SQS Developer Guide, "Key management").
   *
   * @param ruleArn ARN of the rule; by default every rule of the account and Region
   */
  public eventsToQueue(ruleArn?: string): boolean {
    return this.deliver('events.amazonaws.com', ruleArn);
  }

  /**
   * Lets EventBridge encrypt the events on a bus (Amazon EventBridge User Guide, "Authorizing EventBridge to use a customer managed key").
   *
   * @param busArn ARN of the bus; by default every bus of the account and Region
   */
  public eventBus(busArn?: string): boolean {
    const arn = this.home.nameable(busArn, this.home.arn('events', 'event-bus/*'));
    const source = sentFor(this.home, arn);
    const context: Conditions = { ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': arn } };
    return this.allow(
      { service: 'events.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], conditions: both(source, context) },
      { service: 'events.amazonaws.com', actions: ['kms:DescribeKey'], conditions: source },
    );
  }

  /**
   * Lets a topic deliver to an encrypted queue (Amazon SNS Developer Guide, "Subscribe an encrypted Amazon SQS queue").
   *
   * @param topicArn ARN of the topic; by default every topic of the account and Region
   */
  public sns(topicArn?: string): boolean {
    return this.deliver('sns.amazonaws.com', topicArn);
  }

  /**
   * Lets a bucket notify an encrypted topic or queue (Amazon S3 User Guide, "Granting permissions to publish event notification messages").
   *
   * @param bucketArn ARN of the bucket; by default every bucket of the account
   */
  public s3(bucketArn?: string): boolean {
    return this.deliver('s3.amazonaws.com', bucketArn);
  }

  /**
   * Lets principals of the account encrypt and read secrets, as far as IAM lets them (AWS Secrets Manager User Guide, "Secret encryption and
   * decryption").
   *
   * @param secretArn ARN or pattern of the secrets; by default every secret of the account and Region
   */
  public secretsmanager(secretArn?: string): boolean {
    const arn = this.home.nameable(secretArn, this.home.arn('secretsmanager', 'secret:*'));
    return this.allow(...this.usesThrough('secretsmanager', STORAGE_ACTIONS, { ArnLike: { 'kms:EncryptionContext:SecretARN': arn } }));
  }

  /** Lets principals of the account use encrypted tables, and create them (Amazon DynamoDB Developer Guide, "DynamoDB encryption at rest"). */
  public dynamodb(): boolean {
    return this.allow(...this.usesThrough('dynamodb', STORAGE_ACTIONS), this.grantThrough('dynamodb'));
  }

  /** Lets principals of the account create encrypted databases (Amazon RDS User Guide, "AWS KMS key management"). */
  public rds(): boolean {
    return this.allow(...this.usesThrough('rds', STORAGE_ACTIONS), this.grantThrough('rds'));
  }

  /** Lets principals of the account create encrypted volumes (Amazon EBS User Guide, "Requirements for Amazon EBS encryption"). */
  public ebs(): boolean {
    return this.allow(...this.usesThrough('ec2', STORAGE_ACTIONS), this.grantThrough('ec2'));
  }

  /** Lets principals of the account create encrypted file systems (Amazon EFS User Guide, "Using AWS KMS keys for Amazon EFS"). */
  public efs(): boolean {
    return this.allow(...this.usesThrough('elasticfilesystem', STORAGE_ACTIONS), this.grantThrough('elasticfilesystem'));
  }

  /**
   * Lets principals of the account deploy and run functions with encrypted environment variables (AWS Lambda Developer Guide, "Securing Lambda
   * environment variables").
   *
   * @param functionArn ARN or pattern of the functions; by default every function of the account and Region
   */
  public lambda(functionArn?: string): boolean {
    const arn = this.home.nameable(functionArn, this.home.arn('lambda', 'function:*'));
    return this.allow(
      ...this.usesThrough('lambda', STORAGE_ACTIONS, { ArnLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': arn } }),
      this.grantThrough('lambda'),
    );
  }

  private deliver(service: string, sourceArn?: string): boolean {
    return this.allow({ service, actions: DELIVERY_ACTIONS, conditions: sourceConditions(service, this.home, sourceArn) });
  }

  private usesThrough(service: string, actions: readonly string[], context: Conditions = {}): KeyUse[] {
    const through = viaServices(this.home, [service]);
    return [{ actions, conditions: both(through, context) }, { actions: ['kms:DescribeKey'], conditions: through }];
  }

  private grantThrough(service: string): KeyUse {
    return { actions: ['kms:CreateGrant'], conditions: both(viaServices(this.home, [service]), GRANT_FOR_RESOURCE) };
  }

  private allow(...uses: readonly KeyUse[]): boolean {
    return uses.map((use) => this.settle(use)).every((added) => added);
  }

  private settle(use: KeyUse): boolean {
    const settled = SETTLED.get(this.key) ?? new Map<string, boolean>();
    SETTLED.set(this.key, settled);
    const id = JSON.stringify(use);
    const before = settled.get(id);
    if (before !== undefined) return before;

    const statement = statementOf(use, this.home);
    const { statementAdded } = this.key.addToResourcePolicy(statement, true);
    settled.set(id, statementAdded);
    if (!statementAdded) {
      Validations.of(this.key).addWarning(ServiceKeyGrants.MISSING_STATEMENT,
        `the policy of this imported key cannot be changed here; its owner must add ${JSON.stringify(this.home.stack.resolve(statement.toStatementJson()))}`);
    }
    return statementAdded;
  }
}
