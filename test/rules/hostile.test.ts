import { check, RULES, TemplateError } from '../../src/rules';

type Json = Record<string, any>;

/** A template of the given sections with one queue, checked by every rule; the queue's finding about its key. */
function keyFinding(keyId: unknown, sections: Json = {}): string[] {
  const template = { ...sections, Resources: { ...sections.Resources, Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: keyId } } } };
  return check([{ name: 'T', template }], RULES).filter(({ control }) => control === 'QUEUE-CMK').map(({ finding }) => finding);
}

/** Exports of which each is made of the next one. */
function exports(length: number, valueOf: (next: Json) => unknown, last: unknown): Json {
  return Object.fromEntries(Array.from({ length }, (_, i) => [`O${i}`, {
    Export: { Name: `e${i}` }, Value: i === length - 1 ? last : valueOf({ 'Fn::ImportValue': `e${i + 1}` }),
  }]));
}

describe('a template that is made to take for ever', () => {
  test('by exports that double: a text that grows without end is untold', () => {
    const doubled = (last: unknown) => exports(60, (next) => ({ 'Fn::Join': ['', [next, next]] }), last);
    expect(keyFinding({ 'Fn::ImportValue': 'e0' }, { Outputs: doubled('xxxxxxxx') })).toEqual(['UnresolvedKey']);
    expect(keyFinding({ 'Fn::ImportValue': 'e0' }, { Outputs: doubled({ Ref: 'AWS::Region' }) })).toEqual(['UnresolvedKey']);
  });

  test('by a long chain of exports: its end is untold', () => {
    expect(keyFinding({ 'Fn::ImportValue': 'e0' }, { Outputs: exports(20_000, (next) => next, 'alias/aws/sqs') })).toEqual(['UnresolvedKey']);
    expect(keyFinding({ 'Fn::ImportValue': 'e0' }, { Outputs: exports(20, (next) => next, 'alias/aws/sqs') })).toEqual(['AwsManagedKey']);
  });

  test('by conditions that share conditions: each is decided once', () => {
    const Conditions = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`C${i}`, i === 59 ? { 'Fn::Equals': [{ Ref: 'P' }, 'x'] }
      : { 'Fn::And': [{ Condition: `C${i + 1}` }, { Condition: `C${i + 1}` }] }]));
    expect(keyFinding({ 'Fn::If': ['C0', { Ref: 'Key' }, 'alias/aws/sqs'] }, { Conditions, Resources: { Key: { Type: 'AWS::KMS::Key' } } })).toEqual(['AwsManagedKey']);
  });

  test('by a long chain of conditions: it is not followed', () => {
    const Conditions = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`C${i}`, { 'Fn::Not': [{ Condition: `C${i + 1}` }] }]));
    expect(keyFinding({ 'Fn::If': ['C0', 'alias/aws/sqs', 'alias/aws/sqs'] }, { Conditions })).toEqual(['AwsManagedKey']);
  });

  test('by comparisons without number: it is refused', () => {
    const Conditions = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`C${i}`, { 'Fn::Equals': [{ Ref: `P${i}` }, 'x'] }]));
    expect(() => keyFinding('x', { Conditions })).toThrow(new TemplateError('T: conditions make 501 comparisons, more than 500'));
  });

  test('by long patterns: they are not compared, and untold', () => {
    const long = 'a'.repeat(300_000);
    const template = {
      Resources: {
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': `${long}\${P}` }, SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { Ref: 'Key' } } } },
        Key: {
          Type: 'AWS::KMS::Key',
          Properties: {
            KeyPolicy: { Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*', Condition: { StringLike: { 'kms:EncryptionContext:aws:dynamodb:tableName': `${'*a'.repeat(100_000)}*b` } } } },
          },
        },
      },
    };
    expect(check([{ name: 'T', template }], RULES.filter(({ control }) => control === 'DELIVERY-TABLE-KEY')).map(({ outcome }) => outcome)).toEqual(['violation']);
  });
});
