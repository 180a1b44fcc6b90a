import { ControlCase, Template } from './control-case';

const queue = (properties: object): Template => ({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: properties } } });

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TELL = { Parameters: { Told: { Type: 'String' } } };
const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const DLQ_ARN = { 'Fn::GetAtt': ['Dlq', 'Arn'] };
const REDRIVE = { deadLetterTargetArn: DLQ_ARN, maxReceiveCount: 3 };
const DAYS_14 = 1209600;

/** A queue, and one more that may be its dead-letter queue. */
const pair = (properties: object, dlq: object = {}, more: object = {}): Template => ({
  ...TELL,
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: properties }, Dlq: { Type: 'AWS::SQS::Queue', Properties: dlq }, ...more },
});

/** A resource that sends what it could not deliver to the only queue. */
const servedBy = (type: string, properties: object): Template => ({
  Resources: { Dlq: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: DAYS_14 } }, Source: { Type: type, Properties: properties } },
});

const alarm = (properties: object = {}): object => ({
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dlq', 'QueueName'] } }],
      ...properties,
    },
  },
});

const denyHttp = (change: object = {}) => ({
  Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: QUEUE_ARN, Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...change,
});

const allow = (change: object = {}) => ({
  Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sqs:SendMessage', Resource: QUEUE_ARN, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } }, ...change,
});

const withPolicy = (statement: any, queues: any[] = [{ Ref: 'Queue' }]): Template => ({
  ...TELL,
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: queues, PolicyDocument: { Statement: [statement] } } },
  },
});

const inlinePolicy = (statement: any): Template => ({
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Policy: { Type: 'AWS::SQS::QueueInlinePolicy', Properties: { Queue: { Ref: 'Queue' }, PolicyDocument: { Statement: statement } } },
  },
});

const statementOf = (template: Template) => template.Resources.Policy.Properties.PolicyDocument.Statement[0];

