import { Mixin, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { denyPlainHttp, isDenyOfPlainHttp } from './private/tls';
import { addToPolicyOf, allowOwnAccount, guardAgainstUndoing, onlyPolicyHas, policiesOf, rendersTo } from '../../private';

/**
 * Encrypts the messages of a topic with a customer-managed key. Applies control `TOPIC-CMK`.
 *
 * Services that publish to the topic must be let use the key as well, by `foundation.ServiceKeyGrants`, or their messages are lost without an
 * error; the controls `DELIVERY-…` name those that are not. `foundation.mixins.AlarmActions` does it for alarms.
 *
 * @example
 * new sns.CfnTopic(this, 'Events').with(new storage.mixins.TopicEncryption(key));
 */
export class TopicEncryption extends Mixin {
  /** @param key the key that encrypts; of the same region as the topic */
  constructor(private readonly key: kms.IKey) {
    super();
  }

  public supports(construct: IConstruct): construct is sns.CfnTopic {
    return sns.CfnTopic.isCfnTopic(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.kmsMasterKeyId = this.key.keyArn;
    guardAgainstUndoing(construct, {
      control: 'TOPIC-CMK',
      mixin: 'storage.mixins.TopicEncryption',
      demand: "'KmsMasterKeyId' must be the ARN of the key",
      holds: ({ Properties }) => rendersTo(construct, Properties?.KmsMasterKeyId, this.key.keyArn),
    });
  }
}

/**
 * Denies publishing to a topic without TLS. Applies control `TOPIC-TLS`.
 *
 * The statement joins the policy that the topic has. A topic without one gets its first, which replaces the default policy of SNS; so that
 * the account's own alarms and principals still publish, the mixin then says what the default said. For an L1 topic, declare your own
 * `CfnTopicPolicy` before you apply the mixin.
 */
export class TopicTls extends Mixin {
  public supports(construct: IConstruct): construct is sns.CfnTopic {
    return sns.CfnTopic.isCfnTopic(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const deny = denyPlainHttp(['sns:Publish'], [construct.ref]);
    const statements = policiesOf(construct).length > 0 ? [deny] : [allowOwnAccount(construct.ref, Stack.of(construct)), deny];
    addToPolicyOf(construct, statements, (policyDocument) => new sns.CfnTopicPolicy(construct, 'Policy', { topics: [construct.ref], policyDocument }));
    guardAgainstUndoing(construct, {
      control: 'TOPIC-TLS',
      mixin: 'storage.mixins.TopicTls',
      demand: 'the topic must have one policy, which denies publishing without TLS',
      holds: () => onlyPolicyHas(construct, isDenyOfPlainHttp),
    });
  }
}
