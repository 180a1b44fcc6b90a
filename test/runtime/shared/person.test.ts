import { isSamePerson, tryActor } from '../../../src/runtime/shared/person';

test.each([
  ['arn:aws:iam::111122223333:user/alice', { person: 'alice' }],
  ['arn:aws:iam::111122223333:user/staff/Alice', { person: 'alice' }],
  ['arn:aws:sts::111122223333:assumed-role/Operator/alice@example.com', { person: 'alice@example.com', role: 'Operator' }],
  ['arn:aws-us-gov:sts::111122223333:assumed-role/Operator/alice', { person: 'alice', role: 'Operator' }],
  ['arn:aws:sts::111122223333:federated-user/alice', { person: 'alice' }],
])('%s is somebody', (arn, actor) => {
  expect(tryActor(arn)).toEqual(actor);
});

test.each([
  'arn:aws:iam::111122223333:root',
  'arn:aws:iam::111122223333:role/Operator',
  'arn:aws:sts::111122223333:assumed-role/Operator',
  'arn:aws:sts::111122223333:assumed-role/Operator/',
  'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForConfig/ConfigResource',
  'cloudformation.amazonaws.com',
  '111122223333',
  '',
  undefined,
])('%s is nobody in particular', (arn) => {
  expect(tryActor(arn)).toBeUndefined();
});

test('one person in two roles is one person', () => {
  const [armer, operator, user] = ['sts::111122223333:assumed-role/Armer/alice', 'sts::111122223333:assumed-role/Operator/Alice', 'iam::111122223333:user/bob']
    .map((rest) => tryActor(`arn:aws:${rest}`)!);
  expect([isSamePerson(armer, operator), isSamePerson(armer, user)]).toEqual([true, false]);
});
