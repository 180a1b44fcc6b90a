import { CODESTAR, ESCALATION_PATHS, Step } from './escalation-paths';
import { decision, EVERYTHING } from './judge';
import { deployed, managedOf, rightsOf } from './statements';
import { ACCOUNT, catalogueIn, INSTANCE, REGION, resourcesOf, stackIn } from './world';
import { access } from '../../src';
import { actionMatches } from '../../src/rules/policy-document';
import { Context } from '../proofs/iam/call';

const stack = stackIn();
catalogueIn(stack);
const resources = resourcesOf(stack);
const sets = stackIn();
catalogueIn(sets, access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: ['a1b2c3d4'] }));
const permissionSets = resourcesOf(sets);

const boundary = managedOf(resources, 'PermissionBoundary');
const [boundaryName] = Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties.ManagedPolicyName as string)
  .filter((name) => name !== undefined);
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/access/${boundaryName}`;

/** As the keys of a foundation have it for administration, and others for use as well. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** Decides for a session of a role that the boundary bounds, and that may do everything unless its own rights are given. */
function decided(step: Step, role = 'role/team/builder', rights: readonly unknown[] = [EVERYTHING]) {
  const arn = `arn:aws:iam::${ACCOUNT}:${role}`;
  return decision({
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').at(-1)}/ann`,
    action: step.action,
    resource: step.resource,
    context: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalType': 'AssumedRole', ...step.context },
  }, { identity: rights, boundary, resource: step.action.startsWith('kms:') ? KEY_POLICY : undefined });
}

async function canDo(steps: readonly Step[], role?: string, rights?: readonly unknown[]): Promise<boolean> {
  for (const step of steps) {
    if (await decided(step, role, rights) !== 'Allowed') return false;
  }
  return true;
}

describe('a known way to more rights', () => {
  const ROLES = ['KeyAdministrator', 'Auditor', 'Operator', 'Developer', 'Detokeniser', 'Armer', 'Reader', 'Writer'];
  const rights = ROLES.map((name): [string, readonly unknown[]] => [name, rightsOf(resources, name)]);
  const ofSets = ROLES.slice(0, 6).map((name): [string, readonly unknown[]] => [`${name} (permission set)`, rightsOf(permissionSets, name)]);

  test.each(ESCALATION_PATHS)('$name is closed to every role of the catalogue', async ({ steps }) => {
    for (const [name, each] of [...rights, ...ofSets]) expect([name, await canDo(steps, 'role/access/any/role', each)]).toEqual([name, false]);
  });

  test.each(CODESTAR)('by %s is closed to every role of the catalogue', (action) => {
    const allows = [...rights, ...ofSets].flatMap(([, statements]) => statements as any[]).filter(({ Effect }) => Effect === 'Allow');
    expect(allows.flatMap(({ Action }) => [Action].flat() as string[]).filter((pattern) => actionMatches(pattern.toLowerCase(), action))).toEqual([]);
  });

  test.each(ESCALATION_PATHS)('$name: the boundary alone closes it: $closedByBoundary', async ({ steps, closedByBoundary }) => {
    expect(await canDo(steps)).toBe(!closedByBoundary);
  });
});

