import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { emergencyStack, propertiesOf, resourcesOf } from './emergency-world';
import { access } from '../../src';
import { protectedMappingStatement, protectedTagStatement } from '../../src/access/private/training-statements';
import { LIMIT_METADATA } from '../../src/private/limits';
import { parseTrainingCheckSettings } from '../../src/runtime/access/training-check-settings';

const PERIODS = ['2026-Q3', '2026-Q4', '2027-Q1'];
const resources = resourcesOf(emergencyStack());
const of = (type: string, prefix: string) => propertiesOf(resources, type, prefix);

function gateWith(props: Partial<access.TrainingGateProps>): access.TrainingGate {
  return new access.TrainingGate(new Stack(new App(), 'Stack'), 'Training', { acceptedPeriods: PERIODS, ...props });
}

test('a role is assumed by users whose own tag counts, and by people of whom their provider asserts it', () => {
  expect(of('AWS::IAM::Role', 'EmergencyRole').AssumeRolePolicyDocument.Statement).toEqual(expect.arrayContaining([
    {
      Sid: 'TrainingIsCurrent',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
      Condition: { StringNotEquals: { 'aws:PrincipalTag/SecurityTraining': PERIODS } },
    },
    {
      Sid: 'FederatedTrainingIsCurrent',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
      Condition: { StringNotEquals: { 'aws:RequestTag/SecurityTraining': PERIODS } },
    },
  ]));
});

test('the policy denies everything but reading who one is, and the tag to all but trainers', () => {
  expect(of('AWS::IAM::ManagedPolicy', 'Training')).toMatchObject({
    Path: '/access/',
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Deny',
          NotAction: expect.arrayContaining(['sts:GetCallerIdentity']),
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:PrincipalTag/SecurityTraining': PERIODS } },
        },
        { Sid: 'TrainersAloneTagTraining', Effect: 'Deny' },
        { Sid: 'TrainersAloneMapTraining', Effect: 'Deny' },
      ],
    },
  });
});

test('a group can be held to it, with a tag of another name', () => {
  const gate = gateWith({ tagKey: 'Trained' });
  const group = new iam.Group(Stack.of(gate), 'Staff');
  gate.denyUntrained(group);
  Template.fromStack(Stack.of(gate)).hasResourceProperties('AWS::IAM::Policy', {
    Groups: [{ Ref: 'Staff35CBA1CE' }],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Sid: 'TrainingIsCurrent', Condition: { StringNotEquals: { 'aws:PrincipalTag/Trained': PERIODS } } })]),
    },
  });
});

test('the tag, and what becomes it, are for trainers alone', () => {
  const trainers = 'arn:aws:iam::111122223333:role/trainer/*';
  expect(protectedTagStatement('SecurityTraining', trainers).toStatementJson()).toEqual({
    Sid: 'TrainersAloneTagTraining',
    Effect: 'Deny',
    Action: ['iam:CreateRole', 'iam:CreateUser', 'iam:TagRole', 'iam:TagUser', 'iam:UntagRole', 'iam:UntagUser', 'sts:TagSession'],
    Resource: '*',
    Condition: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': ['SecurityTraining'] }, 'ArnNotLike': { 'aws:PrincipalArn': trainers } },
  });
  expect(protectedMappingStatement(trainers).toStatementJson()).toMatchObject({ Effect: 'Deny', Condition: { ArnNotLike: { 'aws:PrincipalArn': trainers } } });
});

test('the list is looked at each day, with settings that the function reads', () => {
  const handler = of('AWS::Lambda::Function', 'TrainingCheckHandler');
  expect(parseTrainingCheckSettings(handler.Environment.Variables)).toMatchObject({ validPeriods: 2, warnMilliseconds: 14 * 24 * 3_600_000 });
  expect(of('AWS::Events::Rule', 'TrainingCheckDaily').ScheduleExpression).toBe('rate(1 day)');
  const alarms = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::CloudWatch::Alarm' && id.startsWith('TrainingCheckAlarms'));
  expect(alarms.map((id) => id.replace(/^TrainingCheckAlarms|[0-9A-F]{8}$/g, ''))).toEqual(['Stale', 'EndsSoon', 'Failure', 'Unattended']);
});

