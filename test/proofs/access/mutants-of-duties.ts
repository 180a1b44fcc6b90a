import { statementOf } from './claim';
import { Deployed } from './deployed';
import { Conditions, Mutant, mutant, whereThere, without, withConditions, withoutActions } from './mutants-tools';

const rights = ({ holders }: Deployed, path: string) => holders[path].rights;
const boundary = ({ holders }: Deployed, path: string) => holders[path].boundary!;

/** Statements that a role denies itself, or the boundary denies it, with what it may do without. */
const DROPPED: ReadonlyArray<readonly [where: 'rights' | 'boundary', path: string, sid: string, about: string, claims: RegExp]> = [
  ['rights', 'Staff/KeyAdministrator', 'NeverUseKeys', 'duties', /KeyAdministrator, given everything: kms:Decrypt/],
  ['rights', 'Sets/KeyAdministrator', 'NeverUseKeys', 'duties', /Sets\/KeyAdministrator, given everything: kms:Sign/],
  ['rights', 'Staff/Operator', 'SeeNoData', 'duties', /Staff\/Operator, given everything: (s3|dynamodb|secretsmanager)/],
  ['rights', 'Staff/Operator', 'DecryptByServicesAlone', 'duties', /Staff\/Operator, given everything: kms:Decrypt/],
  ['rights', 'Sets/Auditor', 'SeeNoSecrets', 'duties', /Sets\/Auditor, given everything: secretsmanager/],
  ['rights', 'Corp/Auditor', 'DecryptByServicesAlone', 'duties', /Corp\/Auditor, given everything: kms:Decrypt/],
  ['rights', 'Staff/Developer', 'StayInThisAccount', 'duties', /Staff\/Developer, given everything: (dynamodb|s3)/],
  ['rights', 'Staff/Developer', 'StayAwayFromProduction', 'duties', /Staff\/Developer, given everything: dynamodb:Query/],
  ['rights', 'Staff/Developer', 'LeaveTheTag', 'duties', /Staff\/Developer, given everything: dynamodb:(Tag|Untag)Resource/],
  ['rights', 'Staff/Detokeniser', 'DecryptInContextAlone', 'duties', /Staff\/Detokeniser, given everything: kms:Decrypt/],
  ['rights', 'Staff/Armer', 'NeverTakeItOn', 'duties', /Staff\/Armer, given everything: sts:/],
  ['rights', 'Staff/Reader', 'WriteNowhereElse', 'duties', /Staff\/Reader, given everything: (s3|dynamodb):Put/],
  ['rights', 'Staff/Writer', 'ReadNowhereElse', 'duties', /Staff\/Writer, given everything: (s3:Get|dynamodb:Scan)/],
  ['rights', 'Staff/Writer', 'NeverDecryptSource', 'duties', /Staff\/Writer, given everything: kms:Decrypt/],
  ['boundary', 'Staff/Operator', 'KeysAsDeployed', 'duties', /Staff\/Operator, given everything: kms:(Put|Schedule|Disable)/],
  ['boundary', 'Staff/Developer', 'GrantsOfServices', 'duties', /Staff\/Developer, given everything: kms:CreateGrant/],
  ['boundary', 'Staff/Operator', 'ArmersAloneArm', 'duties', /Staff\/Operator, given everything: ssm:PutParameter/],
  ['boundary', 'Staff/Operator', 'ArmingAsDeployed', 'duties', /Staff\/Operator, given everything: lambda:(Update|Put)/],
  ['boundary', 'Staff/Armer', 'ArmingsStay', 'duties', /Staff\/Armer, given everything: ssm:(Delete|Label)/],
  ['boundary', 'Staff/Auditor', 'RecordsStay', 'duties', /Staff\/Auditor, given everything: (logs|cloudtrail|s3:Bypass)/],
  ['boundary', 'Staff/Operator', 'BoundedIdentitiesAlone', 'duties', /Staff\/Operator, given everything: iam:CreateRole/],
  ['boundary', 'Staff/Operator', 'BoundariesStay', 'duties', /Staff\/Operator, given everything: iam:Delete(Role|User)Permissions/],
  ['boundary', 'Staff/Operator', 'RolesAndBoundariesAsDeployed', 'duties', /Staff\/Operator, given everything: iam:(CreateRole|PassRole|DeletePolicy)/],
  ['boundary', 'Staff/Operator', 'RolesForTheseServices', 'duties', /Staff\/Operator, given everything: iam:PassRole/],
  ['boundary', 'Staff/Auditor', 'NobodyElse', 'escalation', /^Staff\/Auditor, given everything: iam-0/],
  ['boundary', 'Staff/Auditor', 'BoundedIdentitiesAlone', 'escalation', /^a builder who may do everything: (iam-0|Rhino (9|12)\.)/],
  ['boundary', 'Staff/Auditor', 'RolesForTheseServices', 'escalation', /^a builder who may do everything: (ec2|ecs|glue|ssm)-/],
  ['boundary', 'Staff/Developer', 'NobodyElsesMachine', 'escalation', /^Staff\/Developer, given everything: (cloudformation|ec2|ssm|codebuild|sagemaker)-00/],
  ['boundary', 'Staff/Developer', 'NoDeployment', 'escalation', /^Staff\/Developer, given everything: takes on the deploy-role/],
];

