import { App, Duration, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { emergencyStack, propertiesOf, resourcesOf } from './emergency-world';
import { access, policy } from '../../src';
import { parseBreakGlassSettings } from '../../src/runtime/access/break-glass-settings';
import { nagPacks } from '../nag-packs';
import { synthFails } from '../synth-fails';

const resources = resourcesOf(emergencyStack());
const of = (type: string, prefix: string) => propertiesOf(resources, type, prefix);
const ROLE = { 'Fn::GetAtt': [expect.stringMatching(/^EmergencyRole/), 'Arn'] };
const PARAMETER = { Ref: expect.stringMatching(/^EmergencyArming/) };

/** Statements of the policies of a role. */
function statementsOf(prefix: string): any[] {
  return of('AWS::IAM::Policy', prefix).PolicyDocument.Statement as any[];
}

test('every pack, and the policy of this library, find nothing', () => {
  const app = emergencyStack().node.root as App;
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25', packs: nagPacks() });
  expect(synthFails(app)).toBe(false);
});

describe('the role', () => {
  const role = of('AWS::IAM::Role', 'EmergencyRole');

  test('is deployed without any right, bounded, for an hour, below its own path', () => {
    expect(role).toMatchObject({ Path: '/break-glass/', MaxSessionDuration: 3600, PermissionsBoundary: { Ref: expect.stringMatching(/^PermissionBoundary/) } });
    expect([role.Policies, role.ManagedPolicyArns]).toEqual([undefined, undefined]);
    const policies = Object.entries(resources).filter(([, { Type, Properties }]) => (
      Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes('EmergencyRole')));
    expect(policies.map(([id]) => id)).toEqual([expect.stringMatching(/^EmergencyGuard/)]);
    expect(statementsOf('EmergencyGuard').map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny', 'Deny', 'Deny', 'Deny']);
  });

  test('asks for a second factor, and for a source identity that is the user', () => {
    expect(role.AssumeRolePolicyDocument.Statement).toContainEqual(expect.objectContaining({
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Condition: expect.objectContaining({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        StringEquals: { 'sts:RoleSessionName': '${aws:username}', 'sts:SourceIdentity': '${aws:username}' },
      }),
    }));
  });

  test('leaves alone what arms it, and who hears', () => {
    const [parameter, handler, rules, topic] = statementsOf('EmergencyGuard');
    expect(parameter.Action).toEqual(expect.arrayContaining(['ssm:LabelParameterVersion', 'ssm:PutParameter']));
    expect(JSON.stringify(parameter.Resource)).toContain('EmergencyArming');
    expect(JSON.stringify(handler.Resource)).toContain('EmergencyFunctionHandlerFunction');
    expect(rules.Resource).toHaveLength(4);
    expect(topic.Action).toEqual(expect.arrayContaining(['sns:DeleteTopic', 'sns:Unsubscribe']));
    expect(JSON.stringify(topic.Resource)).toMatch(/"Ref":"Foundation\w*Alert\w*"/);
  });
});

describe('to arm', () => {
  test('is to write one parameter, which the armer alone may', () => {
    expect(of('AWS::SSM::Parameter', 'EmergencyArming')).toMatchObject({ Name: '/break-glass/Stack-Emergency-7424A7F5', Value: 'disarmed' });
    const writers = Object.values(resources).filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.PolicyDocument.Statement.some(
      ({ Effect, Action }: { Effect: string; Action?: string | string[] }) => Effect === 'Allow' && [Action].flat().includes('ssm:PutParameter')));
    expect(writers.map(({ Properties }) => Properties.Roles)).toEqual([[{ Ref: expect.stringMatching(/^ArmerRole/) }]]);
  });

  test('calls the function, which is also called each five minutes', () => {
    expect(of('AWS::Events::Rule', 'EmergencyFunctionWritten')).toMatchObject({
      EventPattern: { 'source': ['aws.ssm'], 'detail-type': ['Parameter Store Change'], 'detail': { name: [PARAMETER], operation: ['Create', 'Update', 'Delete'] } },
      Targets: [{ DeadLetterConfig: expect.anything() }],
    });
    expect(of('AWS::Events::Rule', 'EmergencyFunctionRegularly').ScheduleExpression).toBe('rate(5 minutes)');
  });

  test('tells people, as does each use, without the token that the event of AWS has', () => {
    const armed = of('AWS::Events::Rule', 'EmergencyFunctionArmed');
    expect(armed.EventPattern).toMatchObject({ 'source': ['cdk-secure-integrations.access'], 'detail-type': ['Break Glass Armed', 'Break Glass Refused'] });
    const used = of('AWS::Events::Rule', 'EmergencyFunctionUsed');
    expect(used.EventPattern.detail).toMatchObject({ eventName: ['AssumeRole', 'AssumeRoleWithSAML'], requestParameters: { roleArn: [ROLE] } });
    const [{ InputTransformer: { InputPathsMap: paths } }] = used.Targets;
    expect(Object.values(paths).sort()).toEqual([
      '$.detail.eventID', '$.detail.eventTime', '$.detail.requestParameters.roleArn', '$.detail.requestParameters.roleSessionName', '$.detail.sourceIPAddress',
    ]);
  });
});

describe('the function', () => {
  const handler = of('AWS::Lambda::Function', 'EmergencyFunctionHandler');

  test('runs one at a time, with settings that it reads', () => {
    expect(handler.ReservedConcurrentExecutions).toBe(1);
    const { Variables } = handler.Environment;
    expect(Variables).toMatchObject({ ROLE_NAME: { Ref: ROLE['Fn::GetAtt'][0] }, ARMER_ROLE: { Ref: expect.stringMatching(/^ArmerRole/) }, PARAMETER_NAME: PARAMETER });
    const told = { ...Variables, ACCOUNT_ID: '111122223333', ROLE_NAME: 'Emergency', ARMER_ROLE: 'Armer', PARAMETER_NAME: '/break-glass/x' };
    expect(parseBreakGlassSettings(told)).toMatchObject({
      ownPolicies: [of('AWS::IAM::Policy', 'EmergencyGuard').PolicyName], longestMilliseconds: 3_600_000, reviewMilliseconds: 48 * 3_600_000,
    });
  });

  test('may give rights to this one role alone, and while that is bounded', () => {
    const iam = statementsOf('EmergencyFunctionHandlerRoleDefaultPolicy').filter(({ Action }) => JSON.stringify(Action).includes('iam:'));
    expect(iam).toEqual([
      { Effect: 'Allow', Action: ['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'], Resource: ROLE },
      {
        Effect: 'Allow',
        Action: 'iam:PutRolePolicy',
        Resource: ROLE,
        Condition: { StringEquals: { 'iam:PermissionsBoundary': { Ref: expect.stringMatching(/^PermissionBoundary/) } } },
      },
    ]);
  });

  test('is bounded by what it is granted', () => {
    expect(of('AWS::IAM::Role', 'EmergencyFunctionHandlerRole').PermissionsBoundary).toEqual({ Ref: expect.stringMatching(/^EmergencyFunctionBoundary/) });
    const bounds = of('AWS::IAM::ManagedPolicy', 'EmergencyFunctionBoundary').PolicyDocument.Statement.flatMap(({ Action }: any) => Action) as string[];
    const granted = statementsOf('EmergencyFunctionHandlerRoleDefaultPolicy').flatMap(({ Action }) => Action as string[]);
    expect([...new Set(granted)].sort()).toEqual([...bounds].sort());
  });

  test('is known to every boundary, and so is its role', () => {
    expect(handler.FunctionName).toMatch(/^break-glass-[\w-]{1,52}$/);
    expect(of('AWS::IAM::Role', 'EmergencyFunctionHandlerRole').Path).toBe('/access/arming/');
  });

  test('is watched', () => {
    const alarms = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::CloudWatch::Alarm' && id.startsWith('EmergencyFunctionAlarms'));
    expect(alarms.map((id) => id.replace(/^EmergencyFunctionAlarms|[0-9A-F]{8}$/g, ''))).toEqual(['ReviewOverdue', 'ReviewReopened', 'Tampering', 'Failure', 'Unattended']);
  });
});

test('a boundary of the whole app takes the place of none here', () => {
  const stack = emergencyStack();
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
  const bounded = resourcesOf(stack);
  const boundaryOf = (prefix: string) => propertiesOf(bounded, 'AWS::IAM::Role', prefix).PermissionsBoundary as unknown;
  for (const role of ['EmergencyRole', 'ArmerRole', 'TrainerRole']) expect(boundaryOf(role)).toEqual({ Ref: expect.stringMatching(/^PermissionBoundary/) });
  expect(boundaryOf('EmergencyFunctionHandlerRole')).toEqual({ Ref: expect.stringMatching(/^EmergencyFunctionBoundary/) });
});

test('the report says what the role cannot tell', () => {
  const role = emergencyStack().node.findChild('Emergency').node.findChild('Role');
  expect(role.node.metadata.filter(({ type }) => type === 'cdk-secure-integrations:limit').map(({ data }) => data as unknown))
    .toContainEqual({ control: 'BREAK-GLASS-ROLE', text: expect.stringContaining('is two people here') });
});

test('how long, and how soon it is reviewed, can be said', () => {
  const { Environment: { Variables } } = propertiesOf(
    resourcesOf(emergencyStack({ longest: Duration.minutes(30), reviewWithin: Duration.days(1), roleName: 'emergency' })), 'AWS::Lambda::Function', 'EmergencyFunctionHandler');
  expect(Variables).toMatchObject({ LONGEST_MINUTES: '30', REVIEW_HOURS: '24' });
});

const centre = access.Workforce.identityCenter({ instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', groupIds: ['g'] });

test.each<[string, Partial<access.BreakGlassRoleProps>]>([
  ["'longest' must be between 5 minutes and 4 hours, got 4 minutes; choose a time in it", { longest: Duration.minutes(4) }],
  ["'longest' must be between 5 minutes and 4 hours, got 5 hours; choose a time in it", { longest: Duration.hours(5) }],
  ["'reviewWithin' must be between 1 hour and 30 days, got 31 days; choose a time in it", { reviewWithin: Duration.days(31) }],
  ["'workforce' must be one whose sessions name a source identity, got Identity Center; choose Workforce.iamUsers or Workforce.saml", { workforce: centre }],
])('says %s', (message, props) => {
  expect(() => emergencyStack(props)).toThrow(`[Stack/Emergency] ${message}`);
});

test('takes no armer who is known by another kind of name', () => {
  const stack = new Stack(new App(), 'Stack');
  const armer = new access.ArmerRole(stack, 'Armer', { workforce: centre });
  expect(() => new access.BreakGlassRole(stack, 'Emergency', { workforce: access.Workforce.iamUsers(), armer }))
    .toThrow("[Stack/Emergency] 'armer' must be a role of this account, got the permission set Stack/Armer; give it a workforce of the same kind as this role");
});
