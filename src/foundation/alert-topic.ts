import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { DataKey } from './private/data-key';
import { KeyHome } from './private/key-home';
import { sourceConditions } from './private/key-use';
import { ServiceKeyGrants } from './service-key-grants';
import { requireMatch } from '../private';

/** Properties of an `AlertTopic`. */
export interface AlertTopicProps {
  /**
   * Addresses that are subscribed by e-mail. Each has to confirm the subscription by the link that SNS sends.
   *
   * @default - nobody; `subscribeEmail` and the topic's `addSubscription` add subscribers later
   */
  readonly emails?: string[];
}

/**
 * A topic for alerts: encrypted with a key of its own, TLS only, open to the account's alarms and, once asked for, to its rules.
 *
 * The key encrypts nothing else, since EventBridge has to be let use it without a source condition.
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

  private opensToRules = true;

  constructor(scope: Construct, id: string, props: AlertTopicProps = {}) {
    super(scope, id);

    this.encryptionKey = new DataKey(this, 'Key', {
      description: `Encrypts the alerts of ${this.node.path}`,
      services: ['sns'],
      forRuleTopics: true,
    });
    this.topic = new sns.Topic(this, 'Resource', { masterKey: this.encryptionKey, enforceSSL: true });

    // Any topic policy replaces the default one, by which the account's alarms could publish (Amazon SNS Developer Guide, "Default policy").
    this.allowPublish('AlarmsPublish', new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: sourceConditions('cloudwatch.amazonaws.com', new KeyHome(this.encryptionKey)),
    }));
    ServiceKeyGrants.of(this.encryptionKey).cloudwatch();
    for (const address of props.emails ?? []) this.subscribeEmail(address);
  }

  /** Sends every alert to an address, which has to confirm by the link that SNS sends. SNS delivers the text unencrypted. */
  public subscribeEmail(address: string): void {
    requireMatch(this, 'address', address, /^[^\s@]+@[^\s@]+$/, 'an e-mail address', "write for example 'on-call@example.com'");
    this.topic.addSubscription(new subscriptions.EmailSubscription(address));
  }

  /** Publishes when an alarm goes off. */
  public notify(alarm: cloudwatch.AlarmBase): void {
    alarm.addAlarmAction(new actions.SnsAction(this.topic));
  }

  /** Publishes each event that matches a rule, as JSON. */
  public notifyOnRule(rule: events.Rule): void {
    rule.addTarget({ bind: () => ({ arn: this.topic.topicArn, targetResource: this.topic }) });
    if (!this.opensToRules) return;
    this.opensToRules = false;
    // Neither statement can name the rules: EventBridge supports no condition for a topic (Amazon EventBridge User Guide, "Amazon SNS permissions").
    this.allowPublish('RulesPublish', new iam.ServicePrincipal('events.amazonaws.com'));
    ServiceKeyGrants.of(this.encryptionKey).eventsToTopic();
  }

  private allowPublish(sid: string, principal: iam.ServicePrincipal): void {
    this.topic.addToResourcePolicy(new iam.PolicyStatement({ sid, principals: [principal], actions: ['sns:Publish'], resources: [this.topic.topicArn] }));
  }
}