const BORROWED: ReadonlyArray<readonly [action: string, way: string]> = [
  ['apprunner:UpdateService', 'apprunner-002'], ['batch:SubmitJob', 'batch-002'], ['bedrock-agentcore:*Command', 'bedrock-004'],
  ['bedrock-agentcore:*Interpreter', 'bedrock-002'], ['bedrock-agentcore:Connect*', 'bedrock-007'], ['cloudformation:Update*', 'cloudformation-002'],
  ['codebuild:StartBuild*', 'codebuild-002'], ['codedeploy:CreateDeployment', 'codedeploy-001'], ['ec2-instance-connect:*', 'ec2-003'],
  ['ec2:CreateLaunchTemplateVersion', 'ec2-005'], ['ec2:ModifyInstanceAttribute', 'ec2-002'], ['ecs:ExecuteCommand', 'ecs-006'],
  ['glue:UpdateDevEndpoint', 'glue-002'], ['sagemaker:*PresignedNotebook*', 'sagemaker-004'], ['sagemaker:UpdateNotebook*', 'sagemaker-005'],
  ['ssm:SendCommand', 'ssm-002'], ['ssm:StartSession', 'ssm-001'],
];

const inBoundary = (path: string, sid: string, change: (conditions: Conditions) => void) => (deployed: Deployed) =>
  withConditions(statementOf(boundary(deployed, path), sid), change);

