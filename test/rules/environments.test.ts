import { check, Graph, RULES, TemplateSource } from '../../src/rules';
import { at, Reference, Unresolved } from '../../src/rules/values';

type Json = Record<string, any>;

const TEST = { account: '111111111111', region: 'eu-west-1' };
const PRODUCTION = { account: '222222222222', region: 'eu-west-1' };

function findings(control: string, ...sources: TemplateSource[]): string[] {
  return check(sources, RULES.filter((rule) => rule.control === control)).filter((v) => v.finding !== '').map((v) => `${v.template} ${v.finding}`);
}

describe('environments that use the same names', () => {
  const queue = (properties: Json = {}): Json => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: 'inbox', ...properties } });
  const policy: Json = {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: ['https://sqs.eu-west-1.amazonaws.com/inbox'],
      PolicyDocument: { Statement: { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } } },
    },
  };

  test('lend each other no policy', () => {
    const guarded = { name: 'Test', template: { Resources: { Queue: queue(), Policy: policy } }, ...TEST };
    const open = { name: 'Production', template: { Resources: { Queue: queue() } }, ...PRODUCTION };
    expect(findings('QUEUE-TLS', guarded, open)).toEqual(['Production NoDeny']);
    expect(findings('QUEUE-TLS', open, guarded)).toEqual(['Production NoDeny']);
  });

  test('are told apart by the account of an ARN', () => {
    const sources = [{ name: 'Test', template: { Resources: { Queue: queue() } }, ...TEST }, { name: 'Production', template: { Resources: { Queue: queue() } }, ...PRODUCTION }];
    const graph = new Graph(sources);
    expect(graph.find('arn:aws:sqs:eu-west-1:222222222222:inbox', 'AWS::SQS::Queue', 'Test')?.template).toBe('Production');
    expect(graph.find('arn:aws:sqs:eu-west-1:333333333333:inbox', 'AWS::SQS::Queue')).toBeUndefined();
    expect(graph.find('arn:aws:sqs:us-east-1:222222222222:inbox', 'AWS::SQS::Queue')).toBeUndefined();
    expect(graph.find('inbox', 'AWS::SQS::Queue')).toBeUndefined();
    expect(graph.find('inbox', 'AWS::SQS::Queue', 'Production')?.template).toBe('Production');
  });

  test('find what stands in another stack of the same account and Region', () => {
    const graph = new Graph([
      { name: 'Test', template: { Resources: { Queue: queue() } }, ...TEST }, { name: 'Production', template: { Resources: { Queue: queue() } }, ...PRODUCTION },
      { name: 'Alarms', template: { Resources: {} }, ...PRODUCTION },
    ]);
    expect(graph.find('inbox', 'AWS::SQS::Queue', 'Alarms')?.template).toBe('Production');
  });

  test('lend each other no rights of a role', () => {
    const role: Json = {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'operator',
        AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: { Ref: 'AWS::AccountId' } }, Action: 'sts:AssumeRole' } },
      },
    };
    const rights: Json = { Type: 'AWS::IAM::Policy', Properties: { Roles: ['operator'], PolicyDocument: { Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' } } } };
    expect(findings('ROLE-MFA',
      { name: 'Production', template: { Resources: { Role: role, Rights: rights } }, ...PRODUCTION },
      { name: 'Test', template: { Resources: { Role: role } }, ...TEST })).toEqual(['Production NoMfa']);
  });
});

describe('exports of the same name', () => {
  const shared = (logicalId: string): Json => ({ Resources: { [logicalId]: { Type: 'AWS::KMS::Key' } }, Outputs: { Key: { Value: { 'Fn::GetAtt': [logicalId, 'Arn'] }, Export: { Name: 'key' } } } });
  const importer = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'key' } } } } };
  const keyIn = (...sources: TemplateSource[]) => at(new Graph(sources).ofType('AWS::SQS::Queue')[0].properties, 'KmsMasterKeyId');

  test('are those of the importing environment', () => {
    const key = keyIn({ name: 'A', template: shared('KeyA'), ...TEST }, { name: 'B', template: shared('KeyB'), ...PRODUCTION }, { name: 'Q', template: importer, ...TEST });
    expect((key as Reference).resource.logicalId).toBe('KeyA');
  });

  test('are untold where two could be meant', () => {
    expect(keyIn({ name: 'A', template: shared('KeyA') }, { name: 'B', template: shared('KeyB') }, { name: 'Q', template: importer })).toBeInstanceOf(Unresolved);
  });

  test('are found across environments where there is one', () => {
    expect(keyIn({ name: 'A', template: shared('KeyA') }, { name: 'Q', template: importer, ...TEST })).toBeInstanceOf(Reference);
  });
});
