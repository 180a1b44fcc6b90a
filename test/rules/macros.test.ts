import { CONTROLS } from '../../src/compliance';
import { check, RULES, Verdict } from '../../src/rules';

/** Every type that a control governs, each with these properties. */
function verdictsWith(resource: object): Verdict[] {
  const types = [...new Set(CONTROLS.flatMap((control) => control.resourceTypes))];
  const Resources = Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type, ...resource }]));
  return check([{ name: 'T', template: { Resources } }], RULES);
}

/** Judged by other resources, which are told. */
const BY_OTHERS = /^(API-DEFAULT-ENDPOINT|QUEUE-DLQ-(ALARM|RETENTION)|(TOPIC|QUEUE|SECRET|STORAGE)-POLICY-(PUBLIC|SERVICE)|STORAGE-CROSS-ACCOUNT|SFTP-(CLEAN-BUCKET|MALWARE-SCAN|SCAN-TAG)|SFTP-IDP-(ALARM|CALLER|RIGHTS|TIMEOUT))$/;

describe.each<[string, object]>([
  ['whose properties a macro writes', { Properties: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://elsewhere/properties.yaml' } } } }],
  ['to whose properties a macro may add', { Properties: { 'Tags': [], 'Fn::Transform': { Name: 'Macro' } } }],
  ['which a macro may rewrite', { 'Properties': {}, 'Fn::Transform': { Name: 'Macro' } }],
])('a resource %s', (_name, resource) => {
  test('is never compliant', () => {
    const positive = verdictsWith(resource).filter(({ outcome, control }) => (outcome === 'compliant' || outcome === 'not-applicable') && !BY_OTHERS.test(control));
    expect(positive.map(({ control, resourceType }) => `${control} ${resourceType}`)).toEqual([]);
  });

  test('makes no rule fail', () => {
    expect(verdictsWith(resource).filter(({ finding }) => finding === 'RuleFailed')).toEqual([]);
  });
});

test('what is written beside a macro is still judged', () => {
  const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { 'KmsMasterKeyId': 'alias/aws/sqs', 'Fn::Transform': {} } } } };
  expect(check([{ name: 'T', template }], RULES.filter(({ control }) => control === 'QUEUE-CMK')).map(({ finding }) => finding)).toEqual(['AwsManagedKey']);
});
