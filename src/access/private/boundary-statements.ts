import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCESS_PATH, ARMING_FUNCTION, arnPatternsOf, BREAK_GLASS_PATH, TRAINER_PATH } from './role-path';
import { protectedTagStatement } from './training-statements';

/** What a boundary has to know of its place. */
export interface BoundaryTerms {
  readonly partition: string;
  readonly account: string;
  /** ARN of the boundary itself. */
  readonly boundaryArn: string;
  /** Services to which roles may be passed. */
  readonly passableTo: readonly string[];
  readonly trainingTag: string;
}

/** Roles that decide who may do what: those of the catalogue, of emergencies, and of trainers. Policies are all below the first. */
const GUARDED_PATHS = [ACCESS_PATH, BREAK_GLASS_PATH, TRAINER_PATH];

/** Everything but to read a role or a policy: `Get`, `List`, `Generate` and `Simulate`. */
const ALTER = ['iam:A*', 'iam:C*', 'iam:D*', 'iam:P*', 'iam:R*', 'iam:Set*', 'iam:T*', 'iam:U*'];

/**
 * What makes an identity or gives it rights, and can be asked for a boundary (Service Authorization Reference, "AWS Identity and Access Management":
 * actions with the key iam:PermissionsBoundary). A group has no boundary, so that what the patterns mean for groups is denied altogether.
 */
const BOUNDABLE = [
  'iam:Attach*', 'iam:CreateRole', 'iam:CreateUser', 'iam:DeleteRolePolicy', 'iam:DeleteUserPolicy', 'iam:Detach*', 'iam:Put*', 'iam:UpdateAssumeRolePolicy',
];

/**
 * What lets somebody act as another identity, decides who identities are, or takes a guard off a group, and cannot be asked for a boundary. To update a
 * credential is to bring back one that was ended. To end one for good is not among it: emergencies are for that.
 */
const IMPERSONATING = [
  'iam:AcceptDelegationRequest', 'iam:AddClientIDToOpenIDConnectProvider', 'iam:AddUserToGroup', 'iam:ChangePassword', 'iam:Create*Provider',
  'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreatePolicyVersion', 'iam:CreateServiceSpecificCredential', 'iam:*VirtualMFADevice',
  'iam:DeactivateMFADevice', 'iam:DeleteGroupPolicy', 'iam:EnableMFADevice', 'iam:EnableOrganizations*', 'iam:RemoveUserFromGroup',
  'iam:ResetServiceSpecificCredential', 'iam:ResyncMFADevice', 'iam:SetDefaultPolicyVersion', 'iam:Update*Provider*', 'iam:UpdateAcc*', 'iam:UpdateLoginProfile',
  'iam:UpdateS*', 'iam:UpdateUser', 'iam:Upload*', 'identitystore:Create*', 'identitystore:Update*', 'sso-directory:*', 'sso:Attach*', 'sso:Create*', 'sso:Delete*',
  'sso:Detach*', 'sso:ProvisionPermissionSet', 'sso:Put*', 'sso:Update*', 'sts:AssumeRoot',
];

/**
 * What runs something with the role that a machine, a job or a stack has already, so that no role has to be passed. Integrations run on other services
 * (`passableTo`), and what stacks may do is done by a deployment (DataDog, pathfinding.cloud: paths of the category `existing-passrole`; AWS
 * CloudFormation User Guide, "CloudFormation service role"). To go on with what a stack began, or to roll it back, is not among it.
 */
const BORROWING = [
  'apprunner:UpdateService', 'batch:SubmitJob', 'bedrock-agentcore:*Command', 'bedrock-agentcore:*Interpreter', 'bedrock-agentcore:Connect*',
  'cloudformation:Create*', 'cloudformation:DeleteStack*', 'cloudformation:Execute*', 'cloudformation:Update*', 'codebuild:StartBuild*',
  'codedeploy:CreateDeployment', 'ec2-instance-connect:*', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyInstanceAttribute', 'ecs:ExecuteCommand', 'glue:UpdateDevEndpoint',
  'sagemaker:*PresignedNotebook*', 'sagemaker:UpdateNotebook*', 'ssm:SendCommand', 'ssm:StartSession',
];

