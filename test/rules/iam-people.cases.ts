import { ControlCase, Template } from './control-case';

type Json = Record<string, any>;

const PARAMETER = { Ref: 'Parameter' };
const ROOT = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } };
const SAML = { Federated: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:saml-provider/staff' } };
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const NAMED = { StringLike: { 'sts:SourceIdentity': '*' } };
const by = (Principal: unknown, Condition: unknown = { ...MFA, ...NAMED }, Action: unknown = 'sts:AssumeRole') => ({ Effect: 'Allow', Principal, Action, Condition });
const BY_SAML = by(SAML, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' }, ...NAMED }, 'sts:AssumeRoleWithSAML');

const role = (properties: object, trust: unknown = by(ROOT), beside: Template['Resources'] = {}): Template => structuredClone({
  Parameters: { Parameter: { Type: 'String' } },
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: trust }, ...properties } }, ...beside },
});
const allowing = (Action: unknown, Condition?: unknown) =>
  ({ Policies: [{ PolicyName: 'rights', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:kms:eu-west-1:111122223333:key/1', ...(Condition !== undefined && { Condition }) }] } }] });
const denying = (Condition: object, Resource: unknown = '*') =>
  ({ Policies: [{ PolicyName: 'denials', PolicyDocument: { Statement: [{ Effect: 'Deny', Action: ['kms:Decrypt', 'kms:ReEncryptFrom'], Resource, Condition }] } }] });
const DIRECTLY = { Null: { 'kms:ViaService': 'true' } };
const BOUNDED = { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' };
const EMERGENCY = { Path: '/break-glass/', ...BOUNDED };
const roleIn = (t: Template): Json => t.Resources.Role.Properties;
const trustIn = (t: Template): Json => roleIn(t).AssumeRolePolicyDocument.Statement;

const keyFor = (Condition: unknown): Template['Resources'] => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, Action: 'kms:Decrypt', Resource: '*', ...(Condition !== undefined && { Condition }) }] } },
  },
});
const boundary = (...statements: object[]): Template['Resources'] => ({
  Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: statements } } },
});
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const BY_BOUNDARY = { Path: '/break-glass/', PermissionsBoundary: { Ref: 'Boundary' } };

const PRIVILEGED = allowing('kms:PutKeyPolicy');
const BY_TAG = { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } };

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const watch = (FilterPattern: unknown): Template['Resources'] => ({
  Filter: { Type: 'AWS::Logs::MetricFilter', Properties: { FilterPattern, LogGroupName: 'trail', MetricTransformations: [{ MetricName: 'Emergency', MetricNamespace: 'Audit', MetricValue: '1' }] } },
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Emergency', Namespace: 'Audit', ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, AlarmActions: [TOPIC] } },
});
const USE = '{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && ($.requestParameters.roleArn = "*:role/break-glass/*") }';
const hearing = (pattern: object): Template['Resources'] => ({ Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern: pattern, Targets: [{ Id: 'Page', Arn: TOPIC }] } } });
const CALL = {
  'source': ['aws.sts'], 'detail-type': ['AWS API Call via CloudTrail'], 'detail': { eventName: ['AssumeRole'], requestParameters: { roleArn: [{ 'Fn::GetAtt': ['Role', 'Arn'] }] } },
};

