import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { allowedTo, functionIn } from './inbox-world';
import { storage, webhooks } from '../../src';
import { parseDispatcherSettings } from '../../src/runtime/webhooks/dispatch-settings';
import { propertiesOf } from '../storage/templates';

const { WebhookInbox, WebhookTarget } = webhooks;

const ENV = { account: '111122223333', region: 'eu-west-1' };
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const ARNS = {
  queue: 'arn:aws:sqs:eu-west-1:111122223333:received',
  fifo: 'arn:aws:sqs:eu-west-1:111122223333:received.fifo',
  bus: 'arn:aws:events:eu-west-1:111122223333:event-bus/hooks',
  function: 'arn:aws:lambda:eu-west-1:111122223333:function:consumer',
  alias: 'arn:aws:lambda:eu-west-1:111122223333:function:consumer:live',
  machine: 'arn:aws:states:eu-west-1:111122223333:stateMachine:consumer',
  machineAlias: 'arn:aws:states:eu-west-1:111122223333:stateMachine:consumer:live',
};
/** Both functions that hand events over. */
const DISPATCHING = [/^InboxDispatch/, /^InboxSweep/];
const REST = { TABLE_NAME: 'inbox', BODY_BUCKET: 'bodies-of-webhooks' };

const queue = (arn: string) => (stack: Stack) => WebhookTarget.queue(sqs.Queue.fromQueueArn(stack, 'Target', arn));
const handler = (arn: string) => (stack: Stack) => WebhookTarget.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'Target', arn));
const machine = (arn: string) => (stack: Stack) => WebhookTarget.stateMachine(sfn.StateMachine.fromStateMachineArn(stack, 'Target', arn));
const bus = (arn: string) => (stack: Stack) => WebhookTarget.eventBus(events.EventBus.fromEventBusArn(stack, 'Target', arn));

test.each<[string, string, string, (stack: Stack) => webhooks.WebhookTarget]>([
  ['a queue', 'sqs:SendMessage', ARNS.queue, queue(ARNS.queue)],
  ['a FIFO queue', 'sqs:SendMessage', ARNS.fifo, queue(ARNS.fifo)],
  ['an event bus', 'events:PutEvents', ARNS.bus, bus(ARNS.bus)],
  ['a function', 'lambda:InvokeFunction', ARNS.function, handler(ARNS.function)],
  ['an alias of a function', 'lambda:InvokeFunction', ARNS.alias, handler(ARNS.alias)],
  ['a state machine', 'states:StartExecution', ARNS.machine, machine(ARNS.machine)],
  ['an alias of a state machine', 'states:StartExecution', ARNS.machineAlias, machine(ARNS.machineAlias)],
])('hands events over to %s, by that one action, as the functions read it', (_, action, arn, targetOf) => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  new WebhookInbox(stack, 'Inbox', { target: targetOf(stack) });
  for (const id of DISPATCHING) {
    const { Variables } = functionIn(stack, id).Environment;
    expect(Variables.TARGET_ARN).toBe(arn);
    expect(parseDispatcherSettings({ ...Variables, ...REST }).targetArn.arn).toBe(arn);
    expect(allowedTo(stack, id)).toContainEqual([action, JSON.stringify(arn)]);
  }
});

describe('a target of another stack', () => {
  const app = new App();
  const consumers = new Stack(app, 'Consumers', { env: ENV });
  const key = new kms.Key(consumers, 'Key');
  const targets = {
    Queue: WebhookTarget.queue(new storage.IntegrationQueue(consumers, 'Received').queue),
    Bus: WebhookTarget.eventBus(new events.EventBus(consumers, 'Hooks', { kmsKey: key })),
    Function: WebhookTarget.lambdaFunction(new lambda.Function(consumers, 'Consumer', {
      code: lambda.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X,
    })),
    Machine: WebhookTarget.stateMachine(new sfn.StateMachine(consumers, 'Flow', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(consumers, 'Pass')),
      encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(key),
    })),
  };
  const hooks = Object.entries(targets).map(([name, target]) => {
    const stack = new Stack(app, name, { env: ENV });
    new WebhookInbox(stack, 'Inbox', { target });
    return [name, stack] as const;
  });
  const imported = (stack: Stack, id: RegExp) => allowedTo(stack, id).filter(([, resource]) => resource.includes('Consumers:'));

  test.each(hooks)('is known to the stack of the inbox, which it does not wait for: %s', (_, stack) => {
    expect(() => Template.fromStack(stack)).not.toThrow();
    expect(stack.dependencies).toContain(consumers);
    expect(consumers.dependencies).toEqual([]);
    for (const id of DISPATCHING) expect(JSON.stringify(functionIn(stack, id).Environment.Variables.TARGET_ARN)).toContain('Consumers:');
  });

  test.each([
    ['Queue', ['sqs:SendMessage', 'kms:Decrypt kms:GenerateDataKey']],
    // EventBridge and Step Functions use the key by themselves, by its policy and by the role of the state machine.
    ['Bus', ['events:PutEvents']],
    ['Function', ['lambda:InvokeFunction']],
    ['Machine', ['states:StartExecution']],
  ])('is granted to both functions, with its key where the sender uses it: %s', (name, actions) => {
    const [, stack] = hooks.find(([each]) => each === name)!;
    for (const id of DISPATCHING) expect(imported(stack, id).map(([action]) => action)).toEqual(actions);
  });

  test('has a bus whose key lets EventBridge in, and a state machine whose role may use it', () => {
    const [policy] = Object.entries(propertiesOf(consumers, 'AWS::KMS::Key')).filter(([id]) => id.startsWith('Key')).map(([, { KeyPolicy }]) => JSON.stringify(KeyPolicy));
    expect(policy).toContain('events.amazonaws.com');
    expect(allowedTo(consumers, /^FlowRole/).map(([actions]) => actions)).toContain('kms:Decrypt kms:GenerateDataKey');
  });
});

test('grants the key of a queue that was imported with it', () => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const target = sqs.Queue.fromQueueAttributes(stack, 'Target', { queueArn: ARNS.queue, keyArn: KEY_ARN });
  new WebhookInbox(stack, 'Inbox', { target: WebhookTarget.queue(target) });
  for (const id of DISPATCHING) expect(allowedTo(stack, id)).toContainEqual(['kms:Decrypt kms:GenerateDataKey', JSON.stringify(KEY_ARN)]);
});

test.each([
  queue('arn:aws:sqs:us-east-1:111122223333:received'),
  bus('arn:aws:events:us-east-1:111122223333:event-bus/hooks'),
  handler('arn:aws:lambda:us-east-1:111122223333:function:consumer'),
  machine('arn:aws:states:us-east-1:111122223333:stateMachine:consumer'),
])('refuses a target of another Region, whose events would all be dead', (targetOf) => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  expect(() => new WebhookInbox(stack, 'Inbox', { target: targetOf(stack) })).toThrow(new Error(
    "[Stack/Inbox] 'target' must be in the Region of the inbox, 'eu-west-1', got one in 'us-east-1'; hand over to an event bus, and forward from there by a rule"));
});

test('takes a target where only deployment tells the Region', () => {
  const stack = new Stack(new App(), 'Stack');
  expect(() => new WebhookInbox(stack, 'Inbox', { target: queue(ARNS.queue)(stack) })).not.toThrow();
});
