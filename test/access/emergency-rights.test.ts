import { App, Stack } from 'aws-cdk-lib';
import { emergencyStack } from './emergency-world';
import { allowed } from './judge';
import { deployed, idOf, managedOf } from './statements';
import { ACCOUNT, REGION, resourcesOf } from './world';
import { access } from '../../src';
import { armedPolicy } from '../../src/runtime/access/armed-role';

const resources = resourcesOf(emergencyStack());
const guard = deployed(resources[idOf(resources, 'AWS::IAM::Policy', 'EmergencyGuard')].Properties.PolicyDocument.Statement) as unknown[];
const boundary = managedOf(resources, 'PermissionBoundary');
const [armed] = (JSON.parse(armedPolicy({ version: 2, for: 'bob', until: '2026-11-25T09:00:00Z' })) as { Statement: unknown[] }).Statement;
const NAME = 'Emergency';
const OBJECT = 'arn:aws:s3:::orders/1.csv';

interface Session { readonly source?: string; readonly name?: string; readonly at?: string }

/** Whether the session may do something in the role while it is armed for Bob until nine. */
function may(action: string, resource: string, { source = 'bob', name = 'bob', at = '2026-11-25T08:30:00Z' }: Session = {}): Promise<boolean> {
  return allowed({
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${NAME}/${name}`,
    action,
    resource,
    context: {
      'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/break-glass/${NAME}`,
      'aws:PrincipalAccount': ACCOUNT,
      'aws:PrincipalType': 'AssumedRole',
      'aws:SourceIdentity': source,
      'aws:userid': `AROA0123456789ABCDEFG:${name}`,
      'aws:CurrentTime': at,
    },
  }, { identity: [armed, ...guard], boundary });
}

test.each<[string, Session, boolean]>([
  ['for whom it is', {}, true],
  ['for whom it is, once it is over', { at: '2026-11-25T09:00:00Z' }, false],
  ['somebody else in the role', { source: 'carol', name: 'carol' }, false],
  ['somebody whose session has another name than its source', { name: 'robert@example.com' }, false],
  ['somebody whose source is another than the name of the session', { source: 'carol' }, false],
])('armed access lets in %s: %s', async (_who, session, expected) => {
  expect(await may('s3:GetObject', OBJECT, session)).toBe(expected);
});

const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

test.each<[string, string, string]>([
  ['makes a role that is there afterwards', 'iam:CreateRole', iam('role/team/later')],
  ['lets itself into a role that is there', 'iam:UpdateAssumeRolePolicy', iam('role/team/job')],
  ['gives a role more', 'iam:AttachRolePolicy', iam('role/team/job')],
  ['takes on another role, by another name', 'sts:AssumeRole', iam('role/team/job')],
  ['takes on a role of another account', 'sts:AssumeRole', 'arn:aws:iam::444455556666:role/admin'],
])('nobody in it %s', async (_what, action, resource) => {
  expect(await may(action, resource)).toBe(false);
});

test('somebody in it ends an access key that was stolen', async () => {
  expect(await may('iam:DeleteAccessKey', iam('user/ann'))).toBe(true);
});

test('the staff and their roles may be another stack', () => {
  const app = new App();
  const env = { account: ACCOUNT, region: REGION };
  const workforce = access.Workforce.iamUsers();
  const armer = new access.ArmerRole(new Stack(app, 'Staff', { env }), 'Armer', { workforce });
  const emergency = new Stack(app, 'Emergency', { env });
  new access.BreakGlassRole(emergency, NAME, { workforce, armer });

  expect(() => app.synth()).not.toThrow();
  expect(emergency.dependencies.map(({ stackName }) => stackName)).toEqual(['Staff']);
});
