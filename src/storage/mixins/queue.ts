import { Duration, Mixin } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { denyPlainHttp, isDenyOfPlainHttp } from './private/tls';
import { addToPolicyOf, guardAgainstUndoing, onlyPolicyHas, rendersTo } from '../../private';

/** The longest that SQS keeps a message (SQS API Reference, CreateQueue, MessageRetentionPeriod). */
const LONGEST_RETENTION = Duration.days(14);

/**
 * Encrypts the messages of a queue with a customer-managed key. Applies control `QUEUE-CMK`.
 *
 * Services that send to the queue must be let use the key as well, by `foundation.ServiceKeyGrants`; the controls `DELIVERY-…` name those
 * that are not.
 *
 * @example
 * new sqs.CfnQueue(this, 'Orders').with(new storage.mixins.QueueEncryption(key));
 */
export class QueueEncryption extends Mixin {
  /** @param key the key that encrypts; of the same region as the queue */
  constructor(private readonly key: kms.IKey) {
    super();
  }

  public supports(construct: IConstruct): construct is sqs.CfnQueue {
    return sqs.CfnQueue.isCfnQueue(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.kmsMasterKeyId = this.key.keyArn;
    // SQS refuses a queue that has both kinds of encryption.
    construct.sqsManagedSseEnabled = undefined;
    guardAgainstUndoing(construct, {
      control: 'QUEUE-CMK',
      mixin: 'storage.mixins.QueueEncryption',
      demand: "'KmsMasterKeyId' must be the ARN of the key",
      holds: ({ Properties }) => rendersTo(construct, Properties?.KmsMasterKeyId, this.key.keyArn),
    });
  }
}

/**
 * Denies requests to a queue that come without TLS. Applies control `QUEUE-TLS`.
 *
 * The statement joins the policy that the queue has; for an L1 queue, declare your own `CfnQueuePolicy` before you apply the mixin.
 */
export class QueueTls extends Mixin {
  public supports(construct: IConstruct): construct is sqs.CfnQueue {
    return sqs.CfnQueue.isCfnQueue(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    addToPolicyOf(construct, [denyPlainHttp(['sqs:*'], [construct.attrArn])], (policyDocument) =>
      new sqs.CfnQueuePolicy(construct, 'Policy', { queues: [construct.ref], policyDocument }));
    guardAgainstUndoing(construct, {
      control: 'QUEUE-TLS',
      mixin: 'storage.mixins.QueueTls',
      demand: 'the queue must have one policy, which denies requests without TLS',
      holds: () => onlyPolicyHas(construct, isDenyOfPlainHttp),
    });
  }
}

/**
 * Keeps messages for 14 days, the longest there is. Applies control `QUEUE-DLQ-RETENTION`.
 *
 * Meant for dead-letter queues: a message keeps the age that it had in its first queue (Amazon SQS developer guide, "Using dead-letter
 * queues"), so a short retention loses it before anybody looks.
 */
export class QueueRetention extends Mixin {
  public supports(construct: IConstruct): construct is sqs.CfnQueue {
    return sqs.CfnQueue.isCfnQueue(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const seconds = LONGEST_RETENTION.toSeconds();
    construct.messageRetentionPeriod = seconds;
    guardAgainstUndoing(construct, {
      control: 'QUEUE-DLQ-RETENTION',
      mixin: 'storage.mixins.QueueRetention',
      demand: `'MessageRetentionPeriod' must be ${seconds}`,
      holds: ({ Properties }) => Properties?.MessageRetentionPeriod === seconds,
    });
  }
}
