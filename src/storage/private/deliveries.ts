import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ServiceKeyGrants } from '../../foundation';

/**
 * Lets an EventBridge rule send to an encrypted queue, as its target or as the dead-letter queue of a target.
 *
 * The CDK's own target drops the source condition for an encrypted queue, so that any rule of any account may send (aws-cdk issue 11158).
 */
export function allowRule(queue: sqs.IQueue, key: kms.IKey, rule: events.IRule): void {
  const stack = Stack.of(queue);
  const foreign = Stack.of(rule) !== stack;
  // The stack of a foreign rule depends on the queue's; naming the rule here would close a cycle, so all rules of the account may send.
  const ruleArn = foreign ? stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' }) : rule.ruleArn;
  queue.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: {
      [foreign ? 'ArnLike' : 'ArnEquals']: { 'aws:SourceArn': ruleArn },
      StringEquals: { 'aws:SourceAccount': stack.account },
    },
  }));
  ServiceKeyGrants.of(key).eventsToQueue();
}
