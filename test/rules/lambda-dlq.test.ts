import { check, RULES } from '../../src/rules';

const FUNCTION_ARN = { 'Fn::GetAtt': ['Function', 'Arn'] };
const PERMISSION = {
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: FUNCTION_ARN, Principal: 'transfer.amazonaws.com' },
};

function outcomesOf(resources: Readonly<Record<string, object>>): string[] {
  const template = { Resources: { Function: { Type: 'AWS::Lambda::Function', Properties: {} }, ...resources } };
  return check([{ name: 'Stack', template }], RULES.filter((rule) => rule.control === 'LAMBDA-DLQ')).map(({ outcome, message }) => `${outcome}: ${message}`);
}

test('does not apply to an identity provider, whose answer a server waits for', () => {
  const server = { Type: 'AWS::Transfer::Server', Properties: { IdentityProviderDetails: { Function: FUNCTION_ARN } } };
  expect(outcomesOf({ Server: server, Permission: PERMISSION })).toEqual(['not-applicable: every caller waits for the answer, or polls']);
});

test('applies to a function of a workflow, which waits for a callback instead', () => {
  const workflow = { Type: 'AWS::Transfer::Workflow', Properties: { Steps: [{ Type: 'CUSTOM', CustomStepDetails: { Target: FUNCTION_ARN } }] } };
  expect(outcomesOf({ Workflow: workflow })).toEqual(['violation: an event that fails after its retries is lost']);
});
