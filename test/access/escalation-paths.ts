import { ACCOUNT, REGION } from './world';
import { Context } from '../proofs/iam/call';

/** One thing to do on the way to more rights. */
export interface Step {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** A way to more rights: who can do every step of it has them. */
export interface EscalationPath {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Whether the boundary alone closes it, for a role that may do everything else. */
  readonly closedByBoundary: boolean;
}

const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const ROLE = iam('role/admin');
const USER = iam('user/victim');
const GROUP = iam('group/admins');
const POLICY = iam('policy/custom');
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:privileged`;
const NOTEBOOK = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/lab`;
const ENDPOINT = `arn:aws:glue:${REGION}:${ACCOUNT}:devEndpoint/etl`;

const step = (action: string, resource: string): Step => ({ action, resource });
const pass = (service: string): Step => ({ action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': `${service}.amazonaws.com` } });
const path = (name: string, closedByBoundary: boolean, ...steps: readonly Step[]): EscalationPath => ({ name, steps, closedByBoundary });

/**
 * The known ways, in the order of the list.
 *
 * Source: Rhino Security Labs, "AWS IAM Privilege Escalation Methods" (github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation, README at 2b04fa1).
 * Those by AWS CodeStar, 23 to 25, whose service has ended, are judged by their actions alone in the test.
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  path('1. a new policy version', true, step('iam:CreatePolicyVersion', POLICY)),
  path('2. another default policy version', true, step('iam:SetDefaultPolicyVersion', POLICY)),
  path('3. an instance with a role', true, pass('ec2'), step('ec2:RunInstances', `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0a1b2c3d4e5f60718`)),
  path('4. an access key of a user', true, step('iam:CreateAccessKey', USER)),
  path('5. a password of a user', true, step('iam:CreateLoginProfile', USER)),
  path('6. another password of a user', true, step('iam:UpdateLoginProfile', USER)),
  path('7. a policy attached to a user', true, step('iam:AttachUserPolicy', USER)),
  path('8. a policy attached to a group', true, step('iam:AttachGroupPolicy', GROUP)),
  path('9. a policy attached to a role', true, step('iam:AttachRolePolicy', ROLE)),
  path('10. a policy in a user', true, step('iam:PutUserPolicy', USER)),
  path('11. a policy in a group', true, step('iam:PutGroupPolicy', GROUP)),
  path('12. a policy in a role', true, step('iam:PutRolePolicy', ROLE)),
  path('13. membership of a group', true, step('iam:AddUserToGroup', GROUP)),
  path('14. another trust policy', true, step('iam:UpdateAssumeRolePolicy', ROLE), step('sts:AssumeRole', ROLE)),
  path('15. a function with a role, invoked', false, pass('lambda'), step('lambda:CreateFunction', FUNCTION), step('lambda:InvokeFunction', FUNCTION)),
  path('16. a function with a role, invoked from elsewhere', false, pass('lambda'), step('lambda:CreateFunction', FUNCTION), step('lambda:AddPermission', FUNCTION)),
  path('17. a function with a role, invoked by a table', false, pass('lambda'), step('lambda:CreateFunction', FUNCTION), step('lambda:CreateEventSourceMapping', '*')),
  path('18. other code of a function', false, step('lambda:UpdateFunctionCode', FUNCTION)),
  path('19. a Glue endpoint with a role', true, pass('glue'), step('glue:CreateDevEndpoint', ENDPOINT)),
  path('20. another key of a Glue endpoint', true, step('glue:UpdateDevEndpoint', ENDPOINT)),
  path('21. a stack with a role', true, pass('cloudformation'), step('cloudformation:CreateStack', `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/s/1`)),
  path('22. a data pipeline with a role', true, pass('datapipeline'), step('datapipeline:CreatePipeline', '*'), step('datapipeline:PutPipelineDefinition', '*')),
  path('26. a layer of a function', false, step('lambda:UpdateFunctionConfiguration', FUNCTION)),
  path('27. a notebook with a role', true, pass('sagemaker'), step('sagemaker:CreateNotebookInstance', NOTEBOOK), step('sagemaker:CreatePresignedNotebookInstanceUrl', NOTEBOOK)),
  path('28. a way into a notebook', true, step('sagemaker:CreatePresignedNotebookInstanceUrl', NOTEBOOK)),
];

/** Of the ways by AWS CodeStar, what each cannot do without. */
export const CODESTAR = ['codestar:CreateProjectFromTemplate', 'codestar:CreateProject'];
