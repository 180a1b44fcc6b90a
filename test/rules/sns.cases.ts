import { ControlCase, Template } from './control-case';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TOPIC = { Ref: 'Topic' };

const topic = (properties: object): Template => ({
  Parameters: { Told: { Type: 'String' } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: properties } },
});

const withPolicy = (statement: any, topics: any[] = [TOPIC]): Template => {
  const template = topic({});
  template.Resources.Policy = { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: topics, PolicyDocument: { Statement: [statement] } } };
  return template;
};

const inlinePolicy = (statement: any): Template => {
  const template = topic({});
  template.Resources.Policy = { Type: 'AWS::SNS::TopicInlinePolicy', Properties: { TopicArn: TOPIC, PolicyDocument: { Statement: statement } } };
  return template;
};

const denyHttp = (change: object = {}) => ({
  Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TOPIC, Condition: { Bool: { 'aws:SecureTransport': 'false' } }, ...change,
});

const allow = (change: object = {}) => ({
  Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: TOPIC, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }, ...change,
});

const subscription = (properties: object): Template => ({
  Parameters: { Told: { Type: 'String' } },
  Resources: { Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders', ...properties } } },
});

const statementOf = (template: Template) => template.Resources.Policy.Properties.PolicyDocument.Statement[0];

export const SNS_CASES: readonly ControlCase[] = [
  {
    control: 'TOPIC-CMK',
    passing: { 'key by ARN': topic({ KmsMasterKeyId: KEY_ARN }) },
    failing: [
      { finding: 'NoKey', template: topic({}) },
      { finding: 'AwsManagedKey', template: topic({ KmsMasterKeyId: 'alias/aws/sns' }) },
      { finding: 'UnresolvedKey', template: topic({ KmsMasterKeyId: { Ref: 'Told' } }) },
    ],
    mutations: [
      { name: 'drop the key', finding: 'NoKey', mutate: (t) => delete t.Resources.Topic.Properties.KmsMasterKeyId },
      { name: 'use the key of SNS', finding: 'AwsManagedKey', mutate: (t) => { t.Resources.Topic.Properties.KmsMasterKeyId = 'alias/aws/sns'; } },
    ],
  },
  {
    control: 'TOPIC-TLS',
    passing: {
      'one statement': withPolicy(denyHttp()),
      'by attribute, among other actions': withPolicy(denyHttp({ Action: ['SNS:Subscribe', 'SNS:Publish'], Resource: { 'Fn::GetAtt': ['Topic', 'TopicArn'] } })),
      'an inline policy': inlinePolicy(denyHttp()),
    },
    failing: [
      { finding: 'NoDeny', template: topic({}) },
      { finding: 'NoDeny', template: withPolicy(allow()) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Action: 'sns:Subscribe' })) },
      { finding: 'WeakDeny', template: withPolicy(denyHttp({ Action: undefined, NotAction: 'sns:Subscribe' })) },
      { finding: 'UntoldPolicy', template: withPolicy(denyHttp(), [{ Ref: 'Told' }]) },
      { finding: 'UntoldPolicy', template: withPolicy(denyHttp({ Effect: { Ref: 'Told' } })) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'NoDeny', mutate: (t) => delete t.Resources.Policy },
      { name: 'narrow the caller', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Principal = { Service: 'events.amazonaws.com' }; } },
      { name: 'flip the condition', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Condition.Bool['aws:SecureTransport'] = 'true'; } },
      { name: 'deny for another topic', finding: 'WeakDeny', mutate: (t) => { statementOf(t).Resource = 'arn:aws:sns:eu-west-1:111122223333:other'; } },
    ],
  },
  {
    control: 'TOPIC-POLICY-PUBLIC',
    passing: {
      'the own account': withPolicy(allow()),
      'the default policy of SNS': withPolicy(allow({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } } })),
      'an inline policy for a service': inlinePolicy(allow({ Principal: { Service: 'cloudwatch.amazonaws.com' } })),
    },
    failing: [
      { finding: 'PublicAllow', template: withPolicy(allow({ Condition: undefined })) },
      { finding: 'PublicAllow', template: withPolicy(allow({ Action: 'sns:Subscribe', Condition: { StringEquals: { 'sns:Protocol': 'https' } } })) },
      { finding: 'AllowNotPrincipal', template: inlinePolicy(allow({ Principal: undefined, NotPrincipal: { AWS: '444455556666' } })) },
      { finding: 'UntoldStatement', template: withPolicy(allow({ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'Told' } } } })) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'PublicAllow', mutate: (t) => delete statementOf(t).Condition },
      { name: 'widen the condition', finding: 'PublicAllow', mutate: (t) => { statementOf(t).Condition = { StringLike: { 'aws:SourceAccount': '*' } }; } },
    ],
  },
  {
    control: 'TOPIC-POLICY-SERVICE',
    passing: {
      'the own account': withPolicy(allow({ Principal: { Service: 'cloudwatch.amazonaws.com' } })),
      'EventBridge, which sends no source': withPolicy(allow({ Principal: { Service: 'events.amazonaws.com' }, Condition: undefined })),
    },
    failing: [
      { finding: 'NoSource', template: withPolicy(allow({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: undefined })) },
      { finding: 'NoSource', template: withPolicy(allow({ Principal: { Service: ['events.amazonaws.com', 's3.amazonaws.com'] }, Condition: undefined })) },
      { finding: 'NoSource', template: withPolicy(allow({ Principal: { Service: 'events.amazonaws.com' }, Action: ['sns:Publish', 'sns:Subscribe'], Condition: undefined })) },
      { finding: 'UntoldStatement', template: inlinePolicy({ 'Fn::Transform': {} }) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'NoSource', mutate: (t) => delete statementOf(t).Condition },
    ],
  },
  {
    control: 'TOPIC-SUBSCRIPTION-TLS',
    passing: {
      'https': subscription({ Protocol: 'https' }),
      'https, for a topic that has no subscription inside': { Resources: { ...topic({}).Resources, ...subscription({ Protocol: 'https' }).Resources } },
      'email': subscription({ Protocol: 'email' }),
      'a subscription of the topic itself': topic({ Subscription: [{ Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:111122223333:orders' }] }),
    },
    failing: [
      { finding: 'PlainHttp', template: subscription({ Protocol: 'http' }) },
      { finding: 'PlainHttp', template: topic({ Subscription: [{ Protocol: 'https' }, { Protocol: 'http' }] }) },
      { finding: 'UntoldProtocol', template: subscription({ Protocol: { Ref: 'Told' } }) },
      { finding: 'UntoldProtocol', template: topic({ Subscription: { Ref: 'Told' } }) },
    ],
    mutations: [
      { name: 'drop TLS', finding: 'PlainHttp', mutate: (t) => { t.Resources.Subscription.Properties.Protocol = 'http'; } },
    ],
  },
];
