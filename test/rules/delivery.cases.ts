import { ControlCase, Template } from './control-case';
import { DELIVERY_API_CASES } from './delivery-api.cases';

type Json = Record<string, any>;

const arn = (id: string, attribute = 'Arn'): Json => ({ 'Fn::GetAtt': [id, attribute] });
const ref = (id: string): Json => ({ Ref: id });
const ACCOUNT = ref('AWS::AccountId');
const FOREIGN_TOPIC = 'arn:aws:sns:eu-west-1:999999999999:Elsewhere';
const FOREIGN_QUEUE = 'arn:aws:sqs:eu-west-1:999999999999:Elsewhere';

/** An Allow for a service, on everything unless said otherwise. */
function allow(service: unknown, actions: string | string[], condition?: Json, resource: unknown = '*'): Json {
  return { Effect: 'Allow', Principal: { Service: service }, Action: actions, Resource: resource, ...(condition && { Condition: condition }) };
}

const from = (source: unknown): Json => ({ ArnEquals: { 'aws:SourceArn': source }, StringEquals: { 'aws:SourceAccount': ACCOUNT } });
const ROOT: Json = { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' };
const USE_KEY = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const key = (...statements: Json[]): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [ROOT, ...statements] } } });
const topic = (properties: Json = { KmsMasterKeyId: arn('Key') }): Json => ({ Type: 'AWS::SNS::Topic', Properties: properties });
const queue = (properties: Json = { KmsMasterKeyId: arn('Key') }): Json => ({ Type: 'AWS::SQS::Queue', Properties: properties });
const topicPolicy = (...statements: Json[]): Json => ({ Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Topic')], PolicyDocument: { Statement: statements } } });
const queuePolicy = (...statements: Json[]): Json => ({ Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Queue')], PolicyDocument: { Statement: statements } } });
const bucketPolicy = (...statements: Json[]): Json => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Logs'), PolicyDocument: { Statement: statements } } });
const permission = (principal: string, source: unknown): Json => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: arn('Function'), Principal: principal, SourceArn: source, SourceAccount: ACCOUNT },
});
const role = (...statements: Json[]): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: statements } }] },
});
const grant = (actions: string | string[], resource: unknown): Json => ({ Effect: 'Allow', Action: actions, Resource: resource });

const template = (Resources: Json): Template => ({ Resources });
/** A copy of a template with some resources changed; undefined takes one away. */
const but = (base: Template, changes: Json): Template =>
  ({ ...base, Resources: Object.fromEntries(Object.entries({ ...base.Resources, ...changes }).filter(([, resource]) => resource !== undefined)) });
const withParameter = (base: Template): Template => ({ Parameters: { Given: { Type: 'String' } }, ...base });
const keyStatements = (t: Template): Json[] => t.Resources.Key.Properties.KeyPolicy.Statement;
const policyStatements = (t: Template): Json[] => t.Resources.Policy.Properties.PolicyDocument.Statement;
const dropKeyStatement = (t: Template): unknown => keyStatements(t).pop();
const dropPolicyStatement = (t: Template): unknown => policyStatements(t).pop();
const deny = (actions: string, condition?: Json): Json => ({ Effect: 'Deny', Principal: '*', Action: actions, Resource: '*', ...(condition && { Condition: condition }) });
const PLAIN_HTTP = { Bool: { 'aws:SecureTransport': 'false' } };

const ANY_ALARM = { 'Fn::Sub': 'arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*' };
const ALARM = template({
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [ref('Topic')] } },
  Topic: topic(),
  Policy: topicPolicy(deny('sns:Publish', PLAIN_HTTP), allow('cloudwatch.amazonaws.com', 'sns:Publish', from(arn('Alarm')), ref('Topic'))),
  Key: key(allow('cloudwatch.amazonaws.com', USE_KEY, { ArnLike: { 'aws:SourceArn': ANY_ALARM }, StringEquals: { 'aws:SourceAccount': ACCOUNT } })),
});
const alarmTo = (...actions: unknown[]): Template => but(ALARM, { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: actions } } });
const alarmKey = (...statements: Json[]): Template => but(ALARM, { Key: key(...statements) });
const alarmPolicy = (...statements: Json[]): Template => but(ALARM, { Policy: topicPolicy(...statements) });
const publish = (condition?: Json): Json => allow('cloudwatch.amazonaws.com', 'sns:Publish', condition);
const useKey = (condition?: Json): Json => allow('cloudwatch.amazonaws.com', USE_KEY, condition);

