import { App, Duration, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { identityActions, keyStatements, propertiesOf, queueStatements } from './templates';
import { foundation, storage } from '../../src';

interface Queued {
  readonly stack: Stack;
  readonly orders: storage.IntegrationQueue;
  readonly properties: () => Record<string, any>;
  readonly deadLetters: () => Record<string, any>;
}

function queue(props?: storage.IntegrationQueueProps): Queued {
  const stack = new Stack(new App(), 'Stack');
  const orders = new storage.IntegrationQueue(stack, 'Orders', props);
  const of = (each: sqs.IQueue) => () => propertiesOf(stack, 'AWS::SQS::Queue')[stack.getLogicalId(each.node.defaultChild as sqs.CfnQueue)];
  return { stack, orders, properties: of(orders.queue), deadLetters: of(orders.deadLetterQueue) };
}

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

function ruleIn(stack: Stack): events.Rule {
  return new events.Rule(stack, 'Rule', { eventPattern: { source: ['orders'] } });
}

describe('by default', () => {
  test('encrypts both queues with the messaging key of the stack', () => {
    const { stack, properties, deadLetters } = queue();
    const KmsMasterKeyId = stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.MESSAGING).keyArn);

    expect(properties()).toMatchObject({ KmsMasterKeyId });
    expect(deadLetters()).toMatchObject({ KmsMasterKeyId });
  });

  test('denies plain HTTP on both queues', () => {
    const { stack } = queue();
    const policies = Object.values(propertiesOf(stack, 'AWS::SQS::QueuePolicy'));

    expect(policies).toHaveLength(2);
    for (const policy of policies) {
      expect(policy.PolicyDocument.Statement).toMatchObject([
        { Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  test('tries a message five times and then keeps it for 14 days', () => {
    const { stack, orders, properties, deadLetters } = queue();

    expect(properties()).toMatchObject({
      RedrivePolicy: { deadLetterTargetArn: stack.resolve(orders.deadLetterQueue.queueArn), maxReceiveCount: 5 },
      MessageRetentionPeriod: 345600,
      VisibilityTimeout: 300,
    });
    expect(deadLetters().MessageRetentionPeriod).toBe(1209600);
  });

  test('takes dead letters from its own queue alone, and is nobody\'s dead-letter queue', () => {
    const { properties, deadLetters } = queue();
    const { redrivePermission, sourceQueueArns } = deadLetters().RedriveAllowPolicy;

    expect(redrivePermission).toBe('byQueue');
    expect(sourceQueueArns[0]['Fn::Join'][1].at(-1)).toBe(`:${properties().QueueName}`);
    expect(properties().RedriveAllowPolicy).toEqual({ redrivePermission: 'denyAll' });
  });

  test('raises an alarm on the first dead letter and on a message older than an hour', () => {
    const { stack, orders } = queue();
    const template = Template.fromStack(stack);
    const AlarmActions = [stack.resolve(foundation.Foundation.of(stack).alertTopic.topicArn)];

    template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions,
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: stack.resolve(orders.deadLetterQueue.queueName) }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions,
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: stack.resolve(orders.queue.queueName) }],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 3600,
      TreatMissingData: 'notBreaching',
    });
  });

  test('outlives the stack, but not a first deployment that failed', () => {
    const { stack } = queue();
    const template = Template.fromStack(stack);

    template.hasResource('AWS::SQS::Queue', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain', Properties: { QueueName: Match.anyValue() } });
    template.hasResource('AWS::SQS::Queue', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { QueueName: Match.absent() } });
  });
});

