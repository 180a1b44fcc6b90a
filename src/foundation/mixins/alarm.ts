import { ArnFormat, Lazy, Mixin, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { allowOwnAccount, guardAgainstUndoing, isIntrinsic, policiesOf, rendersTo } from '../../private';
import { ServiceKeyGrants } from '../service-key-grants';

/** How an alarm judges a period without data. */
const TREATMENTS: readonly unknown[] = ['breaching', 'ignore', 'missing', 'notBreaching'];

/**
 * Tells a topic of each alarm, and lets CloudWatch publish there and use the key of the topic. Applies control `ALARM-ACTION`.
 *
 * The topic joins the actions that the alarm has. Where the topic is imported, its policy must already let `cloudwatch.amazonaws.com` in: an
 * alarm that may not publish stays silent without an error. Encrypt the topic before you apply the mixin, so that it finds the key.
 *
 * @example
 * Mixins.of(this).apply(new foundation.mixins.AlarmActions(topic));
 */
export class AlarmActions extends Mixin {
  /** @param topic the topic that is told; of the same region as the alarms */
  constructor(private readonly topic: sns.ITopic) {
    super();
  }

  public supports(construct: IConstruct): boolean {
    return isAlarm(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!isAlarm(construct)) return;
    const before = construct.alarmActions;
    construct.actionsEnabled = true;
    construct.alarmActions = Lazy.uncachedList({
      produce: (context) => {
        const actions: unknown = context.resolve(before) ?? [];
        // A list that only deployment tells cannot take another entry.
        if (isIntrinsic(actions)) return actions as unknown as string[];
        const others = (actions as unknown[]).filter((action) => !rendersTo(construct, action, this.topic.topicArn));
        return [...others, context.resolve(this.topic.topicArn)] as string[];
      },
    });
    letPublish(Stack.of(construct), this.topic);
    guardAgainstUndoing(construct, {
      control: 'ALARM-ACTION',
      mixin: 'foundation.mixins.AlarmActions',
      demand: "'AlarmActions' must have the topic and 'ActionsEnabled' be true",
      holds: ({ Properties }) => Properties?.ActionsEnabled === true
        && Array.isArray(Properties.AlarmActions) && Properties.AlarmActions.some((action) => rendersTo(construct, action, this.topic.topicArn)),
    });
  }
}

/**
 * Says what an alarm makes of a period without data. Applies control `ALARM-MISSING-DATA`.
 *
 * What an alarm says already stays. An alarm on a metric that is sent only when something goes wrong needs `NOT_BREACHING`; one on a
 * heartbeat needs `BREACHING`.
 */
export class AlarmMissingData extends Mixin {
  /** @param treatment what a period without data counts as; `NOT_BREACHING` where it is left out */
  constructor(private readonly treatment: cloudwatch.TreatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING) {
    super();
  }

  public supports(construct: IConstruct): construct is cloudwatch.CfnAlarm {
    return cloudwatch.CfnAlarm.isCfnAlarm(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    if (!TREATMENTS.includes(construct.treatMissingData)) construct.treatMissingData = this.treatment;
    guardAgainstUndoing(construct, {
      control: 'ALARM-MISSING-DATA',
      mixin: 'foundation.mixins.AlarmMissingData',
      demand: "'TreatMissingData' must be stated",
      holds: ({ Properties }) => TREATMENTS.includes(Properties?.TreatMissingData),
    });
  }
}

function isAlarm(construct: IConstruct): construct is cloudwatch.CfnAlarm | cloudwatch.CfnCompositeAlarm {
  return cloudwatch.CfnAlarm.isCfnAlarm(construct) || cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm(construct);
}

/** Lets the alarms of a stack's account and region publish; naming each would make the stacks of topic and alarm need each other. */
function letPublish(stack: Stack, topic: sns.ITopic): void {
  const resource = topic.node.defaultChild;
  if (sns.CfnTopic.isCfnTopic(resource) && policiesOf(resource).length === 0) {
    topic.addToResourcePolicy(allowOwnAccount(topic.topicArn, Stack.of(topic)));
  }
  topic.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }) },
      StringEquals: { 'aws:SourceAccount': stack.account },
    },
  }));
  const key = keyOf(topic);
  if (key) ServiceKeyGrants.of(key).cloudwatch();
}

/** The key of a topic, also one that a mixin gave it, which the L2 does not know. */
function keyOf(topic: sns.ITopic): kms.IKey | undefined {
  if (topic.masterKey) return topic.masterKey;
  const resource = topic.node.defaultChild;
  const key = sns.CfnTopic.isCfnTopic(resource) ? Tokenization.reverse(resource.kmsMasterKeyId, { failConcat: false }) : undefined;
  const owner = Reference.isReference(key) ? key.target.node.scope : undefined;
  return owner instanceof kms.Key ? owner : undefined;
}
