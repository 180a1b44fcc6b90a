import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { managedOf } from './statements';
import { ACCOUNT, catalogueIn, resourcesOf, stackIn } from './world';
import { access } from '../../src';
import { charactersOf, MAX_MANAGED_CHARACTERS, MAX_TRUST_CHARACTERS } from '../../src/access/private/policy-size';

const stack = stackIn();
catalogueIn(stack);
const resources = resourcesOf(stack);

const length = (document: unknown) => JSON.stringify(document).replace(/\s/g, '').length;

describe('IAM takes', () => {
  test.each(['PermissionBoundary', 'MfaGuard', 'SecurityKeys'])('%s, deployed', (name) => {
    expect(length(managedOf(resources, name))).toBeLessThanOrEqual(MAX_MANAGED_CHARACTERS);
  });

  test('the trust policy of each role, with room for a training gate', () => {
    for (const { Type, Properties } of Object.values(resources)) {
      if (Type === 'AWS::IAM::Role') expect(length(Properties.AssumeRolePolicyDocument)).toBeLessThanOrEqual(MAX_TRUST_CHARACTERS / 2);
    }
  });
});

test('the boundary has room for a longer name', () => {
  expect(length(managedOf(resources, 'PermissionBoundary'))).toBeLessThanOrEqual(MAX_MANAGED_CHARACTERS - 300);
});

describe('the size of a policy', () => {
  const sizeOf = (resource: string) => charactersOf(new Stack(new App(), 'Anywhere'), new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] })],
  }));

  test('is counted as if what deployment tells were long', () => {
    const other = new Stack(new App(), 'Stack');
    const group = new iam.Group(other, 'Group');
    const size = (resource: string) => charactersOf(other, new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] })],
    }));

    expect(size(other.account)).toBe(sizeOf('x'.repeat(12)));
    expect(size(group.groupArn)).toBe(sizeOf('x'.repeat(80)));
    expect(size(group.groupName)).toBe(sizeOf('x'.repeat(80)));
    expect(size(`a ${other.partition}:b`)).toBe(sizeOf(`a${'x'.repeat(12)}:b`));
  });
});