describe('its name', () => {
  const nameIn = (scope: Stack) => {
    const named = new storage.IntegrationQueue(scope, 'Orders');
    return String(scope.resolve((named.queue.node.defaultChild as sqs.CfnQueue).queueName));
  };

  test('is the same at each synthesis, and differs by stack name', () => {
    expect(nameIn(new Stack(new App(), 'Stack'))).toBe(nameIn(new Stack(new App(), 'Stack')));
    expect(nameIn(new Stack(new App(), 'Stack', { stackName: 'prod' }))).not.toBe(nameIn(new Stack(new App(), 'Stack', { stackName: 'dev' })));
  });

  test('holds the name of the parent in a nested stack', () => {
    expect(nameIn(new NestedStack(new Stack(new App(), 'Stack', { stackName: 'prod' }), 'Nested'))).toMatch(/^prod-Nested-Orders-/);
  });

  test('fits what SQS accepts, however deep the construct', () => {
    const name = nameIn(new Stack(new App(), `S${'tack'.repeat(30)}`));
    expect(name.length).toBeLessThanOrEqual(75);
  });
});

describe('with props', () => {
  test('keeps the order of messages', () => {
    const { properties, deadLetters } = queue({ fifo: true });

    expect(properties()).toMatchObject({ FifoQueue: true, ContentBasedDeduplication: true, QueueName: expect.stringMatching(/\.fifo$/) });
    expect(deadLetters()).toMatchObject({ FifoQueue: true });
  });

  test('takes over durations and tries', () => {
    const { stack, properties } = queue({
      visibilityTimeout: Duration.minutes(1),
      retention: Duration.days(1),
      maxReceiveCount: 2,
      maxMessageAge: Duration.minutes(10),
    });

    expect(properties()).toMatchObject({ VisibilityTimeout: 60, MessageRetentionPeriod: 86400, RedrivePolicy: { maxReceiveCount: 2 } });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 600 });
  });

  test('uses the key given for both queues', () => {
    const stack = new Stack(new App(), 'Stack');
    const encryptionKey = new kms.Key(stack, 'Own');
    new storage.IntegrationQueue(stack, 'Orders', { encryptionKey });

    Template.fromStack(stack).allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: stack.resolve(encryptionKey.keyArn) });
  });

  test('accepts values that only deployment knows', () => {
    const seconds = Duration.seconds(Token.asNumber({ Ref: 'Seconds' }));
    const { properties } = queue({ visibilityTimeout: seconds, retention: seconds, maxMessageAge: seconds, maxReceiveCount: Token.asNumber({ Ref: 'Tries' }) });

    expect(properties()).toMatchObject({ VisibilityTimeout: { Ref: 'Seconds' }, RedrivePolicy: { maxReceiveCount: { Ref: 'Tries' } } });
  });
});

test.each([
  [{ visibilityTimeout: Duration.seconds(0) }, "'visibilityTimeout' must be between 1 and 43200 seconds, got 0; choose a whole number of seconds in that range"],
  [{ retention: Duration.days(14) }, "'retention' must be between 60 and 1123200 seconds, got 1209600; choose a whole number of seconds in that range"],
  [{ maxMessageAge: Duration.seconds(59) }, "'maxMessageAge' must be between 60 and 1123200 seconds, got 59; choose a whole number of seconds in that range"],
  [{ maxReceiveCount: 0 }, "'maxReceiveCount' must be a whole number between 1 and 1000, got 0; choose one in that range"],
])('refuses %j', (props, message) => {
  expect(() => queue(props)).toThrow(`[Stack/Orders] ${message}`);
});