/** Roles that people take on. */
export const IAM_PEOPLE_CASES: readonly ControlCase[] = [
  {
    control: 'ROLE-SESSION',
    passing: {
      'an hour': role({ ...PRIVILEGED, MaxSessionDuration: 3600 }),
      'nothing said': role(PRIVILEGED),
    },
    failing: [
      { finding: 'TooLong', template: role({ ...PRIVILEGED, MaxSessionDuration: 43200 }) },
      { finding: 'TooLong', template: role({ ...PRIVILEGED, MaxSessionDuration: '7200' }, BY_SAML) },
      { finding: 'UnresolvedDuration', template: role({ ...PRIVILEGED, MaxSessionDuration: PARAMETER }) },
      { finding: 'UnresolvedDuration', template: role({ ManagedPolicyArns: [PARAMETER], MaxSessionDuration: 7200 }) },
      { finding: 'UnresolvedDuration', template: role({ ...PRIVILEGED, MaxSessionDuration: 7200 }, PARAMETER) },
    ],
    mutations: [{ name: 'half a day', finding: 'TooLong', mutate: (t) => { roleIn(t).MaxSessionDuration = 43200; } }],
  },
  {
    control: 'ROLE-DECRYPT-CONTEXT',
    passing: {
      'what a context names': role(allowing('kms:Decrypt', BY_TAG)),
      'what a service keeps, as the key says': role({}, by(ROOT), keyFor({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })),
      'what a key allows, where nothing is decrypted directly': role({ Policies: [...allowing('kms:Decrypt', BY_TAG).Policies, ...denying(DIRECTLY).Policies] }, by(ROOT), keyFor(undefined)),
      'what a service keeps': role(allowing(['kms:Decrypt', 'kms:DescribeKey'], { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }), BY_SAML),
    },
    failing: [
      { finding: 'DecryptAnything', template: role(allowing('kms:Decrypt')) },
      { finding: 'DecryptAnything', template: role(allowing('kms:*', MFA), BY_SAML) },
      { finding: 'DecryptAnything', template: role(allowing('kms:Decrypt', { StringLike: { 'kms:EncryptionContext:tenant': '*' } })) },
      { finding: 'DecryptAnything', template: role({}, by(ROOT), keyFor(undefined)) },
      { finding: 'DecryptAnything', template: role({ Policies: [...allowing('kms:Decrypt').Policies, ...denying(DIRECTLY).Policies] }) },
      { finding: 'DecryptAnything', template: role(denying({ Null: { 'kms:ViaService': 'false' } }), by(ROOT), keyFor(undefined)) },
      { finding: 'DecryptAnything', template: role(denying({ ...DIRECTLY, ...MFA }), by(ROOT), keyFor(undefined)) },
      { finding: 'UnresolvedRights', template: role(denying(DIRECTLY, PARAMETER), by(ROOT), keyFor(undefined)) },
      { finding: 'DecryptAnything', template: role(denying(DIRECTLY, 'arn:aws:kms:eu-west-1:111122223333:key/1'), by(ROOT), keyFor(undefined)) },
      { finding: 'UnresolvedRights', template: role(denying({ Null: { 'kms:ViaService': PARAMETER } }), by(ROOT), keyFor(undefined)) },
      { finding: 'UnresolvedRights', template: role({}, by(ROOT), keyFor(PARAMETER)) },
      { finding: 'UnresolvedRights', template: role(allowing('kms:Decrypt', PARAMETER)) },
      { finding: 'UnresolvedRights', template: role(allowing(PARAMETER)) },
      { finding: 'UnresolvedRights', template: role(allowing('kms:Decrypt'), PARAMETER) },
    ],
    mutations: [
      { name: 'drop the context', finding: 'DecryptAnything', mutate: (t) => delete roleIn(t).Policies[0].PolicyDocument.Statement[0].Condition },
      {
        name: 'let who has no context pass',
        finding: 'DecryptAnything',
        mutate: (t) => { roleIn(t).Policies[0].PolicyDocument.Statement[0].Condition = { StringEqualsIfExists: BY_TAG.StringEquals }; },
      },
    ],
  },
  {
    control: 'BREAK-GLASS-ROLE',
    passing: {
      'a role without rights': role(EMERGENCY),
      'people of an identity provider': role({ RoleName: 'BreakGlass', ...BOUNDED }, BY_SAML),
      'a boundary that denies changes of identities': role(BY_BOUNDARY, by(ROOT), boundary(EVERYTHING, { Effect: 'Deny', Action: 'iam:*', Resource: '*' })),
      'a boundary that allows some services': role(BY_BOUNDARY, by(ROOT), boundary({ ...EVERYTHING, Action: ['s3:*', 'dynamodb:*'] })),
      'with a statement of its own for the name': role(EMERGENCY, [by(ROOT), by(ROOT, undefined, 'sts:SetSourceIdentity')]),
    },
    failing: [
      { finding: 'StandingRights', template: role({ ...EMERGENCY, ...PRIVILEGED }) },
      { finding: 'StandingRights', template: role({ ...EMERGENCY, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
      { finding: 'NoBoundary', template: role({ Path: '/break-glass/' }) },
      { finding: 'Boundless', template: role({ ...EMERGENCY, PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }) },
      { finding: 'Boundless', template: role(BY_BOUNDARY, by(ROOT), boundary(EVERYTHING)) },
      { finding: 'Boundless', template: role(BY_BOUNDARY, by(ROOT), boundary(EVERYTHING, { Effect: 'Deny', Action: 's3:*', Resource: '*' })) },
      { finding: 'NoSourceIdentity', template: role(EMERGENCY, by(ROOT, MFA)) },
      { finding: 'NoSourceIdentity', template: role(EMERGENCY, by(ROOT, { ...MFA, StringLikeIfExists: { 'sts:SourceIdentity': '*' } })) },
      { finding: 'NoMfa', template: role(EMERGENCY, by(ROOT, NAMED)) },
      { finding: 'LongSession', template: role({ ...EMERGENCY, MaxSessionDuration: 7200 }) },
      { finding: 'UnresolvedRole', template: role({ ...EMERGENCY, ManagedPolicyArns: [PARAMETER] }) },
      { finding: 'UnresolvedRole', template: role({ ...EMERGENCY, MaxSessionDuration: PARAMETER }) },
      { finding: 'UnresolvedRole', template: role(EMERGENCY, PARAMETER) },
      { finding: 'UnresolvedRole', template: role(EMERGENCY, by(ROOT, { Bool: { 'aws:MultiFactorAuthPresent': PARAMETER }, ...NAMED })) },
    ],
    mutations: [
      { name: 'rights all the time', finding: 'StandingRights', mutate: (t) => { roleIn(t).Policies = PRIVILEGED.Policies; } },
      { name: 'without a boundary', finding: 'NoBoundary', mutate: (t) => delete roleIn(t).PermissionsBoundary },
      { name: 'without a name', finding: 'NoSourceIdentity', mutate: (t) => delete trustIn(t).Condition.StringLike },
      { name: 'without MFA', finding: 'NoMfa', mutate: (t) => delete trustIn(t).Condition.Bool },
      { name: 'half a day', finding: 'LongSession', mutate: (t) => { roleIn(t).MaxSessionDuration = 43200; } },
    ],
  },
  {
    control: 'BREAK-GLASS-ALARM',
    passing: {
      'a filter on the path': role(EMERGENCY, by(ROOT), watch(USE)),
      'a filter on the role': role(EMERGENCY, by(ROOT), watch({ 'Fn::Sub': '{ ($.eventName = "AssumeRole") && ($.requestParameters.roleArn = "${Role.Arn}") }' })),
      'a rule on the role': role(EMERGENCY, by(ROOT), hearing(CALL)),
      'people of an identity provider': role(EMERGENCY, BY_SAML, watch(USE)),
    },
    failing: [
      { finding: 'Unheard', template: role(EMERGENCY) },
      { finding: 'Unheard', template: role(EMERGENCY, by(ROOT), watch('{ $.eventName = "AssumeRoleWithSAML" }')) },
      { finding: 'Unheard', template: role(EMERGENCY, BY_SAML, hearing(CALL)) },
      { finding: 'Unheard', template: role(EMERGENCY, [by(ROOT), BY_SAML], hearing(CALL)) },
      { finding: 'Unheard', template: role(EMERGENCY, by(ROOT), hearing({ source: ['aws.iam'] })) },
      { finding: 'Unheard', template: role(EMERGENCY, by(ROOT), watch('{ $.eventName = "*" }')) },
      { finding: 'UnresolvedWatch', template: role(EMERGENCY, by(ROOT), watch(PARAMETER)) },
      { finding: 'UnresolvedWatch', template: role(EMERGENCY, by(ROOT), hearing({ ...CALL, detail: PARAMETER })) },
    ],
    mutations: [
      { name: 'drop the alarm', finding: 'Unheard', mutate: (t) => delete t.Resources.Alarm },
      { name: 'silence the alarm', finding: 'Unheard', mutate: (t) => { t.Resources.Alarm.Properties.AlarmActions = []; } },
      { name: 'another role', finding: 'Unheard', mutate: (t) => { t.Resources.Filter.Properties.FilterPattern = USE.replace('break-glass', 'other'); } },
    ],
  },
];
