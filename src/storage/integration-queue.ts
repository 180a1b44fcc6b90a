import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger, requireSeconds } from '../private';
import { allowRule } from './private/deliveries';
import { grantConsume, grantEncrypted, grantPoll } from './private/grants';

/** Longest name that SQS accepts (Amazon SQS API Reference, CreateQueue), less the suffix of a FIFO queue. */
const MAX_NAME_CHARACTERS = 80 - '.fifo'.length;

/** Properties of an `IntegrationQueue`. */
export interface IntegrationQueueProps {
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
   * Keeps the order of messages within a message group and drops messages whose body was sent in the last five minutes.
   *
   * @default false
   */
  readonly fifo?: boolean;

  /**
   * How long a received message stays hidden from other consumers, from 1 second to 12 hours. Give a Lambda consumer six times its timeout.
   *
   * @default Duration.minutes(5)
   */
  readonly visibilityTimeout?: Duration;

  /**
   * How long an unread message is kept, from 1 minute to 13 days; the dead-letter queue counts its 14 days from the same moment.
   *
   * @default Duration.days(4)
   */
  readonly retention?: Duration;

  /**
   * How often a message is tried before it moves to the dead-letter queue, from 1 to 1000.
   *
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * Age of the oldest message that raises an alarm, from 1 minute to 13 days: consumers have stopped or cannot keep up.
   *
   * @default Duration.hours(1)
   */
  readonly maxMessageAge?: Duration;
}

/** How an `IntegrationQueue` receives the events of a rule. */
export interface ReceiveFromOptions {
  /**
   * What a message consists of.
   *
   * @default - the whole event
   */
  readonly input?: events.RuleTargetInput;

  /**
   * Message group of the messages. A FIFO queue needs it; another queue must not have it.
   *
   * @default - messages belong to no group
   */
  readonly messageGroupId?: string;
}

/**
 * A queue between integrations: encrypted, TLS only, with a dead-letter queue that takes from it alone, and alarms on failed and on old
 * messages.
 *
 * Its name is made of the stack's name and the construct's path, since the dead-letter queue has to know it beforehand. Both queues outlive
 * the stack: before a stack of the same name is deployed again, delete the queue or import it.
 *
 * @example
 * declare const receiver: iam.IRole;
 * declare const worker: iam.IRole;
 * const orders = new storage.IntegrationQueue(this, 'Orders');
 * orders.grantSend(receiver);
 * orders.grantConsume(worker);
 */
export class IntegrationQueue extends Construct {
  /** The underlying queue, for whatever this construct does not cover. */
  public readonly queue: sqs.IQueue;

  /** Where a message goes that no consumer could process. */
  public readonly deadLetterQueue: sqs.IQueue;

  /** Key that encrypts the messages. */
  public readonly encryptionKey: kms.IKey;

  private readonly foundation: IFoundation;

