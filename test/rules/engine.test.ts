import * as fc from 'fast-check';
import { check, compliant, Graph, Rule, RULES, TemplateError, violation } from '../../src/rules';
import { at, describe as text, isUnknown, Pseudo, Reference, Text, Unresolved } from '../../src/rules/values';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function propertyOf(template: object, path: string) {
  const graph = new Graph([{ name: 'T', template: { Resources: {}, ...template } }]);
  return at(graph.resources.find((resource) => resource.logicalId === 'Queue')!.properties, path);
}

function queueWith(value: unknown, others: object = {}) {
  return { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: value } }, Key: { Type: 'AWS::KMS::Key' } }, ...others };
}

describe('values', () => {
  test.each<[string, unknown, object, string]>([
    ['a Ref to a resource', { Ref: 'Key' }, {}, '${Key}'],
    ['an attribute as list', { 'Fn::GetAtt': ['Key', 'Arn'] }, {}, '${Key.Arn}'],
    ['an attribute as text', { 'Fn::GetAtt': 'Key.Arn' }, {}, '${Key.Arn}'],
    ['a parameter', { Ref: 'Param' }, { Parameters: { Param: { Type: 'String', Default: KEY_ARN } } }, '${Param}'],
    ['a pseudo parameter', { Ref: 'AWS::AccountId' }, {}, '${AWS::AccountId}'],
    ['a join of literals', { 'Fn::Join': ['/', ['alias', 'aws', 'sqs']] }, {}, 'alias/aws/sqs'],
    ['a join with a reference', { 'Fn::Join': ['', ['a-', { Ref: 'Key' }]] }, {}, 'a-${Key}'],
    ['a substitution', { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:1:key/${Key}' }, {}, 'arn:${AWS::Partition}:kms:${AWS::Region}:1:key/${Key}'],
    ['a substitution with its own variables', { 'Fn::Sub': ['${a}/${!b}', { a: 'x' }] }, {}, 'x/${b}'],
    ['a mapping', { 'Fn::FindInMap': ['M', 'a', 'b'] }, { Mappings: { M: { a: { b: 'found' } } } }, 'found'],
    ['a mapping by parameter', { 'Fn::FindInMap': ['M', { Ref: 'Param' }, 'b'] }, {}, '${Fn::FindInMap}'],
    ['a selection from a split', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, {}, 'b'],
    ['an unknown import', { 'Fn::ImportValue': 'Nobody' }, {}, '${Fn::ImportValue Nobody}'],
    ['an unknown function', { 'Fn::Transform': {} }, {}, '${Fn::Transform}'],
  ])('resolve %s', (_name, value, others, expected) => {
    expect(text(propertyOf(queueWith(value, others), 'KmsMasterKeyId'))).toBe(expected);
  });

  test('tell a parameter from a pseudo parameter, a reference and a text', () => {
    expect(propertyOf(queueWith({ Ref: 'Param' }), 'KmsMasterKeyId')).toBeInstanceOf(Unresolved);
    expect(propertyOf(queueWith({ Ref: 'AWS::Region' }), 'KmsMasterKeyId')).toBeInstanceOf(Pseudo);
    expect(propertyOf(queueWith({ Ref: 'Key' }), 'KmsMasterKeyId')).toBeInstanceOf(Reference);
    const partly = propertyOf(queueWith({ 'Fn::Sub': 'a-${Param}' }), 'KmsMasterKeyId');
    expect(partly).toBeInstanceOf(Text);
    expect(isUnknown(partly)).toBe(true);
  });

  test('leave out AWS::NoValue', () => {
    expect(propertyOf(queueWith({ Ref: 'AWS::NoValue' }), 'KmsMasterKeyId')).toBeUndefined();
  });

  test('follow an import to the resource that another template exports', () => {
    const graph = new Graph([
      { name: 'A', template: { Resources: { Key: { Type: 'AWS::KMS::Key' } }, Outputs: { O: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'A:Key' } } } } },
      { name: 'B', template: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'A:Key' } } } } } },
    ]);
    const value = at(graph.ofType('AWS::SQS::Queue')[0].properties, 'KmsMasterKeyId');
    expect((value as Reference).resource).toBe(graph.ofType('AWS::KMS::Key')[0]);
  });

  test('are not read from the prototype', () => {
    expect(propertyOf(queueWith('x'), 'constructor')).toBeUndefined();
    expect(propertyOf(queueWith('x'), '__proto__.polluted')).toBeUndefined();
  });
});