const RULE = template({
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { Targets: [{ Id: 'One', Arn: ref('Topic'), DeadLetterConfig: { Arn: arn('Queue') } }, { Id: 'Two', Arn: arn('Function') }, { Id: 'Three', Arn: arn('Stream') }] },
  },
  Topic: topic(),
  Policy: topicPolicy(allow('events.amazonaws.com', 'sns:Publish', undefined, ref('Topic'))),
  Key: key(allow('events.amazonaws.com', USE_KEY)),
  Queue: queue({ KmsMasterKeyId: arn('QueueKey') }),
  QueuePolicy: queuePolicy(allow('events.amazonaws.com', 'sqs:SendMessage', from(arn('Rule')), arn('Queue'))),
  QueueKey: key(allow('events.amazonaws.com', USE_KEY, from(arn('Rule')))),
  Function: { Type: 'AWS::Lambda::Function', Properties: {} },
  Permission: permission('events.amazonaws.com', arn('Rule')),
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: {} },
});
const ruleTo = (target: Json, resources: Json = {}): Template => but(RULE, { Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'One', ...target }] } }, ...resources });
const group = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/events/audit' } };
const LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const logPolicyOf = (resource: string): Json => ({
  Type: 'AWS::Logs::ResourcePolicy',
  Properties: {
    PolicyName: 'Events',
    PolicyDocument: { 'Fn::Sub': JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] }, Action: LOG_ACTIONS, Resource: resource }] }) },
  },
});
const customLogPolicy = {
  Type: 'Custom::CloudwatchLogResourcePolicy',
  Properties: {
    Create: {
      'Fn::Join': ['', [
        '{"service":"CloudWatchLogs","action":"putResourcePolicy","parameters":{"policyName":"P","policyDocument":"{\\"Statement\\":[{\\"Action\\":[\\"logs:PutLogEvents\\",\\"logs:CreateLogStream\\"],\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"Service\\":\\"events.amazonaws.com\\"},\\"Resource\\":\\"',
        arn('Group'),
        '\\"}]}"}}',
      ]],
    },
  },
};
const groupArn = { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':logs:', ref('AWS::Region'), ':', ACCOUNT, ':log-group:', ref('Group')]] };