  constructor(scope: Construct, id: string, props: IntegrationQueueProps = {}) {
    super(scope, id);

    const visibilityTimeout = props.visibilityTimeout ?? Duration.minutes(5);
    const retention = props.retention ?? Duration.days(4);
    const maxReceiveCount = props.maxReceiveCount ?? 5;
    const maxMessageAge = props.maxMessageAge ?? Duration.hours(1);
    requireSeconds(this, 'visibilityTimeout', visibilityTimeout, 1, Duration.hours(12).toSeconds());
    requireSeconds(this, 'retention', retention, 60, Duration.days(13).toSeconds());
    requireInteger(this, 'maxReceiveCount', maxReceiveCount, 1, 1000);
    requireSeconds(this, 'maxMessageAge', maxMessageAge, 60, Duration.days(13).toSeconds());

    this.foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = props.encryptionKey ?? this.foundation.key(DataDomain.MESSAGING);
    const fifo = props.fifo ? true : undefined;
    const queueName = Names.uniqueResourceName(this, { maxLength: MAX_NAME_CHARACTERS, separator: '-' }) + (fifo ? '.fifo' : '');

    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      foundation: this.foundation,
      encryptionKey: this.encryptionKey,
      fifo,
      sourceQueueName: queueName,
    }).queue;

    this.queue = new sqs.Queue(this, 'Resource', {
      queueName,
      fifo,
      contentBasedDeduplication: fifo,
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: this.encryptionKey,
      enforceSSL: true,
      visibilityTimeout,
      retentionPeriod: retention,
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
      // A retained queue would block the retry of a first deployment that failed, because its name is taken.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });

    this.foundation.notify(new cloudwatch.Alarm(this, 'AgeAlarm', {
      alarmDescription: `${this.node.path}: the oldest message waits for longer than it should. See whether its consumers run and keep up.`,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: maxMessageAge.toSeconds(),
      evaluationPeriods: 1,
      // An idle queue reports nothing, and that is its good state.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
  }

  /** Lets `grantee` send messages. */
  public grantSend(grantee: iam.IGrantable): iam.Grant {
    return grantEncrypted({
      grantee,
      resource: this.queue,
      resourceArns: [this.queue.queueArn],
      actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      key: this.encryptionKey,
      // SQS reuses data keys, so a sender decrypts one as well (Amazon SQS Developer Guide, "Key management").
      keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    });
  }

  /**
   * Lets an event source mapping of AWS Lambda poll the queue; `grantee` is the role of its function.
   *
   * The mapping neither looks the queue up nor changes how long a message stays hidden. A consumer that polls itself takes `grantConsume`.
   */
  public grantPoll(grantee: iam.IGrantable): iam.Grant {
    return grantPoll(grantee, this.queue, this.encryptionKey);
  }

  /** Lets `grantee` receive and delete messages, and keep one hidden for longer. */
  public grantConsume(grantee: iam.IGrantable): iam.Grant {
    return grantConsume(grantee, this.queue, this.encryptionKey);
  }

  /** Lets `grantee` move messages from the dead-letter queue back into this one, and watch and stop the move. */
  public grantRedrive(grantee: iam.IGrantable): iam.Grant {
    // Actions as in "Amazon SQS Developer Guide", "Configuring queue permissions for dead-letter queue redrive".
    const fromDeadLetters = grantEncrypted({
      grantee,
      resource: this.deadLetterQueue,
      resourceArns: [this.deadLetterQueue.queueArn],
      actions: [
        'sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:CancelMessageMoveTask',
        'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes',
      ],
      key: this.encryptionKey,
      keyActions: ['kms:Decrypt'],
    });
    return fromDeadLetters.combine(this.grantSend(grantee));
  }

  /**
   * Makes this queue a target of an EventBridge rule.
   *
   * What cannot be delivered, for example because the queue's key was disabled, goes to a second dead-letter queue, apart from what consumers
   * failed on: it has another shape, and SQS cannot redrive it.
   */
  public receiveFrom(rule: events.Rule, options: ReceiveFromOptions = {}): void {
    const { input, messageGroupId } = options;
    if (this.queue.fifo && messageGroupId === undefined) {
      throw new ConfigurationError(this, "'messageGroupId' must be set for a FIFO queue, got nothing; name the group whose order is to be kept");
    }
    if (!this.queue.fifo && messageGroupId !== undefined) {
      throw new ConfigurationError(this, `'messageGroupId' must be left out for a queue that is not FIFO, got '${messageGroupId}'; set fifo on the queue`);
    }

    const undelivered = this._undelivered();
    rule.addTarget({
      bind: () => ({
        arn: this.queue.queueArn,
        deadLetterConfig: { arn: undelivered.queue.queueArn },
        input,
        sqsParameters: messageGroupId === undefined ? undefined : { messageGroupId },
        targetResource: this.queue,
      }),
    });
    undelivered.receiveFailuresOf(rule);
    allowRule(this.queue, this.encryptionKey, rule);
  }

  /**
   * Where a service leaves what it could not deliver to this queue.
   *
   * @internal
   */
  public _undelivered(): DeadLetterQueue {
    return this.node.tryFindChild('Undelivered') as DeadLetterQueue | undefined ?? new DeadLetterQueue(this, 'Undelivered', {
      foundation: this.foundation,
      encryptionKey: this.encryptionKey,
    });
  }
}