const CHANGED: readonly Mutant[] = [
  mutant('an identity without a boundary is as good as a bounded one', 'duties', /Staff\/Operator, given everything: iam:CreateRole/,
    inBoundary('Staff/Operator', 'BoundedIdentitiesAlone', whereThere)),
  mutant('any boundary will do', 'duties', /Staff\/Operator, given everything: iam:CreateRole/,
    inBoundary('Staff/Operator', 'BoundedIdentitiesAlone', (all) => { all.StringNotLike = { 'iam:PermissionsBoundary': '*' }; delete all.StringNotEquals; })),
  mutant('roles of emergencies are made by anybody', 'duties', /Staff\/Operator, given everything: iam:CreateRole on .*break-glass/,
    (deployed) => {
      const statement = statementOf(boundary(deployed, 'Staff/Operator'), 'RolesAndBoundariesAsDeployed');
      statement.Resource = (statement.Resource as string[]).filter((arn) => !arn.includes('/break-glass/'));
    }),
  mutant('every role administers keys', 'duties', /Staff\/Auditor, given everything: kms:PutKeyPolicy/,
    inBoundary('Staff/Auditor', 'KeysAsDeployed', (all) => { all.ArnNotLike['aws:PrincipalArn'] = 'arn:aws:iam::111122223333:role/access/*'; })),
  mutant('every role of the catalogue arms', 'duties', /Staff\/Auditor, given everything: ssm:PutParameter/,
    inBoundary('Staff/Auditor', 'ArmersAloneArm', (all) => { all.ArnNotLike['aws:PrincipalArn'] = 'arn:aws:iam::111122223333:role/access/*'; })),
  mutant('production is what is written in small letters', 'duties', /Staff\/Developer, given everything: dynamodb:Query/,
    (deployed) => withConditions(statementOf(rights(deployed, 'Staff/Developer'), 'StayAwayFromProduction'), (all) => {
      all.StringEquals = all.StringEqualsIgnoreCase;
      delete all.StringEqualsIgnoreCase;
    })),
  mutant('keys are deleted in a week', 'duties', /Staff\/KeyAdministrator, as deployed: kms:ScheduleKeyDeletion/,
    (deployed) => { delete statementOf(rights(deployed, 'Staff/KeyAdministrator'), 'DeleteSlowly').Condition; }),
  mutant('a key administrator keeps every key', 'duties', /Staff\/KeyAdministrator, as deployed: kms:DisableKey/,
    (deployed) => {
      statementOf(rights(deployed, 'Staff/KeyAdministrator'), 'KeepKeys').Resource = '*';
      deployed.keyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' });
    }),
  mutant('a key is used in any context', 'duties', /Staff\/Detokeniser, as deployed: kms:Decrypt/,
    ({ keyPolicy, holders }) => {
      for (const { Statement } of [keyPolicy, holders['Staff/Detokeniser'].rights]) {
        for (const statement of Statement) if (statement.Effect === 'Allow' && statement.Action === 'kms:Decrypt') delete statement.Condition;
      }
    }),
  mutant('an auditor has the data granted', 'duties', /Corp\/Auditor, as deployed: dynamodb:Query/,
    (deployed) => { rights(deployed, 'Corp/Auditor').Statement.push({ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }); }),
  mutant('an armer may resolve reviews', 'duties', /Staff\/Armer, as deployed: ssm:UpdateOpsItem/,
    (deployed) => { rights(deployed, 'Staff/Armer').Statement.push({ Effect: 'Allow', Action: 'ssm:UpdateOpsItem', Resource: '*' }); }),
  mutant('a role of the catalogue has no boundary', 'duties', /Staff\/Trainer, given everything: iam:CreateRole/,
    ({ holders }) => { delete (holders['Staff/Trainer'] as { boundary?: unknown }).boundary; }),
  mutant('roles are passed to instances', 'escalation', /^Sets\/Operator, given everything: ec2-001/,
    inBoundary('Sets/Operator', 'RolesForTheseServices', (all) => { all.StringNotEquals['iam:PassedToService'].push('ec2.amazonaws.com'); })),
  mutant('an operator may change functions', 'escalation', /^Staff\/Operator: (lambda-00[34]|Rhino 18)/,
    (deployed) => { rights(deployed, 'Staff/Operator').Statement.push({ Effect: 'Allow', Action: 'lambda:*', Resource: '*' }); }),
  mutant('a developer takes on any role', 'escalation', /^Staff\/Developer: sts-001/,
    (deployed) => { rights(deployed, 'Staff/Developer').Statement.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }); }),
];

/** Weakenings of what keeps duties apart, and of what closes the ways to more rights. */
export const DUTY_MUTANTS: readonly Mutant[] = [
  ...DROPPED.map(([where, path, sid, about, claims]): Mutant => (
    mutant(`the ${where} of ${path} lack ${sid} (${about})`, about, claims, ({ holders }) => without(holders[path][where]!, sid)))),
  ...BORROWED.map(([action, way]): Mutant => (
    mutant(`the boundary leaves ${action} open`, 'escalation', new RegExp(`^Staff/Operator, given everything: ${way}`),
      (deployed) => withoutActions(statementOf(boundary(deployed, 'Staff/Operator'), 'NobodyElsesMachine'), action)))),
  ...CHANGED,
];