describe('a bounded role that may do everything', () => {
  const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
  const bounded = { 'iam:PermissionsBoundary': BOUNDARY };
  const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/data`;
  const STACK = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/orders/1`;
  const LOG = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:trail`;

  test.each<[string, string, string, Context]>([
    ['a bounded role', 'iam:CreateRole', iam('role/team/job'), bounded],
    ['a bounded user', 'iam:CreateUser', iam('user/robot'), bounded],
    ['a policy of a bounded role', 'iam:PutRolePolicy', iam('role/team/job'), bounded],
    ['the end of a role', 'iam:DeleteRole', iam('role/team/job'), {}],
    ['a role of the catalogue, read', 'iam:GetRole', iam('role/access/auditor/auditor'), {}],
    ['a role for a function', 'iam:PassRole', iam('role/team/job'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['a grant that a table makes', 'kms:CreateGrant', KEY, { 'kms:GrantIsForAWSResource': 'true' }],
    ['the end of an access key', 'iam:DeleteAccessKey', iam('user/ann'), {}],
    ['a stack that goes on rolling back', 'cloudformation:ContinueUpdateRollback', STACK, {}],
    ['another role, as the policies of it and of its own say', 'sts:AssumeRole', iam('role/team/job'), {}],
    ['data', 's3:GetObject', 'arn:aws:s3:::orders/1.csv', {}],
    ['a log', 'logs:FilterLogEvents', LOG, {}],
    ['a tag of a role', 'iam:TagRole', iam('role/team/job'), { 'aws:TagKeys': ['team'] }],
  ])('has %s', async (_name, action, resource, context) => {
    expect(await decided({ action, resource, context })).toBe('Allowed');
  });

  const denied: ReadonlyArray<[string, string, string, Context?]> = [
    ['an unbounded role', 'iam:CreateRole', iam('role/team/job')],
    ['a role with another boundary', 'iam:CreateRole', iam('role/team/job'), { 'iam:PermissionsBoundary': iam('policy/wide') }],
    ['an unbounded user', 'iam:CreateUser', iam('user/robot')],
    ['another boundary of a role', 'iam:PutRolePermissionsBoundary', iam('role/team/job'), { 'iam:PermissionsBoundary': iam('policy/wide') }],
    ['the role of a function, bounded by it and thereby within reach', 'iam:PutRolePermissionsBoundary', iam('role/team/payments'), bounded],
    ['a user within reach', 'iam:PutUserPermissionsBoundary', iam('user/robot'), bounded],
    ['a role without its boundary', 'iam:DeleteRolePermissionsBoundary', iam('role/team/job')],
    ['a user without its boundary', 'iam:DeleteUserPermissionsBoundary', iam('user/robot')],
    ['another version of the boundary', 'iam:CreatePolicyVersion', BOUNDARY],
    ['the version before of the boundary', 'iam:SetDefaultPolicyVersion', BOUNDARY],
    ['the end of the boundary', 'iam:DeletePolicy', BOUNDARY],
    ['the end of a version of the boundary', 'iam:DeletePolicyVersion', BOUNDARY],
    ['a role of the catalogue, made', 'iam:CreateRole', iam('role/access/key-administrator/mine'), bounded],
    ['a role of the catalogue, altered', 'iam:PutRolePolicy', iam('role/access/auditor/auditor'), bounded],
    ['a role of emergencies, altered', 'iam:PutRolePolicy', iam('role/break-glass/admin'), bounded],
    ['a role of trainers, made', 'iam:CreateRole', iam('role/trainer/mine'), bounded],
    ['a role of the catalogue, passed', 'iam:PassRole', iam('role/access/masking-job/reader'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['a role for an instance', 'iam:PassRole', iam('role/team/job'), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    ['a role for nobody in particular', 'iam:PassRole', iam('role/team/job')],
    ['a device of a user', 'iam:EnableMFADevice', iam('user/ann')],
    ['a user without its device', 'iam:DeactivateMFADevice', iam('user/ann')],
    ['an access key of a user that was ended', 'iam:UpdateAccessKey', iam('user/ann')],
    ['a certificate of a user that was ended', 'iam:UpdateSigningCertificate', iam('user/ann')],
    ['rights that it delegates to a stranger', 'iam:AcceptDelegationRequest', iam('delegation-request/1')],
    ['a role by which CDK deploys', 'sts:AssumeRole', iam('role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1')],
    ['a role by which CDK deploys elsewhere', 'sts:AssumeRole', 'arn:aws:iam::444455556666:role/cdk-hnb659fds-deploy-role-444455556666-eu-west-1'],
    ['a stack that keeps a role of its own', 'cloudformation:UpdateStack', STACK],
    ['a change of such a stack', 'cloudformation:ExecuteChangeSet', STACK],
    ['the end of such a stack', 'cloudformation:DeleteStack', STACK],
    ['stacks in other accounts', 'cloudformation:CreateStackInstances', `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stackset/all:1`],
    ['a user by another name', 'iam:UpdateUser', iam('user/bob')],
    ['a group without its guard', 'iam:DetachGroupPolicy', iam('group/staff')],
    ['a user out of the group that has the guard', 'iam:RemoveUserFromGroup', iam('group/staff')],
    ['the root user of a member account', 'sts:AssumeRoot', 'arn:aws:iam::444455556666:root'],
    ['a member of a group of Identity Center', 'identitystore:CreateGroupMembership', `arn:aws:identitystore::${ACCOUNT}:identitystore/d-1234567890`],
    ['a user of Identity Center by another name', 'identitystore:UpdateUser', 'arn:aws:identitystore:::user/1'],
    ['a member of a group of its directory', 'sso-directory:AddMemberToGroup', '*'],
    ['another attribute that says who is trained', 'sso:UpdateInstanceAccessControlAttributeConfiguration', 'arn:aws:sso:::instance/ssoins-1234567890abcdef'],
    ['a permission set without its boundary', 'sso:DeletePermissionsBoundaryFromPermissionSet', 'arn:aws:sso:::instance/ssoins-1234567890abcdef'],
    ['a policy of the organization less', 'organizations:DetachPolicy', 'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-1'],
    ['emergency access', 'ssm:PutParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/break-glass/admin`],
    ['emergency access that nobody was told of', 'ssm:LabelParameterVersion', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/break-glass/admin`],
    ['the end of how it is armed', 'ssm:DeleteParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/break-glass/admin`],
    ['other code of the function that arms', 'lambda:UpdateFunctionCode', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:break-glass-Emergency`],
    ['the role of the function that arms, for another', 'iam:PassRole', iam('role/access/arming/function'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['an identity provider', 'iam:UpdateSAMLProvider', iam('saml-provider/corp')],
    ['another identity provider', 'iam:CreateOpenIDConnectProvider', iam('oidc-provider/example.com')],
    ['a policy of a key', 'kms:PutKeyPolicy', KEY],
    ['the end of a key', 'kms:ScheduleKeyDeletion', KEY],
    ['a copy of a key with a policy of its own', 'kms:ReplicateKey', KEY],
    ['another key by the name of one', 'kms:UpdateAlias', KEY],
    ['a grant of its own', 'kms:CreateGrant', KEY, { 'kms:GrantIsForAWSResource': 'false' }],
    ['the end of a trail', 'cloudtrail:StopLogging', `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`],
    ['a trail of less', 'cloudtrail:PutEventSelectors', `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`],
    ['the end of a log', 'logs:DeleteLogGroup', LOG],
    ['a detection less', 'logs:DeleteMetricFilter', LOG],
    ['another retention of a log', 'logs:PutRetentionPolicy', LOG],
    ['what logs mask', 'logs:Unmask', LOG],
    ['less that logs mask', 'logs:PutDataProtectionPolicy', LOG],
    ['where all logs go besides', 'logs:PutAccountPolicy', '*'],
    ['an alarm that is mute', 'cloudwatch:PutAlarmMuteRule', `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm-mute-rule:night`],
    ['an alarm that says all is well', 'cloudwatch:SetAlarmState', `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:root`],
    ['findings of GuardDuty out of sight', 'guardduty:CreateFilter', `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/1/filter/low`],
    ['an alarm less', 'cloudwatch:DeleteAlarms', `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:root`],
    ['the end of Config', 'config:StopConfigurationRecorder', `arn:aws:config:${REGION}:${ACCOUNT}:configuration-recorder/default/1`],
    ['the end of GuardDuty', 'guardduty:DeleteDetector', `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/1`],
    ['evidence before its time', 's3:BypassGovernanceRetention', 'arn:aws:s3:::evidence/1.json'],
    ['an account that is public', 's3:PutAccountPublicAccessBlock', '*'],
    ['a training that nobody had', 'iam:TagUser', iam('user/ann'), { 'aws:TagKeys': ['SecurityTraining'] }],
    ['a training in small letters', 'iam:TagRole', iam('role/team/job'), { 'aws:TagKeys': ['securitytraining'] }],
  ];

  test.each(denied.map(([name, ...others]) => [name, others] as const))('has not %s', async (_name, [action, resource, context]) => {
    expect(await decided({ action, resource, context })).toBe('ExplicitlyDenied');
  });

  test.each<[string, boolean]>([
    ['role/access/key-administrator/keys', true],
    ['role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_KeyAdministrator_0a1b2c3d', true],
    ['role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_KeyAdministrator-Files_0a1b2c3d', true],
    ['role/key-administrator', false],
    ['role/team/AWSReservedSSO_KeyAdministrator_0a1b2c3d', false],
    ['role/access/auditor/auditor', false],
  ])('as %s may govern keys: %s', async (role, expected) => {
    expect(await decided({ action: 'kms:PutKeyPolicy', resource: KEY }, role)).toBe(expected ? 'Allowed' : 'ExplicitlyDenied');
  });

  test.each<[string, boolean]>([
    ['role/access/armer/armer', true],
    ['role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Armer_0a1b2c3d', true],
    ['role/break-glass/admin', false],
  ])('as %s may arm: %s', async (role, expected) => {
    const step = { action: 'ssm:PutParameter', resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/break-glass/admin` };
    expect(await decided(step, role)).toBe(expected ? 'Allowed' : 'ExplicitlyDenied');
  });

  test('gives the training tag as a trainer', async () => {
    expect(await decided({ action: 'iam:TagUser', resource: iam('user/ann'), context: { 'aws:TagKeys': ['SecurityTraining'] } }, 'role/trainer/hr')).toBe('Allowed');
  });
});

test('the boundary stands on every role of the catalogue', () => {
  const roles = Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(roles.map(({ Properties }) => deployed(Properties.PermissionsBoundary) as string))
    .toEqual(roles.map(() => expect.stringContaining('PermissionBoundary')));
  expect(roles.map(({ Properties }) => Properties.MaxSessionDuration as number)).toEqual(roles.map(() => 3600));
  expect(roles.map(({ Properties }) => Properties.Path as string).every((each) => each.startsWith('/access/'))).toBe(true);
});
