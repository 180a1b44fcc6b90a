import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { acknowledgeInPacks } from '../private/nag';
import { allowRule } from './private/deliveries';
import { grantConsume } from './private/grants';

/** Properties of a `DeadLetterQueue`. */
export interface DeadLetterQueueProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Key that encrypts every message.
   *
   * @default - the foundation's key for messaging
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Keeps the order of messages; SQS wants it for a FIFO source queue, and EventBridge and SNS accept no such queue.
   *
   * @default false
   */
  readonly fifo?: boolean;

  /**
   * Name of the one queue that may name this one in its redrive policy.
   *
   * @default - no queue may; services such as EventBridge still deliver here
   */
  readonly sourceQueueName?: string;
}

/**
 * A queue for what could not be delivered: encrypted, TLS only, kept for 14 days, with an alarm on the first message.
 *
 * The queue outlives the stack, since its messages exist nowhere else.
 *
 * @example
 * declare const rule: events.Rule;
 * const failures = new storage.DeadLetterQueue(this, 'Failures');
 * failures.receiveFailuresOf(rule);
 */
export class DeadLetterQueue extends Construct {
  /** The underlying queue, for whatever this construct does not cover. */
  public readonly queue: sqs.IQueue;

  /** Key that encrypts the messages. */
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps = {}) {
    super(scope, id);

    const foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = props.encryptionKey ?? foundation.key(DataDomain.MESSAGING);

    const queue = new sqs.Queue(this, 'Resource', {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: this.encryptionKey,
      enforceSSL: true,
      fifo: props.fifo ? true : undefined,
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (props.sourceQueueName !== undefined) {
      // By name, since the source refers to this queue and a reference back would close a cycle.
      (queue.node.defaultChild as sqs.CfnQueue).redriveAllowPolicy = {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueueArns: [Stack.of(this).formatArn({ service: 'sqs', resource: props.sourceQueueName })],
      };
    }
    this.queue = queue;

    foundation.notify(new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: `${this.node.path}: a message could not be delivered. Find the cause, then redrive or delete it; it is kept for 14 days.`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // An idle queue reports nothing, and that is its good state.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));

    acknowledgeInPacks(queue, 'SQSRedrivePolicy',
      'this queue is a dead-letter queue: people, not consumers, take messages from it, and an alarm tells them of the first one');
    if (props.sourceQueueName === undefined) {
      acknowledgeInPacks(queue, 'SQSQueueDLQ',
        'this queue is the dead-letter queue of a rule or a subscription, which the check does not look at: it knows those of queues and functions alone');
    }
  }

  /** Lets an EventBridge rule leave here what its targets do not take. The rule's target must name this queue as its dead-letter queue. */
  public receiveFailuresOf(rule: events.IRule): void {
    allowRule(this.queue, this.encryptionKey, rule);
  }

  /** Lets `grantee` read and delete the messages. */
  public grantConsume(grantee: iam.IGrantable): iam.Grant {
    return grantConsume(grantee, this.queue, this.encryptionKey);
  }
}
