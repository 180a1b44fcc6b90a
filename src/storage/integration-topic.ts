import { Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { IntegrationQueue } from './integration-queue';
import { DataDomain, Foundation, IFoundation, ServiceKeyGrants } from '../foundation';
import { ConfigurationError } from '../private';
import { grantEncrypted } from './private/grants';

/** Longest name that SNS accepts (Amazon SNS API Reference, CreateTopic). */
const MAX_NAME_CHARACTERS = 256;

/** Properties of an `IntegrationTopic`. */
export interface IntegrationTopicProps {
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
}

/** Which messages a subscriber receives. */
export interface SubscribeOptions {
  /**
   * Attributes that a message must have.
   *
   * @default - each message is delivered
   */
  readonly filterPolicy?: { [attribute: string]: sns.SubscriptionFilter };
}

/**
 * A topic that fans messages out to queues: encrypted, TLS only, for publishers that were granted it.
 *
 * Its name is made of the stack's name and the construct's path, since the keys of its subscribers have to know it beforehand.
 *
 * @example
 * declare const dispatcher: iam.IRole;
 * const shipments = new storage.IntegrationTopic(this, 'Shipments');
 * shipments.grantPublish(dispatcher);
 * shipments.subscribe(new storage.IntegrationQueue(this, 'Billing'));
 */
export class IntegrationTopic extends Construct {
  /** The underlying topic, for whatever this construct does not cover. */
  public readonly topic: sns.ITopic;

  /** Key that encrypts the messages. */
  public readonly encryptionKey: kms.IKey;

  /** By name, where a reference to the topic would close a cycle: the topic itself refers to its key. */
  private readonly arnByName: string;

  constructor(scope: Construct, id: string, props: IntegrationTopicProps = {}) {
    super(scope, id);

    const foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = props.encryptionKey ?? foundation.key(DataDomain.MESSAGING);
    const topicName = Names.uniqueResourceName(this, { maxLength: MAX_NAME_CHARACTERS, separator: '-' });
    this.arnByName = Stack.of(this).formatArn({ service: 'sns', resource: topicName });

    this.topic = new sns.Topic(this, 'Resource', { topicName, masterKey: this.encryptionKey, enforceSSL: true });
    // The policy that denies plain HTTP replaces the default one of SNS. This statement says what then holds anyway: in this account, IAM
    // decides who publishes. It opens the topic to no one else.
    this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'OwnAccountByIam',
      principals: [new iam.AccountRootPrincipal()],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
    }));
  }

  /** Lets `grantee` publish messages. */
  public grantPublish(grantee: iam.IGrantable): iam.Grant {
    return grantEncrypted({
      grantee,
      resource: this.topic,
      resourceArns: [this.topic.topicArn],
      actions: ['sns:Publish'],
      key: this.encryptionKey,
      // Both are needed to publish (Amazon SNS Developer Guide, "Managing Amazon SNS encryption keys and costs").
      keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    });
  }

  /** Delivers the messages, as published, to a queue. What cannot be delivered goes to the queue's dead-letter queue for that. */
  public subscribe(queue: IntegrationQueue, options: SubscribeOptions = {}): sns.Subscription {
    if (queue.queue.fifo) {
      throw new ConfigurationError(this, `'queue' must be a standard queue, got the FIFO queue ${queue.node.path}; SNS delivers to FIFO queues only from FIFO topics`);
    }

    const undelivered = queue._undelivered();
    queue.queue.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
    }));
    ServiceKeyGrants.of(queue.encryptionKey).sns(this.arnByName);
    // In the queue's scope, as the CDK does: a queue of another stack then depends on the topic's stack, and never the reverse.
    return new sns.Subscription(queue, Names.nodeUniqueId(this.node), {
      topic: this.topic,
      protocol: sns.SubscriptionProtocol.SQS,
      endpoint: queue.queue.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: undelivered.queue,
      filterPolicy: options.filterPolicy,
    });
  }
}