describe('scenarios', () => {
  const conditional = queueWith({ 'Fn::If': ['HasKey', KEY_ARN, { Ref: 'AWS::NoValue' }] }, {
    Conditions: { HasKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Param' }, ''] }] } },
  });

  test('a property that is right in one branch only is a finding', () => {
    const found = check([{ name: 'T', template: conditional }], RULES.filter((rule) => rule.control === 'QUEUE-CMK'));
    expect(found.map((verdict) => verdict.finding)).toEqual(['NoKey']);
  });

  test('a finding that is certain in one branch stays so where another does not tell', () => {
    const key = (condition: boolean[]) => ({
      Parameters: { Given: { Type: 'String' } },
      Conditions: { Told: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
      Resources: {
        Key: {
          Type: 'AWS::KMS::Key',
          Properties: {
            KeyPolicy: {
              Statement: {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::444455556666:root' },
                Resource: '*',
                Action: { 'Fn::If': ['Told', ...condition.map((known) => (known ? 'kms:Decrypt' : { Ref: 'Given' }))] },
              },
            },
          },
        },
      },
    });
    for (const template of [key([true, false]), key([false, true])]) {
      const verdicts = check([{ name: 'T', template }], RULES.filter((rule) => rule.control === 'KEY-FOREIGN-ACCOUNT'));
      expect(verdicts.map(({ outcome, finding }) => `${outcome} ${finding}`)).toEqual(['violation Foreign::arn:aws:iam::444455556666:root']);
    }
  });

  test('a resource is judged only where its condition holds', () => {
    const template = {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
    };
    expect(check([{ name: 'T', template }], RULES)).toEqual([]);
  });

  test('conditions that exclude each other are not combined', () => {
    const template = {
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] } },
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Prod', Properties: { KmsMasterKeyId: { 'Fn::If': ['NotProd', { Ref: 'AWS::NoValue' }, KEY_ARN] } } } },
    };
    expect(check([{ name: 'T', template }], RULES.filter((rule) => rule.control === 'QUEUE-CMK')).map((v) => v.outcome)).toEqual(['compliant']);
  });

  test('many conditions are tried one by one, so that no branch goes unseen', () => {
    const Conditions = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`C${i}`, { 'Fn::Equals': [{ Ref: `P${i}` }, 'x'] }]));
    const template = { ...queueWith({ 'Fn::If': ['C7', KEY_ARN, 'alias/aws/sqs'] }), Conditions };
    expect(check([{ name: 'T', template }], RULES.filter((rule) => rule.control === 'QUEUE-CMK')).map((v) => v.finding)).toEqual(['AwsManagedKey']);
  });
});

describe('check', () => {
  const rule = (body: Rule['check']): Rule => ({ control: 'QUEUE-CMK', check: body });
  const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };

  test('T5: counts a rule that throws as a finding, never as compliance', () => {
    const verdicts = check([{ name: 'T', template }], [rule(() => { throw new Error('broken'); })]);
    expect(verdicts).toMatchObject([{ outcome: 'cannot-tell', finding: 'RuleFailed', message: 'the rule failed: broken' }]);
  });

  test('keeps positive evidence', () => {
    expect(check([{ name: 'T', template }], [rule(() => compliant('by a key'))])).toMatchObject([{ outcome: 'compliant', message: 'by a key' }]);
  });

  test('keeps several findings of one resource, sorted', () => {
    const verdicts = check([{ name: 'T', template }], [rule(() => [violation('NoKey', 'b'), violation('AwsManagedKey', 'a')])]);
    expect(verdicts.map((verdict) => verdict.finding)).toEqual(['AwsManagedKey', 'NoKey']);
  });

  test.each<[string, unknown, string]>([
    ['text', 'x', 'T: a template must be an object, got a string'],
    ['a list', [], 'T: a template must be an object, got a list'],
    ['no resources', {}, "T: a template must have 'Resources', an object, got nothing"],
    ['a resource without a type', { Resources: { A: {} } }, "T: resource 'A' must be an object with a 'Type', got nothing"],
  ])('refuses %s', (_name, hostile, message) => {
    expect(() => check([{ name: 'T', template: hostile }], RULES)).toThrow(new TemplateError(message));
  });

  test('refuses values that nest too deep, rather than overflow', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 5000; i++) deep = { a: deep };
    expect(() => check([{ name: 'T', template: queueWith(deep) }], RULES)).toThrow(TemplateError);
  });

  test('ends on exports that import each other', () => {
    const circular = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'Loop' } } } }, Outputs: { O: { Value: { 'Fn::ImportValue': 'Loop' }, Export: { Name: 'Loop' } } } };
    expect(check([{ name: 'T', template: circular }], RULES.filter((r) => r.control === 'QUEUE-CMK')).map((v) => v.finding)).toEqual(['UnresolvedKey']);
  });

  test('judges any JSON, or refuses it with a TemplateError, and no rule fails on it', () => {
    const resource = fc.record({ Type: fc.constantFrom(...RESOURCE_TYPES), Properties: fc.jsonValue(), DeletionPolicy: fc.jsonValue() }, { requiredKeys: ['Type'] });
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('A', 'B', 'C'), resource), (Resources) => {
      const verdicts = check([{ name: 'T', template: { Resources } }], RULES);
      expect(verdicts.filter((verdict) => verdict.finding === 'RuleFailed')).toEqual([]);
    }), { numRuns: 300 });
  });
});

const RESOURCE_TYPES = [
  'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription',
  'AWS::KMS::Key', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Logs::LogGroup', 'AWS::CloudWatch::Alarm', 'AWS::IAM::Role', 'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy', 'AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Url', 'AWS::Events::Rule',
  'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Stage',
  'AWS::WAFv2::WebACL', 'AWS::WAFv2::RuleGroup', 'AWS::WAFv2::LoggingConfiguration', 'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::IdentityPool',
];
