import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:undelivered';
const TARGET_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:worker';

const template = (type: string, properties: object): Template => ({
  Parameters: { Parameter: { Type: 'String' } }, Resources: { Resource: { Type: type, Properties: properties } },
});
const rule = (...targets: object[]): Template => template('AWS::Events::Rule', { Targets: targets });
const destination = (InvocationEndpoint: unknown): Template => template('AWS::Events::ApiDestination', { HttpMethod: 'POST', InvocationEndpoint });
const busPolicy = (properties: object): Template => template('AWS::Events::EventBusPolicy', { StatementId: 'Senders', ...properties });
const statement = (properties: object): Template => busPolicy({
  Statement: { Effect: 'Allow', Action: 'events:PutEvents', Resource: 'arn:aws:events:eu-west-1:111122223333:event-bus/orders', ...properties },
});

export const EVENTS_CASES: readonly ControlCase[] = [
  {
    control: 'EVENT-BUS-PUBLIC',
    passing: {
      'one organization': busPolicy({
        Action: 'events:PutEvents', Principal: '*', Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-a1b2c3d4e5' },
      }),
      'one account': busPolicy({ Action: 'events:PutEvents', Principal: '444455556666' }),
      'a statement for one account': statement({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }),
      'a statement for one organization': statement({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] } } }),
    },
    failing: [
      { finding: 'Public', template: busPolicy({ Action: 'events:PutEvents', Principal: '*' }) },
      { finding: 'Public', template: statement({ Principal: '*' }) },
      { finding: 'Public', template: statement({ Principal: { AWS: ['444455556666', '*'] } }) },
      { finding: 'Public', template: statement({ Principal: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }) },
      { finding: 'Public', template: statement({ Principal: '*', Condition: { StringEquals: { 'events:detail-type': 'order' } } }) },
      { finding: 'Public', template: statement({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': '*' } } }) },
      { finding: 'Public', template: statement({ NotPrincipal: { AWS: '444455556666' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }) },
      { finding: 'UnresolvedStatement', template: statement({ Principal: '*', Condition: PARAMETER }) },
      { finding: 'UnresolvedStatement', template: busPolicy({ Statement: PARAMETER }) },
      { finding: 'UnresolvedStatement', template: busPolicy({ Action: 'events:PutEvents', Principal: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'Public', mutate: (t) => delete t.Resources.Resource.Properties.Condition },
      { name: 'negate the condition', finding: 'Public', mutate: (t) => { t.Resources.Resource.Properties.Condition.Type = 'StringNotEquals'; } },
      {
        name: 'widen the condition',
        finding: 'Public',
        mutate: (t) => { t.Resources.Resource.Properties.Condition = { Type: 'StringLike', Key: 'aws:PrincipalOrgID', Value: '*' }; },
      },
    ],
  },
  {
    control: 'EVENT-DESTINATION-TLS',
    passing: {
      'https': destination('https://hooks.example.com/orders/*'),
      'https with a host that only deployment tells': destination({ 'Fn::Sub': 'https://${Parameter}/orders' }),
    },
    failing: [
      { finding: 'PlainHttp', template: destination('http://hooks.example.com/orders') },
      { finding: 'PlainHttp', template: destination({ 'Fn::Sub': 'http://${Parameter}/orders' }) },
      { finding: 'PlainHttp', template: destination(undefined) },
      { finding: 'UnresolvedEndpoint', template: destination(PARAMETER) },
      { finding: 'UnresolvedEndpoint', template: destination('{{resolve:ssm:/partners/url}}') },
    ],
    mutations: [{ name: 'switch to plain HTTP', finding: 'PlainHttp', mutate: (t) => { t.Resources.Resource.Properties.InvocationEndpoint = 'http://hooks.example.com'; } }],
  },
  {
    control: 'EVENT-RULE-DLQ',
    passing: { 'a queue for each target': rule({ Id: 'Worker', Arn: TARGET_ARN, DeadLetterConfig: { Arn: QUEUE_ARN } }) },
    failing: [
      { finding: 'NoDlq::Worker', template: rule({ Id: 'Worker', Arn: TARGET_ARN }) },
      { finding: 'NoDlq::Second', template: rule({ Id: 'First', Arn: TARGET_ARN, DeadLetterConfig: { Arn: QUEUE_ARN } }, { Id: 'Second', Arn: TARGET_ARN }) },
      { finding: 'UnresolvedDlq::Worker', template: rule({ Id: 'Worker', Arn: TARGET_ARN, DeadLetterConfig: { Arn: PARAMETER } }) },
      { finding: 'UnresolvedTargets', template: template('AWS::Events::Rule', { Targets: PARAMETER }) },
      { finding: 'UnresolvedTargets', template: rule(PARAMETER) },
    ],
    mutations: [
      { name: 'drop the queue', finding: 'NoDlq::Worker', mutate: (t) => delete t.Resources.Resource.Properties.Targets[0].DeadLetterConfig },
      { name: 'add a target', finding: 'NoDlq::Other', mutate: (t) => t.Resources.Resource.Properties.Targets.push({ Id: 'Other', Arn: TARGET_ARN }) },
    ],
  },
];
