import { Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataKey } from './private/data-key';
import { KeyHome } from './private/key-home';
import { Conditions, sourceConditions } from './private/key-use';
import { ServiceKeyGrants } from './service-key-grants';
import { acknowledgeInPacks, requireMatch } from '../private';

/** Longest name that SNS accepts (Amazon SNS API Reference, CreateTopic). */
const MAX_NAME_CHARACTERS = 256;

const LAST_RESORT = 'This queue is where undelivered alerts end. A further queue behind it would never be used, since nothing is redriven from here: '
  + 'an alarm calls for a person at the first message.';

/** Properties of an `AlertTopic`. */
export interface AlertTopicProps {
  /**
   * Addresses that are subscribed by e-mail. Each has to confirm the subscription by the link that SNS sends.
   *
   * @default - nobody; `subscribeEmail` and the topic's `addSubscription` add subscribers later
   */
  readonly emails?: string[];

  /**
   * Key that encrypts alerts that could not be delivered, in a queue. It must not be the key of a topic that rules publish to.
   *
   * @default - a key for that queue alone is created when the queue is
   */
  readonly undeliveredKey?: kms.IKey;
}

/**
 * A topic for alerts: encrypted with a key of its own, TLS only, open to the account's alarms and, once asked for, to its rules.
 *
 * Its key encrypts nothing else, since EventBridge has to be let use it without a source condition. What cannot be delivered to a subscriber by
 * e-mail, or from a rule, is kept in a queue for 14 days, and an alarm says so.
 *
 * Its name is made of the stack's name and the construct's path, since the key of that queue has to know it beforehand.
 *
 * @example
 * const alerts = new foundation.AlertTopic(this, 'Alerts', { emails: ['on-call@example.com'] });
 * alerts.notify(alarm);
 */
export class AlertTopic extends Construct {
  /** The underlying topic, for whatever this construct does not cover. */
  public readonly topic: sns.ITopic;

  /** Key that encrypts the messages. */
  public readonly encryptionKey: kms.IKey;

  /** Known before there is a topic, for the policy of a key that the topic's stack may refer to. */
  private readonly topicName: string;

  private readonly undeliveredKey: kms.IKey | undefined;
  private readonly home: KeyHome;
  private openToRules = false;

  constructor(scope: Construct, id: string, props: AlertTopicProps = {}) {
    super(scope, id);

    this.undeliveredKey = props.undeliveredKey;
    this.encryptionKey = new DataKey(this, 'Key', {
      description: `Encrypts the alerts of ${this.node.path}`,
      services: ['sns'],
      forRuleTopics: true,
    });
    this.home = new KeyHome(this.encryptionKey);
    this.topicName = Names.uniqueResourceName(this, { maxLength: MAX_NAME_CHARACTERS, separator: '-' });
    this.topic = new sns.Topic(this, 'Resource', { topicName: this.topicName, masterKey: this.encryptionKey, enforceSSL: true });

    // Any topic policy replaces the default one, by which the account's alarms could publish (Amazon SNS Developer Guide, "Default policy").
    this.allowPublish('AlarmsPublish', 'cloudwatch.amazonaws.com', sourceConditions('cloudwatch.amazonaws.com', this.home));
    ServiceKeyGrants.of(this.encryptionKey).cloudwatch();
    for (const address of props.emails ?? []) this.subscribeEmail(address);
  }

  /** Sends every alert to an address, which has to confirm by the link that SNS sends. SNS delivers the text unencrypted. */
  public subscribeEmail(address: string): void {
    requireMatch(this, 'address', address, /^[^\s@]+@[^\s@]+$/, 'an e-mail address', "write for example 'on-call@example.com'");
    this.topic.addSubscription(new subscriptions.EmailSubscription(address, { deadLetterQueue: this.undelivered() }));
  }

  /** Publishes when an alarm goes off. */
  public notify(alarm: cloudwatch.AlarmBase): void {
    alarm.addAlarmAction(new actions.SnsAction(this.topic));
  }

  /** Publishes each event that matches a rule, as JSON; with `message`, what that makes of it, for events that say more than subscribers may know. */
  public notifyOnRule(rule: events.Rule, message?: events.RuleTargetInput): void {
    const undelivered = this.undelivered();
    rule.addTarget({
      bind: () => ({ arn: this.topic.topicArn, input: message, deadLetterConfig: { arn: undelivered.queueArn }, targetResource: this.topic }),
    });
    if (this.openToRules) return;
    this.openToRules = true;
    // Neither statement can name the rules: EventBridge supports no condition for a topic (Amazon EventBridge User Guide, "Amazon SNS permissions").
    this.allowPublish('RulesPublish', 'events.amazonaws.com');
    ServiceKeyGrants.of(this.encryptionKey).eventsToTopic();
    undelivered.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'RulesSend',
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [undelivered.queueArn],
      conditions: sourceConditions('events.amazonaws.com', this.home),
    }));
    ServiceKeyGrants.of(undelivered.encryptionMasterKey!).eventsToQueue();
  }

  private allowPublish(sid: string, service: string, conditions?: Conditions): void {
    this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid,
      principals: [new iam.ServicePrincipal(service)],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions,
    }));
  }

  /** The queue of what could not be delivered, created when there is first something to deliver. */
  private undelivered(): sqs.IQueue {
    const existing = this.node.tryFindChild('Undelivered') as sqs.Queue | undefined;
    if (existing) return existing;

    const key = this.undeliveredKey ?? new DataKey(this, 'UndeliveredKey', {
      description: `Encrypts the undelivered alerts of ${this.node.path}`,
      services: ['sqs'],
    });
    const queue = new sqs.Queue(this, 'Undelivered', {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledgeInPacks(queue, 'SQSQueueDLQ', LAST_RESORT);
    acknowledgeInPacks(queue, 'SQSRedrivePolicy', LAST_RESORT);
    ServiceKeyGrants.of(key).sns(Stack.of(this).formatArn({ service: 'sns', resource: this.topicName }));

    // The alarm reaches the topic by another way than the message that did not.
    this.notify(new cloudwatch.Alarm(this, 'UndeliveredAlarm', {
      alarmDescription: `${this.node.path}: an alert could not be delivered. Read it in the queue, find the cause, then delete it; it is kept for 14 days.`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // An idle queue reports nothing, and that is its good state.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
    return queue;
  }
}
