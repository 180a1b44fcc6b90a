import { Claim, Claims, sessionOf } from './claim';
import { ACCOUNT, Deployed, REGION } from './deployed';
import { ArmingVersion } from '../../../src/runtime/access/arming-parameter';
import { Context } from '../iam/call';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const MINUTE = 60_000;
const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;

const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString().replace('.000', '');
const request = (beneficiary: string, until: string) => JSON.stringify({ for: beneficiary, reason: 'the orders table answers nobody', ticket: 'INC-4711', until });

/** Who has emergency access: whom another armed for it, until the moment that was named, and nobody else; and what they leave alone even then. */
export const emergency: Claims = (deployed) => [...whoHasIt(deployed), ...whatItLeavesAlone(deployed)];

/** What the function would grant for what was written ten minutes ago, or earlier. */
function granted({ arming }: Deployed, ...written: ReadonlyArray<readonly [text: string, by?: string]>): ArmingVersion[] {
  const armer = (person: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${arming.ARMER_ROLE}/${person}`;
  return written.map(([text, by = armer('alice')], index) => ({ number: index + 1, text, writtenBy: by, writtenAt: NOW + (index - 10) * MINUTE }));
}

/** The policies of the role of emergencies after the function looked at the parameter, `minutes` after ten o'clock. */
function rights(deployed: Deployed, versions: readonly ArmingVersion[], minutes: number): unknown[] {
  const { arming, code, holders } = deployed;
  const rules = { armerRole: arming.ARMER_ROLE, longestMilliseconds: Number(arming.LONGEST_MINUTES) * MINUTE };
  const grant = code.grantNow(versions, rules, NOW + minutes * MINUTE);
  const armed = grant === undefined ? [] : (JSON.parse(code.armedPolicy(grant)) as { Statement: unknown[] }).Statement;
  return [...holders['Staff/Emergency'].rights.Statement, ...armed];
}

function whoHasIt(deployed: Deployed): Claim[] {
  const role = deployed.holders['Staff/Emergency'];
  const armer = (person: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${deployed.arming.ARMER_ROLE}/${person}`;
  const asks = (name: string, allowed: boolean, versions: readonly ArmingVersion[], who: Context = { 'aws:SourceIdentity': 'bob' }, minutes = 0, seenAt = 0): Claim => ({
    name: `emergency access ${name}`,
    requests: [sessionOf(role, 'bob', 'dynamodb:GetItem', TABLE, { 'aws:CurrentTime': at(minutes), ...who })],
    // The function may have looked earlier than the request is made: what it granted then still ends by itself.
    policies: { identity: rights(deployed, versions, seenAt), boundary: role.boundary },
    allowed,
  });
  const forBob = request('bob', at(20));
  const armed = granted(deployed, [forBob]);
  return [
    asks('that nobody armed', false, []),
    asks('that a deployment left disarmed', false, granted(deployed, ['disarmed', 'arn:aws:iam::111122223333:role/deploy'])),
    asks('that is armed', true, armed),
    asks('that is armed for another', false, armed, { 'aws:SourceIdentity': 'ann' }),
    asks('of a session without a source identity', false, armed, {}),
    asks('of a session that is named after another', false, armed, { 'aws:SourceIdentity': 'bob', 'aws:userid': 'AROA0A1B2C3D4E5F60718:carol' }),
    asks('of a source identity in other letters', false, armed, { 'aws:SourceIdentity': 'Bob' }),
    asks('of a source identity that begins alike', false, armed, { 'aws:SourceIdentity': 'bobby' }),
    asks('a minute before it ends', true, armed, undefined, 19),
    asks('when it ends, where nothing has run since', false, armed, undefined, 20),
    asks('a day later, where nothing has run since', false, armed, undefined, 24 * 60),
    asks('when it has ended and the function looked', false, armed, undefined, 21, 21),
    asks('that was disarmed', false, granted(deployed, [forBob], ['disarmed'])),
    asks('that was armed for another since', false, granted(deployed, [forBob], [request('carol', at(20))])),
    asks('that somebody tried to arm for another since', true, granted(deployed, [forBob], [request('carol', at(20)), armer('carol')])),
    asks('that the armer armed for themselves', false, granted(deployed, [forBob, armer('bob')])),
    asks('that the armer armed for themselves, in other letters', false, granted(deployed, [forBob, armer('BOB')])),
    asks('that another role armed', false, granted(deployed, [forBob, `arn:aws:sts::${ACCOUNT}:assumed-role/administrator/alice`])),
    asks('that a user armed', false, granted(deployed, [forBob, `arn:aws:iam::${ACCOUNT}:user/alice`])),
    asks('that nobody in particular armed', false, granted(deployed, [forBob, `arn:aws:iam::${ACCOUNT}:root`])),
    asks('that is armed for longer than it may be', false, granted(deployed, [request('bob', at(120))])),
    asks('that is armed for everybody', false, granted(deployed, [request('*', at(20))]), { 'aws:SourceIdentity': '*' }),
    asks('that is armed for whoever has it', false, granted(deployed, [request('${aws:SourceIdentity}', at(20))])),
    asks('without a reason', false, granted(deployed, [JSON.stringify({ for: 'bob', ticket: 'INC-4711', until: at(20) })])),
  ];
}

/** Everything that would let whoever has it have it again, or unseen. */
function whatItLeavesAlone(deployed: Deployed): Claim[] {
  const { holders, armingParameterArn, guarded, boundaryArn, keyArn } = deployed;
  const role = holders['Staff/Emergency'];
  const identity = rights(deployed, granted(deployed, [request('bob', at(20))]), 0);
  const bounded = { 'iam:PermissionsBoundary': boundaryArn };
  const asks = (action: string, resource: string, allowed = false, context: Context = {}): Claim => ({
    name: `emergency access that is armed: ${action} on ${resource}`,
    requests: [sessionOf(role, 'bob', action, resource, { 'aws:CurrentTime': at(0), 'aws:SourceIdentity': 'bob', ...context })],
    policies: { identity, boundary: role.boundary, resource: action.startsWith('kms:') ? deployed.keyPolicy : undefined },
    allowed,
  });
  return [
    asks('s3:DeleteObject', 'arn:aws:s3:::orders/1.csv', true),
    asks('lambda:UpdateFunctionConfiguration', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:orders`, true),
    asks('iam:DeleteAccessKey', `arn:aws:iam::${ACCOUNT}:user/stolen`, true),
    asks('iam:CreateRole', `arn:aws:iam::${ACCOUNT}:role/team/job`, false, bounded),
    asks('iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/robot`, false, bounded),
    asks('iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/team/job`, false, bounded),
    asks('iam:UpdateAssumeRolePolicy', `arn:aws:iam::${ACCOUNT}:role/team/job`, false, bounded),
    asks('sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/team/job`, false, { 'sts:RoleSessionName': 'bob' }),
    asks('ssm:PutParameter', armingParameterArn),
    asks('ssm:DeleteParameter', armingParameterArn),
    asks('ssm:LabelParameterVersion', armingParameterArn),
    asks('lambda:UpdateFunctionCode', guarded.functionArn),
    asks('lambda:InvokeFunction', guarded.functionArn),
    asks('lambda:PutFunctionConcurrency', guarded.functionArn),
    asks('events:DisableRule', guarded.ruleArn),
    asks('events:RemoveTargets', guarded.ruleArn),
    asks('iam:PutRolePolicy', role.arn, false, bounded),
    asks('iam:DeleteRolePolicy', role.arn, false, bounded),
    asks('iam:UpdateAssumeRolePolicy', role.arn, false, bounded),
    asks('iam:DeleteRolePermissionsBoundary', role.arn),
    asks('iam:CreatePolicyVersion', boundaryArn),
    asks('iam:PutRolePolicy', holders['Staff/Armer'].arn, false, bounded),
    asks('cloudtrail:StopLogging', `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/audit`),
    asks('logs:DeleteLogGroup', `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:trail`),
    asks('logs:PutMetricFilter', `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:trail`),
    asks('s3:BypassGovernanceRetention', 'arn:aws:s3:::evidence/1.json'),
    asks('kms:PutKeyPolicy', keyArn),
    asks('kms:ScheduleKeyDeletion', keyArn),
    asks('cloudformation:UpdateStack', `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Live-Staff/1`),
  ];
}
