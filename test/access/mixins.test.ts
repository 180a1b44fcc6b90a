import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { access } from '../../src';

function durationAfter(maxSessionDuration?: number): unknown {
  const stack = new Stack(new App(), 'Stack');
  new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: {}, maxSessionDuration }).with(new access.mixins.RoleSession());
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))[0].Properties.MaxSessionDuration;
}

test.each([[undefined, 3600], [43200, 3600], [1800, 1800]])('a session that may last %p seconds lasts %p', (stated, expected) => {
  expect(durationAfter(stated)).toBe(expected);
});

test('a time that is set later fails the synthesis', () => {
  const app = new App();
  const role = new iam.CfnRole(new Stack(app, 'Stack'), 'Role', { assumeRolePolicyDocument: {} });
  role.with(new access.mixins.RoleSession());
  role.maxSessionDuration = 43200;
  expect(() => app.synth()).toThrow("ROLE-SESSION does not hold although access.mixins.RoleSession applied it: 'MaxSessionDuration' must be at most 3600");
});
