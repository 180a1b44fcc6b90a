import { check, RULES } from '../../src/rules';

const denyHttp = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const allowEvents = {
  Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
};

/** The findings of one control about a queue with these policies, each a list of statements. */
function findings(control: string, ...policies: object[][]): string[] {
  const Resources = {
    Queue: { Type: 'AWS::SQS::Queue' },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'Queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] } },
    ...Object.fromEntries(policies.map((Statement, index) => [`Policy${index}`, { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement } } }])),
  };
  return check([{ name: 'T', template: { Resources } }], RULES.filter((rule) => rule.control === control))
    .filter(({ finding }) => finding !== '').map(({ finding, message }) => `${finding}: ${message}`);
}

describe('policies of which one replaces the others', () => {
  test.each([[[denyHttp], [allowEvents]], [[allowEvents], [denyHttp]]])('do not add up to a Deny', (...policies) => {
    expect(findings('QUEUE-TLS', ...policies)).toEqual(['NoDeny: of 2 policies one replaces the others: no statement denies by aws:securetransport']);
  });

  test.each([[[denyHttp], [allowEvents]], [[allowEvents], [denyHttp]]])('do not add up to a grant', (...policies) => {
    expect(findings('DELIVERY-RULE-TARGET', ...policies)).toEqual(['PolicyDenies::Queue: the policy of Queue: no statement allows events.amazonaws.com to call sqs:SendMessage']);
  });

  test('hold where each of them does', () => {
    expect(findings('QUEUE-TLS', [denyHttp], [denyHttp, allowEvents])).toEqual([]);
    expect(findings('DELIVERY-RULE-TARGET', [allowEvents], [denyHttp, allowEvents])).toEqual([]);
  });

  test('are open as soon as one of them is', () => {
    expect(findings('QUEUE-POLICY-PUBLIC', [denyHttp], [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }])).toHaveLength(1);
  });
});
