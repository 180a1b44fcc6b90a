import { asDeployed, Claim, Claims, sessionOf, withEverything } from './claim';
import { ACCOUNT, Deployed, REGION } from './deployed';
import { Context } from '../iam/call';

const OBJECT = 'arn:aws:s3:::orders/1.csv';
const HAND_OVER = 'arn:aws:s3:::hand-over/1.json';
const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:partner-a1b2c3`;
const LOG = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:orders`;
const OPS_ITEM = `arn:aws:ssm:${REGION}:${ACCOUNT}:opsitem/oi-0a1b2c3d4e5f`;
const TRAIL = `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`;
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:detokenise`;

const USES = [
  'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:CreateGrant', 'kms:Sign',
  'kms:Verify', 'kms:GenerateMac', 'kms:VerifyMac', 'kms:DeriveSharedSecret',
];
const GOVERNS = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DisableKeyRotation'];
const USERS_OF_KEYS = ['Auditor', 'Operator', 'Developer', 'Detokeniser', 'Reader', 'Writer', 'Armer', 'Trainer', 'Emergency'];
const READS: ReadonlyArray<readonly [string, string]> = [
  ['s3:GetObject', OBJECT], ['dynamodb:GetItem', TABLE], ['dynamodb:Query', TABLE], ['dynamodb:Scan', TABLE], ['secretsmanager:GetSecretValue', SECRET],
];

/** What each duty is kept apart from: by a role's own rights, and whatever else somebody grants it. */
export const duties: Claims = (deployed) => [
  ...keys(deployed), ...watchers(deployed), ...developers(deployed), ...emergencyRoles(deployed), ...maskingJobs(deployed), ...makers(deployed),
];

/** Claims of one role of a stack; `given` says whether somebody gave it everything besides. */
function of({ holders, keyPolicy }: Deployed, path: string) {
  const holder = holders[path];
  return (given: 'as deployed' | 'given everything', action: string, resource: string, allowed: boolean, context: Context = {}): Claim => ({
    name: `${path}, ${given}: ${action} on ${resource}`,
    requests: [sessionOf(holder, 'ann', action, resource, context)],
    policies: {
      ...given === 'as deployed' ? asDeployed(holder) : withEverything(holder),
      ...action.startsWith('kms:') && { resource: given === 'as deployed' ? keyPolicy : letsTheAccount(keyPolicy) },
    },
    allowed,
  });
}

/** The key as it is, and a statement that somebody added for its use. */
function letsTheAccount({ Statement }: Deployed['keyPolicy']): unknown {
  const all = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' };
  return { Version: '2012-10-17', Statement: [...Statement, all] };
}

function keys(deployed: Deployed): Claim[] {
  const { keyArn } = deployed;
  const other = keyArn.replace(/[^/]+$/, '00000000-0000-0000-0000-000000000000');
  const slowly = (days: string) => ({ 'kms:ScheduleKeyDeletionPendingWindowInDays': days });
  const administrators = ['Staff', 'Corp', 'Sets'].flatMap((stack) => {
    const asks = of(deployed, `${stack}/KeyAdministrator`);
    return USES.map((action) => asks('given everything', action, keyArn, false));
  });
  const administrator = of(deployed, 'Staff/KeyAdministrator');
  const detokeniser = of(deployed, 'Staff/Detokeniser');
  const inContext = (purpose: string) => ({ 'kms:EncryptionContext:purpose': purpose, 'kms:EncryptionContextKeys': ['purpose'] });
  return [
    ...administrators,
    administrator('as deployed', 'kms:DisableKey', keyArn, true),
    administrator('as deployed', 'kms:EnableKeyRotation', keyArn, true),
    administrator('as deployed', 'kms:RevokeGrant', keyArn, true),
    administrator('as deployed', 'kms:DisableKey', other, false),
    administrator('as deployed', 'kms:PutKeyPolicy', keyArn, false),
    administrator('as deployed', 'kms:ScheduleKeyDeletion', keyArn, true, slowly('30')),
    administrator('as deployed', 'kms:ScheduleKeyDeletion', keyArn, false, slowly('7')),
    ...USERS_OF_KEYS.flatMap((name) => GOVERNS.map((action) => of(deployed, `Staff/${name}`)('given everything', action, keyArn, false, action.includes('Schedule') ? slowly('30') : {}))),
    ...USERS_OF_KEYS.map((name) => of(deployed, `Staff/${name}`)('given everything', 'kms:CreateGrant', keyArn, false, { 'kms:GrantIsForAWSResource': 'false' })),
    detokeniser('as deployed', 'lambda:InvokeFunction', FUNCTION, true),
    detokeniser('as deployed', 'kms:Decrypt', keyArn, true, inContext('card-number')),
    detokeniser('as deployed', 'kms:Decrypt', keyArn, false, inContext('name')),
    detokeniser('given everything', 'kms:Decrypt', keyArn, false),
  ];
}

/** An auditor and an operator see what was done, and none of the data; each may acknowledge a review. */
function watchers(deployed: Deployed): Claim[] {
  const { keyArn } = deployed;
  return ['Staff', 'Corp', 'Sets'].flatMap((stack) => {
    const auditor = of(deployed, `${stack}/Auditor`);
    const operator = of(deployed, `${stack}/Operator`);
    return [
      auditor('as deployed', 'cloudtrail:LookupEvents', '*', true),
      auditor('as deployed', 'iam:GetAccountAuthorizationDetails', '*', true),
      auditor('as deployed', 'ssm:UpdateOpsItem', OPS_ITEM, true),
      ...READS.map(([action, resource]) => auditor('as deployed', action, resource, false)),
      auditor('as deployed', 'kms:Decrypt', keyArn, false),
      auditor('as deployed', 'logs:FilterLogEvents', LOG, false),
      auditor('given everything', 'secretsmanager:GetSecretValue', SECRET, false),
      auditor('given everything', 'logs:Unmask', LOG, false),
      auditor('given everything', 'kms:Decrypt', keyArn, false),
      auditor('given everything', 'cloudtrail:StopLogging', TRAIL, false),
      auditor('given everything', 's3:BypassGovernanceRetention', 'arn:aws:s3:::evidence/1.json', false),
      operator('as deployed', 'lambda:InvokeFunction', FUNCTION, true),
      operator('as deployed', 'lambda:InvokeFunction', `${FUNCTION}-other`, false),
      operator('as deployed', 'ssm:UpdateOpsItem', OPS_ITEM, true),
      ...READS.map(([action, resource]) => operator('given everything', action, resource, false)),
      operator('given everything', 'kms:Decrypt', keyArn, false),
      operator('given everything', 'logs:Unmask', LOG, false),
    ];
  });
}

/** Nothing of production: neither of another account, nor what a tag of this one says is. */
function developers(deployed: Deployed): Claim[] {
  const here = { 'aws:ResourceAccount': ACCOUNT };
  return ['Staff', 'Corp', 'Sets'].flatMap((stack) => {
    const asks = of(deployed, `${stack}/Developer`);
    return [
      asks('as deployed', 'dynamodb:Query', TABLE, false, here),
      asks('given everything', 'dynamodb:Query', TABLE, true, here),
      asks('given everything', 'dynamodb:Query', TABLE, true, { ...here, 'aws:ResourceTag/environment': 'test' }),
      ...['prod', 'PROD', 'prd', 'production', 'Production', 'live'].map((value) => (
        asks('given everything', 'dynamodb:Query', TABLE, false, { ...here, 'aws:ResourceTag/environment': value }))),
      asks('given everything', 'dynamodb:Query', TABLE.replace(ACCOUNT, '444455556666'), false, { 'aws:ResourceAccount': '444455556666' }),
      asks('given everything', 's3:GetObject', OBJECT, false, { 'aws:ResourceAccount': '444455556666' }),
      asks('given everything', 'dynamodb:UntagResource', TABLE, false, { ...here, 'aws:TagKeys': ['Environment'] }),
      asks('given everything', 'dynamodb:TagResource', TABLE, false, { ...here, 'aws:TagKeys': ['environment'] }),
    ];
  });
}

/** Who arms never has the access, who has it never arms, and neither acknowledges the review by a right of the role. */
function emergencyRoles(deployed: Deployed): Claim[] {
  const { holders, armingParameterArn, guarded } = deployed;
  const armer = of(deployed, 'Staff/Armer');
  const { arn } = holders['Staff/Emergency'];
  const names = { 'sts:RoleSessionName': 'ann', 'sts:SourceIdentity': 'ann' };
  const others = Object.keys(holders).filter((path) => !path.endsWith('/Armer'));
  return [
    armer('as deployed', 'ssm:PutParameter', armingParameterArn, true),
    armer('as deployed', 'ssm:PutParameter', `${armingParameterArn}-other`, false),
    armer('as deployed', 'ssm:UpdateOpsItem', OPS_ITEM, false),
    armer('given everything', 'sts:AssumeRole', arn, false, names),
    armer('given everything', 'sts:SetSourceIdentity', arn, false, { 'sts:SourceIdentity': 'ann' }),
    armer('given everything', 'ssm:DeleteParameter', armingParameterArn, false),
    armer('given everything', 'ssm:LabelParameterVersion', armingParameterArn, false),
    ...others.map((path) => of(deployed, path)('given everything', 'ssm:PutParameter', armingParameterArn, false)),
    ...Object.keys(holders).flatMap((path) => ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction', 'lambda:PutFunctionConcurrency'].map((action) => (
      of(deployed, path)('given everything', action, guarded.functionArn, false)))),
    of(deployed, 'Staff/Trainer')('as deployed', 'ssm:UpdateOpsItem', OPS_ITEM, false),
    of(deployed, 'Staff/Emergency')('as deployed', 'ssm:UpdateOpsItem', OPS_ITEM, false),
  ];
}

function maskingJobs(deployed: Deployed): Claim[] {
  const { keyArn } = deployed;
  const rows: ReadonlyArray<readonly [action: string, resource: string, reader: boolean, writer: boolean]> = [
    ['s3:GetObject', OBJECT, true, false], ['dynamodb:Scan', TABLE, true, false], ['s3:PutObject', OBJECT, false, true], ['dynamodb:PutItem', TABLE, false, true],
    ['s3:DeleteObject', OBJECT, false, true], ['s3:PutObject', HAND_OVER, true, true], ['s3:GetObject', HAND_OVER, true, true],
    ['secretsmanager:GetSecretValue', SECRET, false, false],
  ];
  return [
    ...rows.flatMap(([action, resource, reader, writer]) => [
      of(deployed, 'Staff/Reader')('given everything', action, resource, reader),
      of(deployed, 'Staff/Writer')('given everything', action, resource, writer),
    ]),
    of(deployed, 'Staff/Writer')('given everything', 'kms:Decrypt', keyArn, false),
    ...['Reader', 'Writer'].flatMap((name) => [of(deployed, `Staff/${name}`)('as deployed', 's3:GetObject', OBJECT, false), of(deployed, `Staff/${name}`)('as deployed', 's3:PutObject', OBJECT, false)]),
  ];
}

/** Whatever somebody makes has the same boundary, and keeps it. */
function makers(deployed: Deployed): Claim[] {
  const { boundaryArn, holders } = deployed;
  const [job, robot] = [`arn:aws:iam::${ACCOUNT}:role/team/job`, `arn:aws:iam::${ACCOUNT}:user/robot`];
  const bounded = { 'iam:PermissionsBoundary': boundaryArn };
  const wide = { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/wide` };
  const makes: ReadonlyArray<readonly [string, string]> = [
    ['iam:CreateRole', job], ['iam:CreateUser', robot], ['iam:PutRolePolicy', job], ['iam:AttachRolePolicy', job], ['iam:PutUserPolicy', robot], ['iam:AttachUserPolicy', robot], ['iam:UpdateAssumeRolePolicy', job],
  ];
  const guarded = ['role/access/auditor/mine', 'role/break-glass/mine', 'role/trainer/mine'].map((name) => `arn:aws:iam::${ACCOUNT}:${name}`);
  return Object.keys(holders).filter((path) => path.startsWith('Staff/')).flatMap((path) => {
    const asks = of(deployed, path);
    return [
      ...makes.flatMap(([action, resource]) => [
        // What emergency access made would outlast it.
        asks('given everything', action, resource, !path.endsWith('/Emergency'), bounded),
        asks('given everything', action, resource, false),
        asks('given everything', action, resource, false, wide),
      ]),
      asks('given everything', 'iam:PutRolePermissionsBoundary', job, false, bounded),
      asks('given everything', 'iam:PutUserPermissionsBoundary', robot, false, bounded),
      asks('given everything', 'iam:DeleteRolePermissionsBoundary', job, false),
      asks('given everything', 'iam:DeleteUserPermissionsBoundary', robot, false),
      asks('given everything', 'iam:CreatePolicyVersion', boundaryArn, false),
      asks('given everything', 'iam:DeletePolicy', boundaryArn, false),
      asks('given everything', 'iam:PassRole', job, true, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
      asks('given everything', 'iam:PassRole', job, false, { 'iam:PassedToService': 'ec2.amazonaws.com' }),
      asks('given everything', 'iam:PassRole', guarded[0], false, { 'iam:PassedToService': 'lambda.amazonaws.com' }),
      ...guarded.map((role) => asks('given everything', 'iam:CreateRole', role, false, bounded)),
      asks('given everything', 'iam:GetRole', guarded[0], true),
    ];
  });
}
