import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { AccessLogBucket } from './access-log-bucket';
import { AlertTopic } from './alert-topic';
import { DataDomain } from './data-domain';
import { FoundationAttributes } from './foundation-attributes';
import { IFoundation } from './foundation-ref';
import { ConfigurationError, requireDays } from '../private';
import { DataKey, DataKeyProps } from './private/data-key';
import { ImportedFoundation } from './private/imported-foundation';

const DEFAULT_ID = 'Foundation';

const KEYS: Readonly<Record<DataDomain, DataKeyProps & { readonly id: string }>> = {
  [DataDomain.AUDIT]: { id: 'AuditKey', description: 'trails, logs and evidence', services: ['logs', 's3'] },
  [DataDomain.SECRETS]: { id: 'SecretsKey', description: 'passwords, tokens and signing keys', services: ['secretsmanager'] },
  [DataDomain.MESSAGING]: { id: 'MessagingKey', description: 'queues, topics and buses', services: ['sns', 'sqs'] },
  [DataDomain.DATA]: { id: 'DataKey', description: 'files, tables and databases', services: ['dynamodb', 's3'] },
};

/** Properties of a `Foundation`. */
export interface FoundationProps {
  /**
   * Addresses that hear of alarms and failures by e-mail. Each has to confirm the subscription by the link that SNS sends.
   *
   * @default - nobody; subscribe to `alertTopic` later
   */
  readonly alertEmails?: string[];

  /**
   * How long an access log is kept, from 1 to 3650 days.
   *
   * @default Duration.days(400)
   */
  readonly accessLogRetention?: Duration;
}

/**
 * What all integrations of an environment share: a key for each domain of data, a topic of alerts, a bucket of access logs.
 *
 * Each is created when it is first used, costs nothing until then, and outlives the stack, except for the topic.
 *
 * A construct that is given no foundation uses its stack's, so that the integrations of a stack share one. Give it one of another stack to
 * share it among stacks; the key policies then leave that stack's grantees to IAM, through the services of the key's domain only.
 *
 * @example
 * const shared = new foundation.Foundation(this, 'Foundation', { alertEmails: ['on-call@example.com'] });
 * shared.notify(alarm);
 */
export class Foundation extends Construct implements IFoundation {
  /** The foundation of a stack: the first that is a direct child of it, or else a new one with the id `Foundation`. */
  public static of(scope: IConstruct): Foundation {
    const stack = Stack.of(scope);
    const existing = stack.node.children.find((child) => child instanceof Foundation);
    if (existing) return existing;
    if (stack.node.tryFindChild(DEFAULT_ID)) {
      throw new ConfigurationError(stack, `'${DEFAULT_ID}' must be a Foundation, got another construct of that id; rename that, or pass a foundation`);
    }
    return new Foundation(stack, DEFAULT_ID);
  }

  /**
   * Refers to the foundation of another app.
   *
   * Policies of the other app cannot be changed from here. A warning says what its owner has to add to a key policy for a service; for a
   * grantee the owner lets IAM decide with `foundation.key(domain).grantEncryptDecrypt(new iam.AccountRootPrincipal())`, which holds for
   * requests through the services of that domain.
   */
  public static fromFoundationAttributes(scope: Construct, id: string, attributes: FoundationAttributes): IFoundation {
    return new ImportedFoundation(scope, id, attributes);
  }

  private readonly alertEmails: string[];
  private readonly accessLogRetention: Duration | undefined;

  constructor(scope: Construct, id: string, props: FoundationProps = {}) {
    super(scope, id);

    if (props.accessLogRetention) requireDays(this, 'accessLogRetention', props.accessLogRetention, 1, 3650);
    this.alertEmails = [...props.alertEmails ?? []];
    this.accessLogRetention = props.accessLogRetention;
    // The addresses are wanted for the alerts to come, whether or not one is wired up in this stack.
    if (this.alertEmails.length > 0) this.alerts();
  }

  /** Topic whose subscribers hear of every alarm and failure; encrypted with a key of its own. */
  public get alertTopic(): sns.ITopic {
    return this.alerts().topic;
  }

  /** Bucket that receives the server access logs of the other buckets. */
  public get accessLogBucket(): s3.IBucket {
    return this.accessLogs().bucket;
  }

  /**
   * The customer-managed key of a data domain.
   *
   * The account administers it and cannot use it; `grant…` names a grantee of the same stack in the key policy.
   */
  public key(domain: DataDomain): kms.IKey {
    const { id, description, services } = KEYS[domain];
    return this.node.tryFindChild(id) as DataKey | undefined
      ?? new DataKey(this, id, { description: `Encrypts ${description} of ${this.node.path}`, services });
  }

  /** Lets an alarm, and everything that the topic and its key need for it, reach the alert topic. */
  public notify(alarm: cloudwatch.AlarmBase): void {
    this.alerts().notify(alarm);
  }

  /**
   * Makes the alert topic a target of a rule, with everything that the topic and its key need for it.
   *
   * `message` is what subscribers get of an event, where that says more than they may know.
   */
  public notifyOnRule(rule: events.Rule, message?: events.RuleTargetInput): void {
    this.alerts().notifyOnRule(rule, message);
  }

  /** Lets Amazon S3 deliver the access logs of a bucket to `accessLogBucket`. The bucket itself has to name that as its destination. */
  public grantAccessLogDelivery(bucket: s3.IBucket): void {
    this.accessLogs().grantDelivery(bucket);
  }

  private alerts(): AlertTopic {
    return this.node.tryFindChild('Alerts') as AlertTopic | undefined ?? new AlertTopic(this, 'Alerts', {
      emails: this.alertEmails,
      undeliveredKey: this.key(DataDomain.MESSAGING),
    });
  }

  private accessLogs(): AccessLogBucket {
    return this.node.tryFindChild('AccessLogs') as AccessLogBucket | undefined
      ?? new AccessLogBucket(this, 'AccessLogs', { retention: this.accessLogRetention });
  }
}