export const SQS_CASES: readonly ControlCase[] = [
  {
    control: 'QUEUE-CMK',
    passing: { 'key by ARN': queue({ KmsMasterKeyId: KEY_ARN }) },
    failing: [
      { finding: 'NoKey', template: queue({}) },
      { finding: 'AwsManagedKey', template: queue({ KmsMasterKeyId: 'alias/aws/sqs' }) },
      { finding: 'UnresolvedKey', template: { Parameters: { Key: { Type: 'String' } }, ...queue({ KmsMasterKeyId: { Ref: 'Key' } }) } },
    ],
    mutations: [
      { name: 'drop the key', finding: 'NoKey', mutate: (t) => delete t.Resources.Queue.Properties.KmsMasterKeyId },
    ],
  },
  {
    control: 'QUEUE-TLS',
    passing: {
      'one statement': withPolicy(denyHttp()),
      'everything': withPolicy(denyHttp({ Principal: { AWS: '*' }, Action: ['*'], Resource: '*' })),
      'an inline policy': inlinePolicy(denyHttp()),
      'a literal name': {
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
          Policy: {
            Type: 'AWS::SQS::QueuePolicy',
            Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: denyHttp({ Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' }) } },
          },
        },
      },
      'an ARN from the name': withPolicy(denyHttp({ Resource: { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}' } })),
    },
    failing: [
      { finding: 'NoDeny', template: queue({}) },
      { finding: 'NoDeny', template: withPolicy(allow()) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Resource: { Ref: 'Queue' } })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Resource: 'arn:aws:sqs:eu-west-1:111122223333:other' })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Resource: [5] })) },
      { finding: 'UntoldPolicy', template: withPolicy(denyHttp(), [{ Ref: 'Told' }]) },
      { finding: 'UntoldPolicy', template: withPolicy(denyHttp({ Principal: { Ref: 'Told' } })) },
      { finding: 'UntoldPolicy', template: withPolicy(denyHttp({ Resource: { Ref: 'Told' } })) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'NoDeny', mutate: (t) => delete t.Resources.Policy },
      { name: 'flip the condition', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Condition.Bool['aws:SecureTransport'] = true; } },
      { name: 'narrow the caller', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Principal = { AWS: '444455556666' }; } },
      { name: 'narrow by a condition', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Condition.StringEquals = { 'aws:SourceVpc': 'vpc-1' }; } },
    ],
  },
  {
    control: 'QUEUE-DLQ',
    passing: {
      'a queue of the template': pair({ RedrivePolicy: REDRIVE }),
      'a queue elsewhere': queue({ RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:dead', maxReceiveCount: '1000' } }),
      'JSON text': pair({ RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn":"${Dlq.Arn}","maxReceiveCount":3}' } }),
      'JSON text with an ARN put together': queue({
        RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn":"arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:dead","maxReceiveCount":3}' },
      }),
      'literal JSON text': queue({ RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:dead","maxReceiveCount":3}' }),
    },
    failing: [
      { finding: 'NoDlq', template: queue({}) },
      { finding: 'NoDlq', template: queue({ RedrivePolicy: { deadLetterTargetArn: QUEUE_ARN, maxReceiveCount: 3 } }) },
      { finding: 'NoDlq', template: queue({ RedrivePolicy: '[null]' }) },
      { finding: 'ReceiveCount', template: pair({ RedrivePolicy: { ...REDRIVE, maxReceiveCount: 1001 } }) },
      { finding: 'ReceiveCount', template: pair({ RedrivePolicy: { deadLetterTargetArn: DLQ_ARN } }) },
      { finding: 'UntoldRedrive', template: pair({ RedrivePolicy: { Ref: 'Told' } }) },
      { finding: 'UntoldRedrive', template: pair({ RedrivePolicy: 'no JSON' }) },
      { finding: 'ReceiveCount', template: pair({ RedrivePolicy: '{"deadLetterTargetArn":"\uE0007\uE000"}' }) },
      { finding: 'UntoldRedrive', template: pair({ RedrivePolicy: { ...REDRIVE, deadLetterTargetArn: { Ref: 'Told' } } }) },
      { finding: 'UntoldRedrive', template: pair({ RedrivePolicy: { ...REDRIVE, maxReceiveCount: { Ref: 'Told' } } }) },
    ],
    mutations: [
      { name: 'drop it', finding: 'NoDlq', mutate: (t) => delete t.Resources.Queue.Properties.RedrivePolicy },
      { name: 'never give up', finding: 'ReceiveCount', mutate: (t) => { t.Resources.Queue.Properties.RedrivePolicy.maxReceiveCount = 0; } },
    ],
  },
  {
    control: 'QUEUE-DLQ-ALARM',
    passing: {
      'an alarm': pair({ RedrivePolicy: REDRIVE }, {}, alarm()),
      'an alarm on an expression': pair({ RedrivePolicy: REDRIVE }, {}, {
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ MetricStat: { Metric: (alarm() as any).Alarm.Properties } }] } },
      }),
      'a literal name': pair({ RedrivePolicy: REDRIVE }, { QueueName: 'dead' }, alarm({ Dimensions: [{ Name: 'QueueName', Value: 'dead' }] })),
    },
    failing: [
      { finding: 'NoAlarm', template: pair({ RedrivePolicy: REDRIVE }) },
      { finding: 'NoAlarm', template: pair({ RedrivePolicy: REDRIVE }, {}, alarm({ MetricName: 'NumberOfMessagesSent' })) },
      { finding: 'UntoldAlarm', template: pair({ RedrivePolicy: REDRIVE }, {}, alarm({ Dimensions: { Ref: 'Told' } })) },
      { finding: 'UntoldAlarm', template: pair({ RedrivePolicy: REDRIVE }, {}, alarm({ Dimensions: [{ Name: 'QueueName', Value: { Ref: 'Told' } }] })) },
    ],
    mutations: [
      { name: 'drop the alarm', finding: 'NoAlarm', mutate: (t) => delete t.Resources.Alarm },
      { name: 'watch the source', finding: 'NoAlarm', mutate: (t) => { t.Resources.Alarm.Properties.Dimensions[0].Value = { 'Fn::GetAtt': ['Queue', 'QueueName'] }; } },
      { name: 'watch another service', finding: 'NoAlarm', mutate: (t) => { t.Resources.Alarm.Properties.Namespace = 'Custom'; } },
    ],
  },
  {
    control: 'QUEUE-DLQ-RETENTION',
    passing: {
      'of a queue': pair({ RedrivePolicy: REDRIVE }, { MessageRetentionPeriod: DAYS_14 }),
      'of a subscription': servedBy('AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: DLQ_ARN } }),
      'of a rule target': servedBy('AWS::Events::Rule', { Targets: [{ DeadLetterConfig: { Arn: DLQ_ARN } }] }),
      'of a bus': servedBy('AWS::Events::EventBus', { DeadLetterConfig: { Arn: DLQ_ARN } }),
      'of a function': servedBy('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: DLQ_ARN } }),
      'of an asynchronous invocation': servedBy('AWS::Lambda::EventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: DLQ_ARN } } }),
      'of an event source': servedBy('AWS::Lambda::EventSourceMapping', { DestinationConfig: { OnFailure: { Destination: DLQ_ARN } } }),
      'of a schedule': servedBy('AWS::Scheduler::Schedule', { Target: { DeadLetterConfig: { Arn: DLQ_ARN } } }),
      'of a pipe': servedBy('AWS::Pipes::Pipe', { SourceParameters: { KinesisStreamParameters: { DeadLetterConfig: { Arn: DLQ_ARN } } } }),
      'of a queue elsewhere': queue({
        MessageRetentionPeriod: DAYS_14,
        RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: ['arn:aws:sqs:eu-west-1:111122223333:orders'] },
      }),
      'of a queue that it names': pair({}, { MessageRetentionPeriod: DAYS_14, RedriveAllowPolicy: '{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:::q"]}' }),
    },
    failing: [
      { finding: 'Below14Days', template: pair({ RedrivePolicy: REDRIVE }) },
      { finding: 'Below14Days', template: pair({}, { RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [QUEUE_ARN] } }) },
      { finding: 'ShorterThanSource', template: pair({ RedrivePolicy: REDRIVE, MessageRetentionPeriod: DAYS_14 }) },
      { finding: 'Below14Days', template: pair({ RedrivePolicy: REDRIVE, MessageRetentionPeriod: { Ref: 'Told' } }) },
      { finding: 'ShorterThanSource', template: pair({ RedrivePolicy: REDRIVE }, { MessageRetentionPeriod: 345599 }) },
      { finding: 'UntoldRetention', template: pair({ RedrivePolicy: REDRIVE }, { MessageRetentionPeriod: { Ref: 'Told' } }) },
    ],
    mutations: [
      { name: 'drop it', finding: 'Below14Days', mutate: (t) => delete t.Resources.Dlq.Properties.MessageRetentionPeriod },
      { name: 'shorten it', finding: 'ShorterThanSource', mutate: (t) => { t.Resources.Dlq.Properties.MessageRetentionPeriod = 3600; } },
    ],
  },
  {
    control: 'QUEUE-POLICY-PUBLIC',
    passing: {
      'one topic': withPolicy(allow()),
      'an inline policy for one account': inlinePolicy(allow({ Principal: { AWS: '444455556666' }, Condition: undefined })),
    },
    failing: [
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: undefined })) },
      { finding: 'PublicAllow', template: inlinePolicy(allow({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:orders' } } })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: { ArnLike: { 'aws:SourceArn': 'arn:*' } } })) },
      { finding: 'AllowNotPrincipal', template: withPolicy(allow({ Principal: undefined, NotPrincipal: { AWS: '444455556666' } })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Principal: { AWS: { Ref: 'Told' } }, Condition: undefined })) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'PublicAllow', mutate: (t) => delete statementOf(t).Condition },
      { name: 'let the key be absent', finding: 'PublicAllow', mutate: (t) => { statementOf(t).Condition = { ArnEqualsIfExists: statementOf(t).Condition.ArnEquals }; } },
    ],
  },
  {
    control: 'QUEUE-POLICY-SERVICE',
    passing: {
      'one topic': withPolicy(allow({ Principal: { Service: 'sns.amazonaws.com' } })),
      'no service': inlinePolicy(denyHttp()),
    },
    failing: [
      { finding: 'NoSource', template: withPolicy(allow({ Principal: { Service: ['events.amazonaws.com'] }, Condition: undefined })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Principal: { Service: 'sns.amazonaws.com' }, Effect: { Ref: 'Told' }, Condition: undefined })) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'NoSource', mutate: (t) => delete statementOf(t).Condition },
      { name: 'widen the source', finding: 'NoSource', mutate: (t) => { statementOf(t).Condition.ArnEquals['aws:SourceArn'] = '*'; } },
    ],
  },
];
