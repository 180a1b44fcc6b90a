import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { identityActions, keyStatements, propertiesOf, queueStatements } from './templates';
import { foundation, storage } from '../../src';

function topic(props?: storage.IntegrationTopicProps): { stack: Stack; shipments: storage.IntegrationTopic } {
  const stack = new Stack(new App(), 'Stack');
  return { stack, shipments: new storage.IntegrationTopic(stack, 'Shipments', props) };
}

describe('by default', () => {
  test('encrypts with the messaging key of the stack, under a name that its subscribers can know', () => {
    const { stack } = topic();
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.MESSAGING).keyArn),
      TopicName: Match.stringLikeRegexp('^Stack-Shipments-'),
    });
  });

  test('denies plain HTTP and leaves publishing to the IAM policies of the account', () => {
    const { stack, shipments } = topic();
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [stack.resolve(shipments.topic.topicArn)],
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Action: 'sns:Publish', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Effect: 'Allow', Action: 'sns:Publish', Principal: { AWS: Match.anyValue() }, Sid: 'OwnAccountByIam' }),
        ],
      },
    });
  });
});

test('uses the key given', () => {
  const stack = new Stack(new App(), 'Stack');
  const encryptionKey = new kms.Key(stack, 'Own');
  new storage.IntegrationTopic(stack, 'Shipments', { encryptionKey });

  Template.fromStack(stack).hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: stack.resolve(encryptionKey.keyArn), TopicName: Match.anyValue() });
});

test('grantPublish lets a role publish and encrypt, and no more', () => {
  const { stack, shipments } = topic();
  shipments.grantPublish(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })).assertSuccess();

  expect(identityActions(stack)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'sns:Publish']);
  expect(keyStatements(stack, 'Role')).toMatchObject([{ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }]);
});

describe('subscribe', () => {
  test('delivers messages as published, with a dead-letter queue', () => {
    const { stack, shipments } = topic();
    const billing = new storage.IntegrationQueue(stack, 'Billing');
    shipments.subscribe(billing);

    const [undelivered] = Object.keys(propertiesOf(stack, 'AWS::SQS::Queue')).filter((id) => id.includes('Undelivered'));
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: stack.resolve(shipments.topic.topicArn),
      Protocol: 'sqs',
      Endpoint: stack.resolve(billing.queue.queueArn),
      RawMessageDelivery: true,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [undelivered, 'Arn'] } },
    });
  });

  test('lets the topic alone send to both queues and use their key', () => {
    const { stack, shipments } = topic();
    shipments.subscribe(new storage.IntegrationQueue(stack, 'Billing'));

    const statements = queueStatements(stack, 'sns.amazonaws.com');
    expect(statements).toHaveLength(2);
    for (const statement of statements) {
      expect(statement).toMatchObject({ Action: 'sqs:SendMessage', Condition: { ArnEquals: { 'aws:SourceArn': stack.resolve(shipments.topic.topicArn) } } });
    }
    const TopicName = Object.values(propertiesOf(stack, 'AWS::SNS::Topic')).find((each) => each.TopicName)!.TopicName;
    const ofTopic = keyStatements(stack, 'sns.amazonaws.com').filter((statement) => JSON.stringify(statement.Condition).includes(`:${TopicName}"`));
    expect(ofTopic.length).toBeGreaterThan(0);
  });

  test('narrows by the filter policy', () => {
    const { stack, shipments } = topic();
    shipments.subscribe(new storage.IntegrationQueue(stack, 'Billing'), { filterPolicy: { kind: sns.SubscriptionFilter.stringFilter({ allowlist: ['paid'] }) } });

    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', { FilterPolicy: { kind: ['paid'] } });
  });

  test('reaches a queue of another stack without closing a cycle', () => {
    const app = new App();
    const shared = foundation.Foundation.of(new Stack(app, 'Shared'));
    const shipments = new storage.IntegrationTopic(new Stack(app, 'Topics'), 'Shipments', { foundation: shared });
    const stack = new Stack(app, 'Queues');
    shipments.subscribe(new storage.IntegrationQueue(stack, 'Billing', { foundation: shared }));

    app.synth();
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 1);
  });

  test('refuses a FIFO queue', () => {
    const { stack, shipments } = topic();
    const billing = new storage.IntegrationQueue(stack, 'Billing', { fifo: true });
    expect(() => shipments.subscribe(billing)).toThrow(
      "[Stack/Shipments] 'queue' must be a standard queue, got the FIFO queue Stack/Billing; SNS delivers to FIFO queues only from FIFO topics");
  });
});
