import { App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { allowedTo, functionIn } from './inbox-world';
import { webhooks } from '../../src';

const ARNS = {
  queue: 'arn:aws:sqs:eu-west-1:111122223333:received',
  bus: 'arn:aws:events:eu-west-1:111122223333:event-bus/hooks',
  function: 'arn:aws:lambda:eu-west-1:111122223333:function:consumer',
  machine: 'arn:aws:states:eu-west-1:111122223333:stateMachine:consumer',
};

test.each<[string, string, string, (stack: Stack) => webhooks.WebhookTarget]>([
  ['a queue', 'sqs:SendMessage', ARNS.queue, (stack) => webhooks.WebhookTarget.queue(sqs.Queue.fromQueueArn(stack, 'Target', ARNS.queue))],
  ['an event bus', 'events:PutEvents', ARNS.bus, (stack) => webhooks.WebhookTarget.eventBus(events.EventBus.fromEventBusArn(stack, 'Target', ARNS.bus))],
  ['a function', 'lambda:InvokeFunction', ARNS.function,
    (stack) => webhooks.WebhookTarget.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'Target', ARNS.function))],
  ['a state machine', 'states:StartExecution', ARNS.machine,
    (stack) => webhooks.WebhookTarget.stateMachine(sfn.StateMachine.fromStateMachineArn(stack, 'Target', ARNS.machine))],
])('hands events over to %s, by that one action', (_, action, arn, targetOf) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  new webhooks.WebhookInbox(stack, 'Inbox', { target: targetOf(stack) });
  for (const id of [/^InboxDispatch/, /^InboxSweep/]) {
    expect(functionIn(stack, id).Environment.Variables.TARGET_ARN).toBe(arn);
    expect(allowedTo(stack, id)).toContainEqual([action, JSON.stringify(arn)]);
  }
});