describe('a boundary', () => {
  test('is one for the stack, whoever asks first', () => {
    const other = stackIn();
    const own = new access.PermissionBoundary(other, 'Own');
    expect(access.PermissionBoundary.of(new Construct(other, 'Deep'))).toBe(own);

    const another = stackIn();
    expect(access.PermissionBoundary.of(another)).toBe(access.PermissionBoundary.of(another));
    expect(access.PermissionBoundary.of(another).node.path).toBe('Stack/PermissionBoundary');
  });

  test('has another name in another Region, since IAM has one for all', () => {
    const app = new App();
    const names = ['eu-west-1', 'us-east-1'].map((region) => access.PermissionBoundary.of(
      new Stack(app, region, { stackName: 'Orders', env: { account: ACCOUNT, region } })).policyName);
    expect(names).toEqual([expect.stringMatching(/^Orders-.*-eu-west-1$/), expect.stringMatching(/^Orders-.*-us-east-1$/)]);
  });

  test('is not made where something else has its id', () => {
    const other = stackIn();
    new Construct(other, 'PermissionBoundary');
    expect(() => access.PermissionBoundary.of(other))
      .toThrow("[Stack] 'PermissionBoundary' must be a PermissionBoundary, got another construct of that id; rename that, or pass a boundary");
  });

  test('of another app is known by its name', () => {
    const other = stackIn();
    const boundary = access.PermissionBoundary.fromPolicyName(other, 'Boundary', 'integrations');
    new access.AuditorRole(other, 'Auditor', { workforce: access.Workforce.iamUsers(), boundary });

    const [role] = Object.values(resourcesOf(other)).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(other.resolve(role.Properties.PermissionsBoundary)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:policy/access/integrations`]],
    });
    expect(boundary.policyPath).toBe('/access/');
  });

  test('takes other services, another tag and another name', () => {
    const other = stackIn();
    new access.PermissionBoundary(other, 'Boundary', { policyName: 'integrations', passableTo: ['glue.amazonaws.com'], trainingTag: 'Course' });
    const statements = managedOf(resourcesOf(other), 'Boundary').Statement as any[];
    const of = (sid: string) => statements.find(({ Sid }) => Sid === sid).Condition;

    expect(of('RolesForTheseServices')).toEqual({ StringNotEquals: { 'iam:PassedToService': ['glue.amazonaws.com'] } });
    expect(of('BoundedIdentitiesAlone')).toEqual({ StringNotEquals: { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/access/integrations` } });
    expect(of('TrainersAloneTagTraining')['ForAnyValue:StringEqualsIgnoreCase']).toEqual({ 'aws:TagKeys': ['Course'] });
  });

  test.each<[string, access.PermissionBoundaryProps, string]>([
    ['a name that IAM refuses', { policyName: 'a b' }, "'policyName' must be letters, digits and +=,.@-_, at most 128, got 'a b'; leave out other characters"],
    ['a service that is none', { passableTo: ['lambda'] }, "'passableTo' must be names of services, got 'lambda'; write for example 'lambda.amazonaws.com'"],
    ['no service', { passableTo: [] }, "'passableTo' must name a service, got none; leave it out for those that integrations run on"],
  ])('is not made with %s', (_name, props, message) => {
    expect(() => new access.PermissionBoundary(stackIn(), 'Boundary', props)).toThrow(`[Stack/Boundary] ${message}`);
  });

  test('that is too long for IAM fails the synthesis', () => {
    const app = new App();
    new access.PermissionBoundary(stackIn(app), 'Boundary', { passableTo: Array.from({ length: 100 }, (_, index) => `service-number-${index}.amazonaws.com`) });
    expect(() => app.synth()).toThrow(/the boundary must have at most 6144 characters, got \d+; divide what it says among several/);
  });
});

describe('a guard', () => {
  test('holds for nobody until it has groups', () => {
    const other = stackIn();
    new access.MfaGuard(other, 'Mfa');
    new access.HardwareKeyRegistration(other, 'Keys');
    const policies = Object.values(resourcesOf(other)).filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
    expect(policies.map(({ Properties }) => [Properties.Path, Properties.Groups] as unknown[])).toEqual([['/access/', undefined], ['/access/', undefined]]);
  });

  test('takes a second factor of another age, and users below a path', () => {
    const other = stackIn();
    new access.MfaGuard(other, 'Mfa', { maxMfaAge: Duration.hours(8), userPath: '/staff/' });
    const statements = managedOf(resourcesOf(other), 'Mfa').Statement as any[];
    expect(statements.find(({ Sid }) => Sid === 'NothingWithOldMfa').Condition).toEqual({ NumericGreaterThan: { 'aws:MultiFactorAuthAge': '28800' } });
    expect(statements.find(({ Sid }) => Sid === 'OwnUser').Resource).toBe(`arn:aws:iam::${ACCOUNT}:user/staff/\${aws:username}`);
  });

  test.each<[string, access.MfaGuardProps, string]>([
    ['a second factor of no age', { maxMfaAge: Duration.seconds(30) }, "'maxMfaAge' must be between 60 and 129600 seconds, got 30"],
    ['a path that does not end', { userPath: '/staff' }, "'userPath' must be a path that begins and ends with a slash, got '/staff'; write for example '/staff/'"],
  ])('is not made with %s', (_name, props, message) => {
    expect(() => new access.MfaGuard(stackIn(), 'Guard', props)).toThrow(`[Stack/Guard] ${message}`);
  });

  test.each([0, 5])('of security keys is not made with FIPS level %d', (minimumFipsLevel) => {
    expect(() => new access.HardwareKeyRegistration(stackIn(), 'Guard', { minimumFipsLevel }))
      .toThrow(`[Stack/Guard] 'minimumFipsLevel' must be a whole number between 1 and 4, got ${minimumFipsLevel}; choose one in that range`);
  });
});