test.each<[string, Partial<access.TrainingGateProps>]>([
  ["'acceptedPeriods' must be years, quarters or months of one kind, each once, got none; write for example '2026-Q4'", { acceptedPeriods: [] }],
  ["'acceptedPeriods' must be years, quarters or months of one kind, each once, got 2026, 2026-Q1; write for example '2026-Q4'", { acceptedPeriods: ['2026', '2026-Q1'] }],
  ["'acceptedPeriods' must follow each other, got 2026-Q4 after 2026-Q2; name those in between, too", { acceptedPeriods: ['2026-Q2', '2026-Q4'] }],
  [
    "'acceptedPeriods' must be at most 2, got 3; name those that a training counts for, and the one that comes next",
    { acceptedPeriods: PERIODS, validPeriods: 1 },
  ],
  ["'validPeriods' must be a whole number between 1 and 24, got 0", { validPeriods: 0 }],
  ["'tagKey' must be a name of letters, digits, dots and hyphens, got 'Security Training'; write for example 'SecurityTraining'", { tagKey: 'Security Training' }],
  ["'warnBefore' must be between 1 and 90 days, got 91", { warnBefore: Duration.days(91) }],
])('says %s', (message, props) => {
  expect(() => gateWith(props)).toThrow(`[Stack/Training] ${message}`);
});

test('denies no role, whose sessions have no tag of a person', () => {
  const gate = gateWith({});
  const role = new iam.Role(Stack.of(gate), 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  expect(() => gate.denyUntrained(role)).toThrow("[Stack/Training] 'identity' must be a user, a group or a permission set, got the role Stack/Role; use applyTo");
});

test('applies to no role that is only referred to', () => {
  const gate = gateWith({});
  const role = { node: { path: 'Stack/Other' } } as unknown as iam.Role;
  expect(() => gate.applyTo(role)).toThrow("[Stack/Training] 'role' must have a trust policy of its own, got Stack/Other; pass the role where it is made");
});

test.each<[string, string, boolean]>([
  ['another tag', 'Course', false],
  ['the tag in another spelling', 'securitytraining', true],
])('a boundary that protects %s passes the synthesis: %s', (_name, trainingTag, passes) => {
  const gate = gateWith({});
  new access.PermissionBoundary(Stack.of(gate), 'Boundary', { trainingTag });
  const synthesis = () => (gate.node.root as App).synth();
  if (passes) expect(synthesis).not.toThrow();
  else expect(synthesis).toThrow("'tagKey' must be the tag that the boundary Stack/Boundary protects, got 'SecurityTraining' instead of 'Course'; give the boundary the same trainingTag");
});

test.each<[string, (stack: Stack) => Construct]>([
  ['ROLE-SESSION: That somebody was trained is the word of a trainer', (stack) => new access.TrainingGate(stack, 'It', { acceptedPeriods: PERIODS })],
  ['ROLE-MFA: IAM sees which device somebody registers, and not by which device they sign in', (stack) => new access.HardwareKeyRegistration(stack, 'It')],
  ['IAM-MFA-DENY: The guard holds for members of its groups', (stack) => new access.MfaGuard(stack, 'It')],
])('the report says: %s', (text, make) => {
  const { node } = make(new Stack(new App(), 'Stack'));
  expect(node.metadata.filter(({ type }) => type === LIMIT_METADATA).map(({ data }) => `${data.control}: ${data.text}`)).toEqual([expect.stringContaining(text)]);
});

describe('a trainer', () => {
  const statements = of('AWS::IAM::Policy', 'TrainerRoleDefaultPolicy').PolicyDocument.Statement as any[];

  test('has a role below the path that boundaries let tag', () => {
    expect(of('AWS::IAM::Role', 'TrainerRole')).toMatchObject({ Path: '/trainer/', MaxSessionDuration: 3600 });
  });

  test('gives one tag, with the periods that count, to people below one path', () => {
    expect(statements.find(({ Sid }) => Sid === 'GivesTraining')).toMatchObject({
      Action: 'iam:TagUser',
      Resource: { 'Fn::Join': ['', expect.arrayContaining([':user/staff/*'])] },
      Condition: {
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['SecurityTraining'] },
        'Null': { 'aws:TagKeys': 'false' },
        'StringEquals': { 'aws:RequestTag/SecurityTraining': PERIODS },
      },
    });
  });

  test('gives it to nobody who has the role at that moment', () => {
    const { Effect, Resource } = statements.find(({ Sid }) => Sid === 'NobodyTrainsThemselves');
    expect(Effect).toBe('Deny');
    expect(JSON.stringify(Resource)).toContain(':user/staff/${aws:SourceIdentity}');
    expect(JSON.stringify(Resource)).toContain(':user/staff/*/${aws:SourceIdentity}');
  });

  test.each(['staff', '/', '/staff', '/st*ff/'])('tags below no path %s', (userPath) => {
    const gate = gateWith({});
    expect(() => new access.TrainerRole(Stack.of(gate), 'Trainer', { workforce: access.Workforce.iamUsers(), gate, userPath }))
      .toThrow(`[Stack/Trainer] 'userPath' must be a path below the root that ends with a slash, got '${userPath}'; write for example '/staff/'`);
  });
});