describe('grants', () => {
  test('grantSend lets a role send and encrypt, and no more', () => {
    const { stack, orders } = queue();
    orders.grantSend(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage']);
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }]);
  });

  test('grantConsume lets a role receive, delete and decrypt, and no more', () => {
    const { stack, orders } = queue();
    orders.grantConsume(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual([
      'kms:Decrypt', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage',
    ]);
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('grantPoll lets an event source mapping do what it does, and no more', () => {
    const { stack, orders } = queue();
    orders.grantPoll(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual(['kms:Decrypt', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']);
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('grantRedrive lets a role move dead letters back', () => {
    const { stack, orders } = queue();
    orders.grantRedrive(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual(expect.arrayContaining([
      'sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:CancelMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:SendMessage',
      'kms:Decrypt', 'kms:GenerateDataKey',
    ]));
  });
});

describe('receiveFrom', () => {
  const targetOf = (stack: Stack) => Object.values(propertiesOf(stack, 'AWS::Events::Rule'))[0].Targets[0];

  test('makes the queue a target of the rule, with a dead-letter queue of its own', () => {
    const { stack, orders } = queue();
    orders.receiveFrom(ruleIn(stack));

    const undelivered = stack.getLogicalId(orders.node.findChild('Undelivered').node.findChild('Resource').node.defaultChild as sqs.CfnQueue);
    expect(targetOf(stack)).toEqual({
      Id: 'Target0',
      Arn: stack.resolve(orders.queue.queueArn),
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [undelivered, 'Arn'] } },
    });
    expect(propertiesOf(stack, 'AWS::SQS::Queue')[undelivered]).toMatchObject({ MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'denyAll' } });
  });

  test('lets that rule alone send to both queues, and EventBridge use the key', () => {
    const { stack, orders } = queue();
    const rule = ruleIn(stack);
    orders.receiveFrom(rule);

    const statements = queueStatements(stack, 'events.amazonaws.com');
    expect(statements).toHaveLength(2);
    for (const statement of statements) {
      expect(statement).toMatchObject({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Condition: { ArnEquals: { 'aws:SourceArn': stack.resolve(rule.ruleArn) }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
    }
    expect(keyStatements(stack, 'events.amazonaws.com')).toEqual([expect.objectContaining({ Effect: 'Allow', Condition: expect.anything() })]);
  });

  test('takes a rule of another stack without closing a cycle', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const orders = new storage.IntegrationQueue(stack, 'Orders');
    orders.receiveFrom(ruleIn(new Stack(app, 'Other')));

    app.synth();
    const [statement] = queueStatements(stack, 'events.amazonaws.com');
    expect(JSON.stringify(statement.Condition)).toMatch(/"ArnLike":\{"aws:SourceArn":.*":rule\/\*"/);
  });

  test('shares the dead-letter queue between rules', () => {
    const { stack, orders } = queue();
    orders.receiveFrom(ruleIn(stack));
    orders.receiveFrom(new events.Rule(stack, 'Second', { eventPattern: { source: ['returns'] } }));

    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 3);
  });

  test('sends what the input says, in the message group given', () => {
    const { stack, orders } = queue({ fifo: true });
    orders.receiveFrom(ruleIn(stack), { messageGroupId: 'orders', input: events.RuleTargetInput.fromObject({ id: 1 }) });

    expect(targetOf(stack)).toMatchObject({ SqsParameters: { MessageGroupId: 'orders' }, Input: '{"id":1}' });
    expect(propertiesOf(stack, 'AWS::SQS::Queue')).toMatchObject({ [Object.keys(propertiesOf(stack, 'AWS::SQS::Queue')).find((id) => id.includes('Undelivered'))!]: expect.not.objectContaining({ FifoQueue: true }) });
  });

  test('refuses a FIFO queue without a message group', () => {
    const { stack, orders } = queue({ fifo: true });
    expect(() => orders.receiveFrom(ruleIn(stack))).toThrow(
      "[Stack/Orders] 'messageGroupId' must be set for a FIFO queue, got nothing; name the group whose order is to be kept");
  });

  test('refuses a message group for a queue that is not FIFO', () => {
    const { stack, orders } = queue();
    expect(() => orders.receiveFrom(ruleIn(stack), { messageGroupId: 'orders' })).toThrow(
      "[Stack/Orders] 'messageGroupId' must be left out for a queue that is not FIFO, got 'orders'; set fifo on the queue");
  });
});

describe('DeadLetterQueue', () => {
  test('takes dead letters of no queue unless one is named', () => {
    const stack = new Stack(new App(), 'Stack');
    new storage.DeadLetterQueue(stack, 'Failures');

    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { RedriveAllowPolicy: { redrivePermission: 'denyAll' }, MessageRetentionPeriod: 1209600 });
  });

  test('grantConsume lets a role read and delete what failed', () => {
    const stack = new Stack(new App(), 'Stack');
    new storage.DeadLetterQueue(stack, 'Failures').grantConsume(roleIn(stack)).assertSuccess();

    expect(identityActions(stack)).toEqual([
      'kms:Decrypt', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage',
    ]);
  });
});