/** What ends or alters the record of what was done, its detections, or the account's own guards. */
const SILENCING = [
  'access-analyzer:DeleteAnalyzer', 'account:CloseAccount', 'cloudtrail:Delete*', 'cloudtrail:Put*Selectors', 'cloudtrail:Stop*', 'cloudtrail:Update*',
  'cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:PutAlarmMuteRule', 'cloudwatch:PutMetricAlarm', 'cloudwatch:SetAlarmState',
  'config:Delete*', 'config:PutConfigurationRecorder', 'config:StopConfigurationRecorder', 'ec2:DeleteFlowLogs', 'ec2:DisableEbsEncryptionByDefault',
  'guardduty:Create*', 'guardduty:Delete*', 'guardduty:Disassociate*', 'guardduty:StopMonitoringMembers', 'guardduty:Update*', 'inspector2:Disable',
  'logs:Delete*', 'logs:DisassociateKmsKey', 'logs:Put*Filter', 'logs:Put*Policy', 'logs:Unmask',
  'organizations:DeletePolicy', 'organizations:DetachPolicy', 'organizations:DisablePolicyType', 'organizations:LeaveOrganization',
  'organizations:UpdatePolicy', 's3:BypassGovernanceRetention', 's3:PutAccountPublicAccessBlock', 's3:PutBucketObjectLockConfiguration',
  'securityhub:BatchDisableStandards', 'securityhub:Delete*', 'securityhub:Disable*', 'wafv2:DeleteLoggingConfiguration',
];

/** What decides who may use a key, ends it, or puts another in its place. A replica of a key has a policy of its own. */
const KEY_GOVERNING = [
  'kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:DisableKeyRotation', 'kms:PutKeyPolicy', 'kms:ReplicateKey', 'kms:ScheduleKeyDeletion',
  'kms:UpdateAlias',
];

/**
 * What holds for every role that a boundary bounds, and for every role that such a role makes.
 *
 * A boundary gives nothing: its Allow says that the policies of a role decide. Its denials hold against those, and against policies of resources too,
 * which an Allow that is merely missing does not (AWS IAM User Guide, "Permissions boundaries for IAM entities": evaluating effective permissions).
 */
export function boundaryStatements(terms: BoundaryTerms): iam.PolicyStatement[] {
  const { partition, account, boundaryArn } = terms;
  const ofAccount = `arn:${partition}:iam::${account}:`;
  const arming = [`arn:${partition}:ssm:*:${account}:parameter/break-glass/*`];
  const trainers = `${ofAccount}role${TRAINER_PATH}*`;
  const guarded = [...GUARDED_PATHS.map((path) => `${ofAccount}role${path}*`), `${ofAccount}policy${ACCESS_PATH}*`];
  return [
    new iam.PolicyStatement({ sid: 'PoliciesDecide', actions: ['*'], resources: ['*'] }),
    // A request without the key differs, too: for an identity that has no boundary there is none to compare.
    deny('BoundedIdentitiesAlone', BOUNDABLE, { StringNotEquals: { 'iam:PermissionsBoundary': boundaryArn } }),
    // To put the boundary on others is to have them within reach of the statement before. Who makes an identity says its boundary at once.
    deny('BoundariesStay', ['iam:*PermissionsBoundary']),
    deny('RolesAndBoundariesAsDeployed', ALTER, undefined, guarded),
    deny('NobodyElse', IMPERSONATING),
    deny('NobodyElsesMachine', BORROWING),
    // The roles by which CDK deploys trust the account (AWS CDK Developer Guide, "AWS CDK bootstrapping"), and can do everything.
    deny('NoDeployment', ['sts:AssumeRole'], undefined, [`arn:${partition}:iam::*:role/cdk-*`]),
    deny('RolesForTheseServices', ['iam:PassRole'], { StringNotEquals: { 'iam:PassedToService': [...terms.passableTo] } }),
    deny('KeysAsDeployed', KEY_GOVERNING, { ArnNotLike: { 'aws:PrincipalArn': arnPatternsOf(partition, account, 'KeyAdministrator') } }),
    // Services that keep data encrypted make grants for their own resources, and say so (AWS KMS Developer Guide, "AWS KMS condition keys").
    deny('GrantsOfServices', ['kms:CreateGrant'], { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } }),
    deny('RecordsStay', SILENCING),
    deny('ArmersAloneArm', ['ssm:PutParameter'], { ArnNotLike: { 'aws:PrincipalArn': arnPatternsOf(partition, account, 'Armer') } }, arming),
    // Labels say up to which version somebody was told of it.
    deny('ArmingsStay', ['ssm:Delete*', 'ssm:LabelParameterVersion', 'ssm:UnlabelParameterVersion'], undefined, arming),
    deny('ArmingAsDeployed', ['lambda:Add*', 'lambda:Create*', 'lambda:Delete*', 'lambda:InvokeFunction', 'lambda:Put*', 'lambda:Remove*', 'lambda:Update*'],
      undefined, [`arn:${partition}:lambda:*:${account}:function:${ARMING_FUNCTION}*`]),
    protectedTagStatement(terms.trainingTag, trainers),
  ];
}

function deny(sid: string, actions: readonly string[], conditions?: Record<string, unknown>, resources: readonly string[] = ['*']): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions: [...actions], resources: [...resources], conditions });
}