const LOG_SERVICE = { 'Fn::Sub': 'logs.${AWS::Region}.${AWS::URLSuffix}' };
const LOG_KEY_ACTIONS = ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'];
const logContext = (name: string): Json => ({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${name}` } } });
const LOG_KEY = template({
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/app/audit', KmsKeyId: arn('Key') } },
  Key: key(allow(LOG_SERVICE, LOG_KEY_ACTIONS, logContext('/app/*'))),
});
const logKey = (...statements: Json[]): Template => but(LOG_KEY, { Key: key(...statements) });

const ACCESS_LOG = template({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: ref('Logs'), LogFilePrefix: 'files/' } } },
  Logs: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } },
  },
  Policy: bucketPolicy(
    deny('s3:*', PLAIN_HTTP),
    allow('logging.s3.amazonaws.com', 's3:PutObject', from(arn('Bucket')), { 'Fn::Join': ['', [arn('Logs'), '/files/*']] }),
  ),
});
const logsWith = (properties: Json): Template => but(ACCESS_LOG, { Logs: { Type: 'AWS::S3::Bucket', Properties: properties } });
const defaultEncryption = (algorithm: unknown): Json =>
  ({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: algorithm } }] } });

const BUCKET_EVENT = template({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'landing',
      NotificationConfiguration: {
        QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arn('Queue') }],
        LambdaConfigurations: [{ Event: 's3:ObjectRemoved:*', Function: arn('Function') }],
      },
    },
  },
  Queue: queue(),
  Policy: queuePolicy(allow('s3.amazonaws.com', 'sqs:SendMessage', from('arn:aws:s3:::landing'), arn('Queue'))),
  Key: key(allow('s3.amazonaws.com', USE_KEY, from('arn:aws:s3:::land*'))),
  Function: { Type: 'AWS::Lambda::Function', Properties: {} },
  Permission: permission('s3.amazonaws.com', arn('Bucket')),
});

const ARRIVED = {
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [ref('Bucket')] } } } },
};
const toBus = (EventBridgeConfiguration: object): object =>
  ({ Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { EventBridgeConfiguration } } });

const SUBSCRIPTION = template({
  Topic: topic({}),
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: ref('Topic'), Protocol: 'sqs', Endpoint: arn('Queue'), RedrivePolicy: { deadLetterTargetArn: arn('Dead') } },
  },
  Queue: queue(),
  Policy: queuePolicy(allow('sns.amazonaws.com', 'sqs:SendMessage', { ArnEquals: { 'aws:SourceArn': ref('Topic') } }, arn('Queue'))),
  Key: key(allow('sns.amazonaws.com', USE_KEY, { ArnEquals: { 'aws:SourceArn': ref('Topic') } })),
  Dead: queue({ SqsManagedSseEnabled: true }),
  DeadPolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [ref('Dead')], PolicyDocument: { Statement: allow('sns.amazonaws.com', 'sqs:SendMessage', { ArnEquals: { 'aws:SourceArn': ref('Topic') } }) } },
  },
});

const VIA_SQS = { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'sqs.${AWS::Region}.amazonaws.com' }, 'kms:CallerAccount': ACCOUNT } };
const CONSUMER = template({
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: arn('Queue'), FunctionName: ref('Function'), DestinationConfig: { OnFailure: { Destination: ref('Topic') } } },
  },
  Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role') } },
  Role: role(
    grant(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arn('Queue')),
    grant('kms:Decrypt', arn('Key')),
    grant('sns:Publish', ref('Topic')),
  ),
  Queue: queue(),
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ ...ROOT, Action: 'kms:Decrypt', Condition: VIA_SQS }] } } },
  Topic: topic({}),
});
const roleStatements = (t: Template): Json[] => t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement;
const STREAM = template({
  Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arn('Table', 'StreamArn'), FunctionName: ref('Function') } },
  Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role') } },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole' }] },
  },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { KMSMasterKeyId: ref('Key') } } },
  Key: key({ Effect: 'Allow', Principal: { AWS: arn('Role') }, Action: 'kms:Decrypt', Resource: '*' }),
});

const FUNCTION_DLQ = template({
  Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role'), DeadLetterConfig: { TargetArn: arn('Queue') } } },
  Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] } },
  RolePolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: { Roles: [ref('Role')], PolicyDocument: { Statement: [grant(USE_KEY, arn('Key')), grant('sqs:SendMessage', arn('Queue'))] } },
  },
  Queue: queue(),
  Key: key(),
  Invocations: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: ref('Function'), DestinationConfig: { OnFailure: { Destination: arn('Queue') } } } },
});
const ownStatements = (t: Template): Json[] => t.Resources.RolePolicy.Properties.PolicyDocument.Statement;

const REDRIVE = template({
  Queue: queue({ RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 5 } }),
  Dead: queue({ RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [arn('Queue')] } }),
});
const redriveTo = (target: unknown): Template => but(REDRIVE, { Queue: queue({ RedrivePolicy: { deadLetterTargetArn: target } }) });

export const DELIVERY_CASES: readonly ControlCase[] = [
  ...DELIVERY_API_CASES,
  {
    control: 'DELIVERY-ACCESS-LOG',
    passing: {
      'a policy for the prefix': ACCESS_LOG,
      'the log delivery group of an ACL': but(logsWith({ AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }), { Policy: undefined }),
    },
    failing: [
      { finding: 'PolicyDenies::Logs', template: but(ACCESS_LOG, { Policy: undefined }) },
      { finding: 'PolicyDenies::Logs', template: but(ACCESS_LOG, { Policy: bucketPolicy(allow('logging.s3.amazonaws.com', 's3:PutObject', from(arn('Logs')))) }) },
      { finding: 'PolicyDenies::Logs', template: but(logsWith({ AccessControl: 'LogDeliveryWrite' }), { Policy: undefined }) },
      { finding: 'TargetUnfit::Encryption::Logs', template: logsWith(defaultEncryption('aws:kms')) },
      { finding: 'Untold::Logs', template: withParameter(logsWith(defaultEncryption(ref('Given')))) },
      { finding: 'TargetUnfit::Retention::Logs', template: logsWith({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 1 } } } }) },
      { finding: 'Untold::Logs', template: withParameter(logsWith({ ObjectLockConfiguration: { Rule: ref('Given') } })) },
      { finding: 'Untold::${Logs}-old', template: but(ACCESS_LOG, { Bucket: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: { 'Fn::Sub': '${Logs}-old' } } } } }) },
      { finding: 'PolicyDenies::Bucket', template: template({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: {} } } }) },
      { finding: 'Untold::elsewhere', template: template({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: 'elsewhere' } } } }) },
    ],
    mutations: [
      { name: 'drop the policy statement', finding: 'PolicyDenies::Logs', mutate: dropPolicyStatement },
      { name: 'another prefix', finding: 'PolicyDenies::Logs', mutate: (t) => { t.Resources.Bucket.Properties.LoggingConfiguration.LogFilePrefix = 'other/'; } },
      { name: 'deny S3 itself', finding: 'PolicyDenies::Logs', mutate: (t) => policyStatements(t).push(deny('s3:PutObject')) },
    ],
  },
  {
    control: 'DELIVERY-ALARM-TOPIC',
    passing: {
      'policy and key narrowed to the alarm': ALARM,
      'the policy that a topic has by default': but(ALARM, { Policy: undefined }),
      'the owner of the source': alarmPolicy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sns:Publish', Resource: '*', Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } } }),
      'a topic without key': but(ALARM, { Topic: topic({}) }),
      'a key by alias': but(ALARM, { Topic: topic({ KmsMasterKeyId: 'alias/alerts' }), Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/alerts', TargetKeyId: ref('Key') } } }),
      'a named alarm by pattern': but(alarmKey(useKey({ ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:cloudwatch:*:${AWS::AccountId}:alarm:prod-*' } } })), {
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'prod-errors', OKActions: [ref('Topic')], InsufficientDataActions: ref('Topic') } },
      }),
      'the context of the topic': alarmKey(useKey({ StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': ref('Topic') } })),
      'a function, besides an action without policy': but(alarmTo(arn('Function'), 'arn:aws:automate:eu-west-1:ec2:stop'), {
        Function: { Type: 'AWS::Lambda::Function', Properties: {} }, Permission: permission('lambda.alarms.cloudwatch.amazonaws.com', arn('Alarm')),
      }),
      'denies that do not hit services': alarmPolicy(
        publish(),
        deny('sns:Publish', { StringNotEqualsIfExists: { 'aws:PrincipalServiceName': 'cloudwatch.amazonaws.com' } }),
        deny('sns:Publish', { Bool: { 'aws:PrincipalIsAWSService': false } }),
        deny('sns:Publish', { Null: { 'aws:SourceArn': 'true' } }),
        { Effect: 'Deny', NotPrincipal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: '*' },
      ),
    },
    failing: [
      { finding: 'KeyDenies::Topic', template: alarmKey() },
      { finding: 'KeyDenies::Topic', template: but(ALARM, { Key: { Type: 'AWS::KMS::Key', Properties: {} } }) },
      { finding: 'KeyDenies::Topic', template: but(ALARM, { Topic: topic({ KmsMasterKeyId: 'alias/aws/sns' }) }) },
      { finding: 'KeyDenies::Topic', template: alarmKey(useKey({ StringEquals: { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com' } })) },
      { finding: 'KeyDenies::Topic', template: alarmKey(allow('cloudwatch.amazonaws.com', 'kms:Decrypt')) },
      { finding: 'KeyDenies::Topic', template: alarmKey(allow('events.amazonaws.com', USE_KEY)) },
      { finding: 'KeyDenies::Topic', template: alarmKey(useKey({ ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:events:*:${AWS::AccountId}:rule/*' } } })) },
      { finding: 'KeyDenies::Topic', template: alarmKey(useKey({ StringEquals: { 'aws:SourceArn': ANY_ALARM } })) },
      { finding: 'Untold::Topic', template: alarmKey(useKey({ StringEquals: { 'aws:SourceAccount': '999999999999' } })) },
      { finding: 'Untold::Topic', template: alarmKey(useKey({ StringEquals: { 'aws:SourceOrgID': 'o-1234567890' } })) },
      { finding: 'Untold::Topic', template: alarmKey(useKey({ StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } })) },
      { finding: 'Untold::Topic', template: alarmKey(useKey({ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } })) },
      { finding: 'Untold::Topic', template: withParameter(alarmKey(useKey({ StringEquals: { 'aws:SourceAccount': ref('Given') } }))) },
      { finding: 'Untold::Topic', template: withParameter(but(ALARM, { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: ref('Given') } } })) },
      { finding: 'Untold::Topic', template: withParameter(but(ALARM, { Topic: topic({ KmsMasterKeyId: ref('Given') }) })) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(deny('sns:Publish', PLAIN_HTTP)) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(publish(), deny('sns:*')) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(publish(), deny('sns:Publish', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(publish({ ArnEquals: { 'aws:SourceArn': arn('Other') } })) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(allow('cloudwatch.amazonaws.com', 'sns:Subscribe')) },
      { finding: 'Untold::Topic', template: withParameter(alarmPolicy(allow('cloudwatch.amazonaws.com', ref('Given') as any))) },
      { finding: 'Untold::Topic', template: withParameter(alarmPolicy(publish(), deny('sns:Publish', { StringEquals: { 'aws:SourceAccount': ref('Given') } }))) },
      { finding: 'Untold::Topic', template: withParameter(but(ALARM, { Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Given')], PolicyDocument: {} } } })) },
      { finding: `Untold::${FOREIGN_TOPIC}`, template: alarmTo(FOREIGN_TOPIC) },
      { finding: 'Untold::${Given}', template: withParameter(alarmTo(ref('Given'))) },
      { finding: 'Untold::${AWS::NotificationARNs}', template: alarmTo(ref('AWS::NotificationARNs')) },
      { finding: 'Untold::${Nested.Outputs.Topic}', template: but(alarmTo(arn('Nested', 'Outputs.Topic')), { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: {} } }) },
      { finding: 'Untold::Topic', template: alarmPolicy(publish({ Null: { 'aws:SourceArn': ['true', 'false'] } })) },
      { finding: 'Untold::Topic', template: alarmPolicy(publish({ StringEquals: { 'aws:SourceAccount': '${aws:ResourceAccount}' } })) },
      { finding: 'Untold::Topic', template: alarmPolicy({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish' }) },
      { finding: 'Untold::Topic', template: but(ALARM, { Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Topic')], PolicyDocument: { Statement: ['nothing'] } } } }) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(publish({ 'ForAnyValue:StringEquals': { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com' } })) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy({ ...publish(), Resource: undefined, NotResource: ref('Topic') }) },
      { finding: 'PolicyDenies::Topic', template: alarmPolicy(publish(), { ...deny('', undefined), Action: undefined, NotAction: 'sns:Subscribe' }) },
      { finding: 'PolicyDenies::Function', template: but(alarmTo(arn('Function')), { Function: { Type: 'AWS::Lambda::Function', Properties: {} } }) },
    ].map((each) => (JSON.stringify(each.template).includes('"Other"') ? { ...each, template: but(each.template, { Other: { Type: 'AWS::CloudWatch::Alarm', Properties: {} } }) } : each)),
    mutations: [
      { name: 'drop the key statement', finding: 'KeyDenies::Topic', mutate: dropKeyStatement },
      { name: 'drop the topic statement', finding: 'PolicyDenies::Topic', mutate: dropPolicyStatement },
      { name: 'another service in the key policy', finding: 'KeyDenies::Topic', mutate: (t) => { keyStatements(t)[1].Principal.Service = 'events.amazonaws.com'; } },
      { name: 'no data keys', finding: 'KeyDenies::Topic', mutate: (t) => keyStatements(t)[1].Action.pop() },
      { name: 'deny the key', finding: 'KeyDenies::Topic', mutate: (t) => keyStatements(t).push(deny('kms:*')) },
      { name: 'the AWS managed key', finding: 'KeyDenies::Topic', mutate: (t) => { t.Resources.Topic.Properties.KmsMasterKeyId = 'alias/aws/sns'; } },
      { name: 'flip the topic statement', finding: 'PolicyDenies::Topic', mutate: (t) => { policyStatements(t)[1].Effect = 'Deny'; } },
    ],
  },
  {
    control: 'DELIVERY-BUCKET-EVENT',
    passing: {
      'a queue and a function': BUCKET_EVENT,
      'notifications as CDK writes them': but(BUCKET_EVENT, {
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'landing' } },
        Notifications: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: ref('Bucket'), NotificationConfiguration: { QueueConfigurations: [{ QueueArn: arn('Queue') }] } } },
      }),
      'a rule that hears of the bucket': template({ Arrived: ARRIVED, Bucket: toBus({ EventBridgeEnabled: true }) }),
      'a rule that hears by what the CDK writes': template({
        Arrived: ARRIVED,
        Bucket: { Type: 'AWS::S3::Bucket' },
        Notifications: { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: ref('Bucket'), NotificationConfiguration: { EventBridgeConfiguration: {} } } },
      }),
      'a rule on calls, which come by CloudTrail': but(BUCKET_EVENT, {
        Called: { ...ARRIVED, Properties: { EventPattern: { ...ARRIVED.Properties.EventPattern, 'detail-type': ['AWS API Call via CloudTrail'] } } },
      }),
    },
    failing: [
      { finding: 'NotSent::Arrived', template: template({ Arrived: ARRIVED, Bucket: { Type: 'AWS::S3::Bucket' } }) },
      { finding: 'NotSent::Arrived', template: template({ Arrived: ARRIVED, Bucket: toBus({ EventBridgeEnabled: 'false' }) }) },
      { finding: 'Untold::${Given}', template: withParameter(template({ Arrived: ARRIVED, Bucket: toBus({ EventBridgeEnabled: ref('Given') }) })) },
      { finding: 'KeyDenies::Queue', template: but(BUCKET_EVENT, { Key: key() }) },
      { finding: 'PolicyDenies::Queue', template: but(BUCKET_EVENT, { Policy: queuePolicy(allow('s3.amazonaws.com', 'sqs:SendMessage', from('arn:aws:s3:::other'))) }) },
      { finding: 'PolicyDenies::Function', template: but(BUCKET_EVENT, { Permission: undefined }) },
      {
        finding: `Untold::${FOREIGN_TOPIC}`,
        template: template({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { TopicConfigurations: [{ Topic: FOREIGN_TOPIC }] } } } }),
      },
      { finding: 'Untold::${Given}', template: withParameter(template({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: ref('Given') } } })) },
    ],
    mutations: [
      { name: 'drop the key statement', finding: 'KeyDenies::Queue', mutate: dropKeyStatement },
      { name: 'drop the queue statement', finding: 'PolicyDenies::Queue', mutate: dropPolicyStatement },
      { name: 'wait for what is not sent', finding: 'NotSent::Arrived', mutate: (t) => { t.Resources.Arrived = ARRIVED; } },
      { name: 'drop the permission', finding: 'PolicyDenies::Function', mutate: (t) => delete t.Resources.Permission },
      { name: 'permission of another source', finding: 'PolicyDenies::Function', mutate: (t) => { t.Resources.Permission.Properties.SourceArn = 'arn:aws:s3:::other'; } },
    ],
  },
  {
    control: 'DELIVERY-DLQ-REDRIVE',
    passing: {
      'a queue that names its source': REDRIVE,
      'a queue that takes all': but(REDRIVE, { Dead: queue({}) }),
      'policies as JSON text': but(REDRIVE, {
        Queue: queue({ RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn":"${Dead.Arn}","maxReceiveCount":5}' } }),
        Dead: queue({ RedriveAllowPolicy: { 'Fn::Sub': '{"redrivePermission":"byQueue","sourceQueueArns":["${Queue.Arn}"]}' } }),
      }),
    },
    failing: [
      { finding: 'DeadLetterForbids::Dead', template: but(REDRIVE, { Dead: queue({ RedriveAllowPolicy: { redrivePermission: 'denyAll' } }) }) },
      { finding: 'DeadLetterForbids::Dead', template: but(REDRIVE, { Dead: queue({ RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [arn('Dead')] } }) }) },
      { finding: 'DeadLetterForbids::Dead', template: but(REDRIVE, { Dead: queue({ RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' }) }) },
      { finding: 'FifoMismatch::Dead', template: but(REDRIVE, { Dead: queue({ FifoQueue: true }) }) },
      { finding: 'NoTarget', template: redriveTo(undefined) },
      { finding: 'NoTarget', template: but(redriveTo(ref('Topic')), { Topic: topic({}) }) },
      { finding: `Untold::${FOREIGN_QUEUE}`, template: redriveTo(FOREIGN_QUEUE) },
      { finding: 'Untold::${Given}', template: withParameter(but(REDRIVE, { Queue: queue({ RedrivePolicy: ref('Given') }) })) },
      { finding: 'Untold::Dead', template: withParameter(but(REDRIVE, { Dead: queue({ RedriveAllowPolicy: ref('Given') }) })) },
      { finding: 'Untold::Dead', template: withParameter(but(REDRIVE, { Dead: queue({ FifoQueue: ref('Given') }) })) },
    ],
    mutations: [
      { name: 'forbid every source', finding: 'DeadLetterForbids::Dead', mutate: (t) => { t.Resources.Dead.Properties.RedriveAllowPolicy.redrivePermission = 'denyAll'; } },
      { name: 'forget the source', finding: 'DeadLetterForbids::Dead', mutate: (t) => { t.Resources.Dead.Properties.RedriveAllowPolicy.sourceQueueArns = []; } },
      { name: 'a FIFO dead-letter queue', finding: 'FifoMismatch::Dead', mutate: (t) => { t.Resources.Dead.Properties.FifoQueue = 'true'; } },
      { name: 'drop the target', finding: 'NoTarget', mutate: (t) => delete t.Resources.Queue.Properties.RedrivePolicy.deadLetterTargetArn },
    ],
  },
  {
    control: 'DELIVERY-FUNCTION-DLQ',
    passing: {
      'an attached policy': FUNCTION_DLQ,
      'a function whose environment has a key': but(FUNCTION_DLQ, {
        Invocations: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: ref('Function'), DestinationConfig: { OnSuccess: { Destination: arn('Next') } } } },
        Next: { Type: 'AWS::Lambda::Function', Properties: { KmsKeyArn: arn('NextKey') } },
        NextKey: key(),
        RolePolicy: {
          Type: 'AWS::IAM::Policy',
          Properties: { Roles: [ref('Role')], PolicyDocument: { Statement: [grant(USE_KEY, arn('Key')), grant('sqs:SendMessage', arn('Queue')), grant('lambda:InvokeFunction', arn('Next'))] } },
        },
      }),
      'the AWS managed key': but(FUNCTION_DLQ, { Queue: queue({ KmsMasterKeyId: 'alias/aws/sqs' }) }),
      'a boundary that allows it': but(FUNCTION_DLQ, {
        Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: ref('Boundary') } },
        Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: grant('*', '*') } } },
      }),
      'a managed policy of the template': but(FUNCTION_DLQ, {
        Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [ref('Managed')] } },
        Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: grant(['sqs:*', 'kms:*'], '*') } } },
        RolePolicy: undefined,
      }),
    },
    failing: [
      { finding: 'KeyDenies::Queue', template: but(FUNCTION_DLQ, { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } } }) },
      { finding: 'PolicyDenies::Queue', template: but(FUNCTION_DLQ, { RolePolicy: undefined }) },
      { finding: 'PolicyDenies::Queue', template: but(FUNCTION_DLQ, { Policy: queuePolicy(deny('sqs:SendMessage')) }) },
      {
        finding: 'PolicyDenies::Queue',
        template: but(FUNCTION_DLQ, {
          Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: ref('Boundary') } },
          Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: grant('kms:*', '*') } } },
        }),
      },
      {
        finding: 'Untold::Queue',
        template: but(FUNCTION_DLQ, { Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/Boundary' } } }),
      },
      { finding: 'Untold::Queue', template: but(FUNCTION_DLQ, { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/Other'] } }, RolePolicy: undefined }) },
      { finding: 'Untold::Queue', template: but(FUNCTION_DLQ, { Function: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/Other', DeadLetterConfig: { TargetArn: arn('Queue') } } } }) },
      { finding: `Untold::${FOREIGN_QUEUE}`, template: but(FUNCTION_DLQ, { Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role'), DeadLetterConfig: { TargetArn: FOREIGN_QUEUE } } } }) },
    ],
    mutations: [
      { name: 'drop the send statement', finding: 'PolicyDenies::Queue', mutate: (t) => ownStatements(t).pop() },
      { name: 'drop the key grant', finding: 'KeyDenies::Queue', mutate: (t) => ownStatements(t).shift() },
      { name: 'a key that leaves nothing to the account', finding: 'KeyDenies::Queue', mutate: (t) => keyStatements(t).pop() },
      { name: 'grant on another key', finding: 'KeyDenies::Queue', mutate: (t) => { ownStatements(t)[0].Resource = 'arn:aws:kms:eu-west-1:111122223333:alias/other'; } },
    ],
  },
  {
    control: 'DELIVERY-LOG-KEY',
    passing: {
      'a statement for the log groups of a prefix': LOG_KEY,
      'the service by join, without condition': logKey(allow({ 'Fn::Join': ['', ['logs.', ref('AWS::Region'), '.amazonaws.com']] }, ['kms:*'])),
      'log groups of any name': logKey(allow(LOG_SERVICE, LOG_KEY_ACTIONS, logContext('*'))),
    },
    failing: [
      { finding: 'KeyDenies::Group', template: logKey() },
      { finding: 'KeyDenies::Group', template: logKey(allow('logs.amazonaws.com', LOG_KEY_ACTIONS)) },
      { finding: 'KeyDenies::Group', template: logKey(allow(LOG_SERVICE, LOG_KEY_ACTIONS, logContext('/other/*'))) },
      { finding: 'KeyDenies::Group', template: logKey(allow(LOG_SERVICE, LOG_KEY_ACTIONS, { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': arn('Group') } })) },
      { finding: 'Untold::Group', template: logKey(allow('logs.eu-west-1.amazonaws.com', LOG_KEY_ACTIONS)) },
      { finding: 'Untold::Group', template: but(LOG_KEY, { Group: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' } } }) },
      { finding: 'Untold::Group', template: but(LOG_KEY, { Group: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: arn('Key') } } }) },
    ],
    mutations: [
      { name: 'drop the key statement', finding: 'KeyDenies::Group', mutate: dropKeyStatement },
      ...LOG_KEY_ACTIONS.map((action, index) => ({
        name: `drop ${action}`, finding: 'KeyDenies::Group', mutate: (t: Template) => keyStatements(t)[1].Action.splice(index, 1),
      })),
      { name: 'another log group', finding: 'KeyDenies::Group', mutate: (t) => { t.Resources.Group.Properties.LogGroupName = '/other/audit'; } },
    ],
  },
  {
    control: 'DELIVERY-QUEUE-CONSUMER',
    passing: {
      'an encrypted queue': CONSUMER,
      'the stream of a table whose key names the role': STREAM,
      'an alias of a function': but(CONSUMER, {
        Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arn('Queue'), FunctionName: ref('Alias') } },
        Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: ref('Function') } },
      }),
    },
    failing: [
      { finding: 'PolicyDenies::Queue', template: but(CONSUMER, { Role: role() }) },
      { finding: 'KeyDenies::Queue', template: but(CONSUMER, { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [{ ...ROOT, Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 's3.${AWS::Region}.amazonaws.com' } } } }] } } } }) },
      { finding: 'PolicyDenies::Table', template: but(STREAM, { Role: role(grant('dynamodb:GetRecords', '*')) }) },
      { finding: 'KeyDenies::Table', template: but(STREAM, { Key: key() }) },
      { finding: `Untold::${FOREIGN_QUEUE}`, template: template({ Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: FOREIGN_QUEUE, FunctionName: 'given' } } }) },
      { finding: 'Untold::Queue', template: but(CONSUMER, { Function: undefined }) },
      { finding: 'Untold::Topic', template: but(CONSUMER, { Function: undefined }) },
      { finding: 'Untold::${Nested.Outputs.Queue}', template: template({ Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arn('Nested', 'Outputs.Queue') } }, Nested: { Type: 'AWS::CloudFormation::Stack' } }) },
    ],
    mutations: [
      { name: 'drop the send statement', finding: 'PolicyDenies::Topic', mutate: (t) => roleStatements(t).pop() },
      { name: 'drop the key grant', finding: 'KeyDenies::Queue', mutate: (t) => roleStatements(t).splice(1, 1) },
      { name: 'drop the receive statement', finding: 'PolicyDenies::Queue', mutate: (t) => roleStatements(t).shift() },
      { name: 'drop the delete action', finding: 'PolicyDenies::Queue', mutate: (t) => roleStatements(t)[0].Action.splice(1, 1) },
      { name: 'drop the key statement', finding: 'KeyDenies::Queue', mutate: dropKeyStatement },
      { name: 'deny decryption', finding: 'KeyDenies::Queue', mutate: (t) => roleStatements(t).push({ Effect: 'Deny', Action: 'kms:*', Resource: '*' }) },
    ],
  },
  {
    control: 'DELIVERY-RULE-TARGET',
    passing: {
      'a topic with a dead-letter queue, and a function': RULE,
      'a log group': ruleTo({ Arn: groupArn }, { Group: group, LogPolicy: logPolicyOf('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/events/*:*') }),
      'a log group as CDK writes it': ruleTo({ Arn: groupArn }, { Group: { Type: 'AWS::Logs::LogGroup', Properties: {} }, LogPolicy: customLogPolicy }),
      'an alias of a function': ruleTo({ Arn: ref('Alias') }, {
        Alias: { Type: 'AWS::Lambda::Alias', Properties: {} },
        Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:*', FunctionName: ref('Alias'), Principal: 'events.amazonaws.com' } },
      }),
      'a queue by role': ruleTo({ Arn: arn('Queue'), RoleArn: arn('Role') }, { Role: role(grant('sqs:SendMessage', arn('Queue')), grant(USE_KEY, arn('QueueKey'))) }),
    },
    failing: [
      { finding: 'KeyDenies::Topic', template: but(RULE, { Key: key(allow('events.amazonaws.com', USE_KEY, { StringEquals: { 'aws:SourceAccount': ACCOUNT } })) }) },
      { finding: 'KeyDenies::Topic', template: but(RULE, { Key: key(allow('events.amazonaws.com', USE_KEY, { ArnLike: { 'aws:SourceArn': arn('Rule') } })) }) },
      { finding: 'KeyDenies::Topic', template: but(RULE, { Key: key(allow('events.amazonaws.com', USE_KEY, { StringEquals: { 'aws:SourceOrgID': 'o-1234567890' } })) }) },
      { finding: 'PolicyDenies::Topic', template: but(RULE, { Policy: undefined }) },
      { finding: 'Untold::Topic', template: but(RULE, { Policy: topicPolicy(allow('events.amazonaws.com', 'sns:Publish', from(arn('Rule')))) }) },
      { finding: 'KeyDenies::Queue', template: but(RULE, { QueueKey: key() }) },
      { finding: 'PolicyDenies::Queue', template: but(RULE, { QueuePolicy: undefined }) },
      { finding: 'PolicyDenies::Function', template: but(RULE, { Permission: permission('events.amazonaws.com', arn('Topic', 'TopicArn')) }) },
      {
        finding: 'PolicyDenies::Function',
        template: but(RULE, { Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { 'Fn::Sub': '${Function.Arn}:live' }, Principal: 'events.amazonaws.com' } } }),
      },
      {
        finding: 'Untold::Function',
        template: withParameter(but(RULE, { Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('Given'), Principal: 'events.amazonaws.com' } } })),
      },
      { finding: 'PolicyDenies::Queue', template: but(RULE, { Rule: { Type: 'AWS::Events::Rule', Properties: { ...RULE.Resources.Rule.Properties, EventBusName: 'orders' } }, QueuePolicy: queuePolicy(allow('events.amazonaws.com', 'sqs:SendMessage', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/billing/*' } })) }) },
      { finding: 'PolicyDenies::Group', template: ruleTo({ Arn: arn('Group') }, { Group: group }) },
      { finding: 'PolicyDenies::Group', template: ruleTo({ Arn: arn('Group') }, { Group: group, LogPolicy: logPolicyOf('arn:aws:logs:*:*:log-group:/aws/lambda/*:*') }) },
      { finding: 'Untold::Group', template: withParameter(ruleTo({ Arn: arn('Group') }, { Group: group, LogPolicy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: ref('Given') } } })) },
      { finding: 'Untold::Group', template: ruleTo({ Arn: arn('Group') }, { Group: group, LogPolicy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: '{' } } }) },
      { finding: 'Untold::Group', template: ruleTo({ Arn: arn('Group'), RoleArn: arn('Role') }, { Group: group, Role: role() }) },
      { finding: 'PolicyDenies::Queue', template: ruleTo({ Arn: arn('Queue'), RoleArn: arn('Role') }, { Role: role() }) },
      { finding: `Untold::${FOREIGN_TOPIC}`, template: ruleTo({ Arn: FOREIGN_TOPIC }) },
      { finding: 'Untold::Targets', template: withParameter(template({ Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: ref('Given') } } })) },
    ],
    mutations: [
      { name: 'drop the key statement', finding: 'KeyDenies::Topic', mutate: dropKeyStatement },
      { name: 'drop the topic statement', finding: 'PolicyDenies::Topic', mutate: dropPolicyStatement },
      { name: 'drop the permission', finding: 'PolicyDenies::Function', mutate: (t) => delete t.Resources.Permission },
      { name: 'drop the queue statement', finding: 'PolicyDenies::Queue', mutate: (t) => t.Resources.QueuePolicy.Properties.PolicyDocument.Statement.pop() },
      { name: 'drop the key statement of the queue', finding: 'KeyDenies::Queue', mutate: (t) => t.Resources.QueueKey.Properties.KeyPolicy.Statement.pop() },
      { name: 'ask for the account in the key policy', finding: 'KeyDenies::Topic', mutate: (t) => { keyStatements(t)[1].Condition = { StringEquals: { 'aws:SourceAccount': ACCOUNT } }; } },
    ],
  },
  {
    control: 'DELIVERY-TOPIC-SUBSCRIPTION',
    passing: {
      'a queue with a dead-letter queue': SUBSCRIPTION,
      'a redrive policy as JSON text': but(SUBSCRIPTION, {
        Subscription: { Type: 'AWS::SNS::Subscription', Properties: { ...SUBSCRIPTION.Resources.Subscription.Properties, RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn":"${Dead.Arn}"}' } } },
      }),
      'a subscription within the topic': but(SUBSCRIPTION, { Topic: topic({ Subscription: [{ Protocol: 'sqs', Endpoint: arn('Queue') }] }), Subscription: undefined }),
      'a function': but(SUBSCRIPTION, {
        Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Topic'), Protocol: 'lambda', Endpoint: arn('Function') } },
        Function: { Type: 'AWS::Lambda::Function', Properties: {} },
        Permission: permission('sns.amazonaws.com', ref('Topic')),
      }),
    },
    failing: [
      { finding: 'KeyDenies::Queue', template: but(SUBSCRIPTION, { Key: key(allow('sns.amazonaws.com', USE_KEY, from('arn:aws:s3:::landing'))) }) },
      { finding: 'PolicyDenies::Queue', template: but(SUBSCRIPTION, { Policy: undefined }) },
      { finding: 'PolicyDenies::Queue', template: but(SUBSCRIPTION, { Later: queuePolicy(allow('events.amazonaws.com', 'sqs:SendMessage')) }) },
      { finding: 'PolicyDenies::Dead', template: but(SUBSCRIPTION, { DeadPolicy: undefined }) },
      { finding: `Untold::${FOREIGN_QUEUE}`, template: but(SUBSCRIPTION, { Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Topic'), Protocol: 'sqs', Endpoint: FOREIGN_QUEUE } } }) },
      { finding: 'Untold::${Given}', template: withParameter(but(SUBSCRIPTION, { Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Topic'), Protocol: 'email', RedrivePolicy: ref('Given') } } })) },
      { finding: 'Untold::Queue', template: withParameter(but(SUBSCRIPTION, { Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Given'), Protocol: 'sqs', Endpoint: arn('Queue') } } })) },
    ],
    mutations: [
      { name: 'drop the key statement', finding: 'KeyDenies::Queue', mutate: dropKeyStatement },
      { name: 'drop the queue statement', finding: 'PolicyDenies::Queue', mutate: dropPolicyStatement },
      { name: 'drop the policy of the dead-letter queue', finding: 'PolicyDenies::Dead', mutate: (t) => delete t.Resources.DeadPolicy },
      { name: 'another topic', finding: 'PolicyDenies::Queue', mutate: (t) => { policyStatements(t)[0].Condition.ArnEquals['aws:SourceArn'] = { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:*' }; } },
    ],
  },
];
