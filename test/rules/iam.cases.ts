import { ControlCase, Template } from './control-case';

const PARAMETERS = { Parameters: { Value: { Type: 'String' } } };
const UNKNOWN = { Ref: 'Value' };
const BUCKET = 'arn:aws:s3:::reports/*';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/job';
const ACCOUNT = { Ref: 'AWS::AccountId' };
const OWN_ROOT = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

const document = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (action: unknown, resource: unknown, condition?: object) => ({
  Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }),
});
const policy = (...statements: unknown[]): Template => ({
  ...PARAMETERS, Resources: { Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: document(...statements) } } },
});
const trust = (principal: unknown, condition?: object) => ({
  Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...(condition && { Condition: condition }),
});
const LAMBDA = trust({ Service: 'lambda.amazonaws.com' });
const role = (trusts: object | readonly object[], properties: object = {}, others: object = {}): Template => ({
  ...PARAMETERS,
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document(...[trusts].flat()), ...properties } }, ...others },
});
const inline = (...statements: unknown[]) => ({ Policies: [{ PolicyName: 'Inline', PolicyDocument: document(...statements) }] });
const managed = (name: string) => ({ ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] }] });
const attached = (...statements: unknown[]) => ({
  Attached: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: document(...statements) } },
});
const permissionSet = (properties: object): Template => ({ ...PARAMETERS, Resources: { Set: { Type: 'AWS::SSO::PermissionSet', Properties: { Name: 'Analyst', ...properties } } } });
const statement = (t: Template) => t.Resources.Policy.Properties.PolicyDocument.Statement[0];
const trustOf = (t: Template) => t.Resources.Role.Properties.AssumeRolePolicyDocument.Statement[0];
const deny = (condition: object) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition });

const READ = allow('s3:GetObject', BUCKET);
const ADMIN = allow('*', '*');
const GITHUB = { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' };
const GITHUB_AUDIENCE = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' };

export const IAM_CASES: readonly ControlCase[] = [
  {
    control: 'IAM-ADMIN',
    passing: {
      'a narrow policy': policy(READ),
      'a boundary, which grants nothing': role(LAMBDA, { ...inline(READ), PermissionsBoundary: { Ref: 'Boundary' } }, {
        Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(ADMIN) } },
      }),
      'a boundary of a permission set': {
        Resources: {
          ...policy(READ).Resources,
          Set: { Type: 'AWS::SSO::PermissionSet', Properties: { PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'cap', Path: '/team/' } } } },
          Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'cap', Path: '/team/', PolicyDocument: document(ADMIN) } },
        },
      },
      'a named action on a parameter': policy(allow('s3:GetObject', UNKNOWN)),
      'a permission set that reads one bucket': permissionSet({ InlinePolicy: document(READ), ManagedPolicies: ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'] }),
      'a permission set of JSON text': permissionSet({ InlinePolicy: JSON.stringify(document(READ)) }),
      'another managed policy': role(LAMBDA, managed('service-role/AWSLambdaBasicExecutionRole')),
    },
    failing: [
      { finding: 'AdminStatement', template: policy(ADMIN) },
      { finding: 'AdminStatement', template: policy(allow(['s3:GetObject', '*'], [BUCKET, '*'], MFA)) },
      { finding: 'AdminStatement', template: policy({ Effect: 'Allow', Action: '*', NotResource: BUCKET }) },
      {
        finding: 'AdminStatement',
        template: {
          Resources: {
            Set: {
              Type: 'AWS::SSO::PermissionSet',
              Properties: { PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'cap' } }, CustomerManagedPolicyReferences: [{ Name: 'cap' }] },
            },
            Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'cap', PolicyDocument: document(ADMIN) } },
          },
        },
      },
      {
        finding: 'AdminStatement',
        template: {
          ...PARAMETERS,
          Resources: {
            Set: {
              Type: 'AWS::SSO::PermissionSet',
              Properties: { PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'cap' } }, CustomerManagedPolicyReferences: [{ Name: UNKNOWN }] },
            },
            Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'cap', PolicyDocument: document(ADMIN) } },
          },
        },
      },
      {
        finding: 'AdminStatement',
        template: {
          Resources: {
            Set: { Type: 'AWS::SSO::PermissionSet', Properties: { PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'cap', Path: '/team/' } } } },
            Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'cap', PolicyDocument: document(ADMIN) } },
          },
        },
      },
      { finding: 'AdminStatement', template: role(LAMBDA, inline(allow('*:*', 'arn:aws:*'))) },
      { finding: 'AdminStatement', template: policy(allow('*', 'arn*')) },
      { finding: 'AdminStatement', template: policy(allow('*', '*:*')) },
      {
        finding: 'AdminStatement',
        template: role(LAMBDA, { PermissionsBoundary: { Ref: 'Boundary' }, ManagedPolicyArns: [{ Ref: 'Boundary' }] }, {
          Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(ADMIN) } },
        }),
      },
      {
        finding: 'AdminStatement',
        template: role(LAMBDA, { PermissionsBoundary: { Ref: 'Boundary' }, ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/team/operator'] }, {
          Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'operator', Path: '/team/', PolicyDocument: document(ADMIN) } },
        }),
      },
      { finding: 'NotAction', template: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) },
      { finding: 'AdministratorAccess', template: role(LAMBDA, managed('AdministratorAccess')) },
      { finding: 'AdminStatement', template: permissionSet({ InlinePolicy: document(ADMIN) }) },
      { finding: 'AdminStatement', template: permissionSet({ InlinePolicy: JSON.stringify(document(ADMIN)) }) },
      { finding: 'AdministratorAccess', template: permissionSet({ ManagedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
      { finding: 'UnresolvedPolicy', template: permissionSet({ InlinePolicy: UNKNOWN }) },
      { finding: 'UnresolvedPolicy', template: permissionSet({ ManagedPolicies: [UNKNOWN] }) },
      { finding: 'UnresolvedPolicy', template: policy(allow('*', UNKNOWN)) },
      { finding: 'UnresolvedPolicy', template: policy(allow(UNKNOWN, '*')) },
      { finding: 'UnresolvedPolicy', template: policy(UNKNOWN) },
      { finding: 'UnresolvedPolicy', template: role(LAMBDA, { ManagedPolicyArns: [UNKNOWN] }) },
      { finding: 'UnresolvedPolicy', template: role(LAMBDA, { Policies: UNKNOWN }) },
    ],
    mutations: [
      { name: 'allow everything', finding: 'AdminStatement', mutate: (t) => Object.assign(statement(t), ADMIN) },
    ],
  },
  {
    control: 'IAM-DECRYPT-ALL',
    passing: {
      'a named key': policy(allow(['kms:Decrypt'], KEY_ARN)),
      'a named key beside all buckets': policy(allow(['kms:Decrypt', 's3:GetObject'], [KEY_ARN, 'arn:aws:s3:::*'])),
    },
    failing: [
      { finding: 'AllKeys', template: policy(allow('kms:Decrypt', '*')) },
      { finding: 'AllKeys', template: permissionSet({ InlinePolicy: document(allow('kms:Decrypt', '*')) }) },
      { finding: 'AllKeys', template: policy(allow('kms:*', 'arn:aws:kms:eu-west-1:111122223333:key/*')) },
      { finding: 'AllKeys', template: policy(allow('kms:ReEncrypt*', 'arn:aws:kms:*:*:key/1234abcd')) },
      { finding: 'AllKeys', template: policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }) },
      { finding: 'UnresolvedPolicy', template: policy(allow('kms:Decrypt', UNKNOWN)) },
      { finding: 'UnresolvedPolicy', template: policy(allow([UNKNOWN], '*')) },
    ],
    mutations: [{ name: 'widen to all keys', finding: 'AllKeys', mutate: (t) => statement(t).Resource = '*' }],
  },
  {
    control: 'IAM-MFA-DENY',
    passing: { 'a Deny with BoolIfExists': policy(deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })) },
    failing: [
      { finding: 'DenyWithBool', template: policy(deny({ Bool: { 'aws:MultiFactorAuthPresent': false } })) },
      { finding: 'DenyWithBool', template: permissionSet({ InlinePolicy: document(deny({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })) }) },
      { finding: 'DenyWithBool', template: policy(deny({ StringEquals: { 'aws:multifactorauthpresent': 'false' } })) },
      { finding: 'DenyWithNull', template: policy(deny({ Null: { 'aws:MultiFactorAuthPresent': 'true' } })) },
      { finding: 'DenyWithMfa', template: policy(deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })) },
      { finding: 'UnresolvedPolicy', template: policy(deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': UNKNOWN } })) },
      { finding: 'UnresolvedPolicy', template: policy(UNKNOWN) },
      { finding: 'DenyWithBool', template: role([LAMBDA, { ...trust('*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }), Effect: 'Deny' }]) },
    ],
    mutations: [
      { name: 'use Bool', finding: 'DenyWithBool', mutate: (t) => statement(t).Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
    ],
  },
  {
    control: 'IAM-PASS-ROLE',
    passing: { 'a named role to a named service': policy(allow('iam:PassRole', ROLE_ARN, { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })) },
    failing: [
      { finding: 'AnyRole', template: policy(allow('iam:Pass*', '*', { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })) },
      { finding: 'AnyRole', template: policy(allow('iam:PassRole', 'arn:aws:iam::111122223333:role/*')) },
      { finding: 'AnyService', template: policy(allow('iam:PassRole', ROLE_ARN)) },
      { finding: 'AnyService', template: permissionSet({ InlinePolicy: document(allow('iam:PassRole', ROLE_ARN)) }) },
      { finding: 'AnyService', template: policy(allow('iam:PassRole', ROLE_ARN, { StringLike: { 'iam:PassedToService': '*' } })) },
      { finding: 'UnresolvedPolicy', template: policy(allow('iam:PassRole', UNKNOWN, { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })) },
      { finding: 'UnresolvedPolicy', template: policy(allow(['s3:GetObject', UNKNOWN], BUCKET)) },
    ],
    mutations: [
      { name: 'pass every role', finding: 'AnyRole', mutate: (t) => statement(t).Resource = '*' },
      { name: 'pass to every service', finding: 'AnyService', mutate: (t) => delete statement(t).Condition },
    ],
  },
  {
    control: 'IAM-PRIVILEGE-ESCALATION',
    passing: {
      'a named role': policy(allow('iam:PutRolePolicy', ROLE_ARN)),
      'a required boundary': policy(allow('iam:PutRolePolicy', '*', { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/cap' } })),
      'a harmless managed policy': role(LAMBDA, managed('service-role/AWSLambdaBasicExecutionRole')),
    },
    failing: [
      { finding: 'Action::iam:attachrolepolicy', template: policy(allow('iam:AttachRolePolicy', '*')) },
      { finding: 'Action::iam:*', template: policy(allow('iam:*', 'arn:aws:iam::111122223333:role/*')) },
      { finding: 'Action::lambda:updatefunctioncode', template: policy(allow('lambda:UpdateFunctionCode', '*')) },
      { finding: 'NotAction', template: policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }) },
      { finding: 'ManagedPolicy::IAMFullAccess', template: role(LAMBDA, managed('IAMFullAccess')) },
      { finding: 'ManagedPolicy::PowerUserAccess', template: permissionSet({ ManagedPolicies: ['arn:aws:iam::aws:policy/PowerUserAccess'] }) },
      { finding: 'Action::iam:createaccesskey', template: permissionSet({ InlinePolicy: document(allow('iam:CreateAccessKey', '*')) }) },
      { finding: 'UnresolvedPolicy', template: policy(allow('iam:CreateAccessKey', UNKNOWN)) },
      { finding: 'UnresolvedPolicy', template: policy(allow(UNKNOWN, '*')) },
    ],
    mutations: [{ name: 'widen to all roles', finding: 'Action::iam:putrolepolicy', mutate: (t) => statement(t).Resource = '*' }],
  },
  {
    control: 'IAM-RESOURCE-WILDCARD',
    passing: {
      'objects of one bucket': policy(READ),
      'actions without a resource': policy(allow(['xray:PutTraceSegments', 'ec2:DescribeSubnets', 'cloudwatch:PutMetricData'], '*')),
      'a reference': { Resources: { ...policy(allow('sqs:SendMessage', { 'Fn::GetAtt': ['Queue', 'Arn'] })).Resources, Queue: { Type: 'AWS::SQS::Queue' } } },
      'a Deny on everything': policy(READ, { Effect: 'Deny', Action: '*', Resource: '*' }),
      'OpsItems, whose ids nobody knows beforehand': policy(allow(['ssm:GetOpsItem', 'ssm:UpdateOpsItem'], {
        'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:opsitem/*',
      })),
    },
    failing: [
      { finding: 'Resource::arn:aws:ssm:eu-west-1:111122223333:opsitem/*', template: policy(allow('ssm:*', 'arn:aws:ssm:eu-west-1:111122223333:opsitem/*')) },
      { finding: 'Resource::arn:aws:ssm:*:111122223333:opsitem/*', template: policy(allow('ssm:GetOpsItem', 'arn:aws:ssm:*:111122223333:opsitem/*')) },
      { finding: 'Resource::*', template: policy(allow(['xray:PutTraceSegments', 's3:GetObject'], '*')) },
      { finding: 'Resource::*', template: permissionSet({ InlinePolicy: document(allow('s3:GetObject', '*')) }) },
      { finding: 'Resource::arn:aws:s3:::*', template: policy(allow('s3:GetObject', ['arn:aws:s3:::*', BUCKET])) },
      { finding: 'Resource::arn:aws:sqs:eu-west-1:*:jobs', template: policy(allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:*:jobs')) },
      {
        finding: 'Resource::arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*',
        template: policy(allow('dynamodb:GetItem', { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*' })),
      },
      { finding: 'Resource::${Value}', template: policy(allow('s3:GetObject', UNKNOWN)) },
      { finding: 'Resource::${Value}/*', template: policy(allow('s3:GetObject', { 'Fn::Sub': '${Value}/*' })) },
      { finding: 'Resource::arn:aws:s3:::${Value}/*', template: policy(allow('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${Value}/*' })) },
      { finding: 'Resource::{Name: x}', template: policy(allow('s3:GetObject', { Name: 'x' })) },
      { finding: 'NotResource', template: policy({ Effect: 'Allow', Action: 's3:GetObject', NotResource: BUCKET }) },
      { finding: 'UnresolvedPolicy', template: policy({ Effect: 'Allow', Action: 's3:GetObject' }) },
      { finding: 'UnresolvedPolicy', template: policy(UNKNOWN) },
    ],
    mutations: [
      { name: 'widen to everything', finding: 'Resource::*', mutate: (t) => statement(t).Resource = '*' },
      { name: 'widen to all buckets', finding: 'Resource::arn:aws:s3:::*/*', mutate: (t) => statement(t).Resource = ['arn:aws:s3:::*/*'] },
    ],
  },
  {
    control: 'IAM-SERVICE-WILDCARD',
    passing: { 'named actions': policy(allow(['s3:GetObject', 's3:List*'], BUCKET)) },
    failing: [
      { finding: 'Action::s3:*', template: policy(allow('s3:*', BUCKET)) },
      { finding: 'Action::s3:*', template: permissionSet({ InlinePolicy: document(allow('s3:*', BUCKET)) }) },
      { finding: 'Action::*', template: role(LAMBDA, inline(allow(['*'], BUCKET))) },
      { finding: 'Action::sqs:*', template: { Resources: { Group: { Type: 'AWS::IAM::Group', Properties: inline(allow('SQS:*', 'arn:aws:sqs:eu-west-1:111122223333:jobs')) } } } },
      { finding: 'NotAction', template: policy({ Effect: 'Allow', NotAction: 's3:DeleteObject', Resource: BUCKET }) },
      { finding: 'UnresolvedPolicy', template: policy(allow([UNKNOWN], BUCKET)) },
    ],
    mutations: [{ name: 'allow the whole service', finding: 'Action::s3:*', mutate: (t) => statement(t).Action.push('s3:*') }],
  },
  {
    control: 'IAM-USER',
    passing: { 'a retired access key': { ...PARAMETERS, Resources: { Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'legacy', Status: 'Inactive' } } } } },
    failing: [
      { finding: 'User', template: { Resources: { User: { Type: 'AWS::IAM::User' } } } },
      { finding: 'ConsolePassword', template: { Resources: { User: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: 'x' } } } } } },
      { finding: 'AccessKey', template: { Resources: { Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'legacy' } } } } },
      { finding: 'Membership', template: { Resources: { Members: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'staff', Users: ['legacy'] } } } } },
      { finding: 'UnresolvedStatus', template: { ...PARAMETERS, Resources: { Key: { Type: 'AWS::IAM::AccessKey', Properties: { Status: UNKNOWN } } } } },
    ],
    mutations: [
      { name: 'activate the key', finding: 'AccessKey', mutate: (t) => t.Resources.Key.Properties.Status = 'Active' },
      { name: 'add a user', finding: 'User', mutate: (t) => t.Resources.User = { Type: 'AWS::IAM::User' } },
    ],
  },
  {
    control: 'ROLE-BOUNDARY',
    passing: { 'a bounded role': role(LAMBDA, { ...inline(allow('iam:CreateRole', ROLE_ARN)), PermissionsBoundary: 'arn:aws:iam::111122223333:policy/cap' }) },
    failing: [
      { finding: 'NoBoundary', template: role(LAMBDA, inline(allow('iam:PutRolePolicy', ROLE_ARN))) },
      { finding: 'NoBoundary', template: role(LAMBDA, {}, attached(allow('iam:*', '*'))) },
      { finding: 'NoBoundary', template: role(LAMBDA, managed('IAMFullAccess')) },
      { finding: 'Boundless', template: role(LAMBDA, { ...managed('IAMFullAccess'), PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }) },
      { finding: 'UnresolvedRights', template: role(LAMBDA, inline(allow(UNKNOWN, '*'))) },
      { finding: 'UnresolvedRights', template: role(LAMBDA, { ManagedPolicyArns: [UNKNOWN] }) },
    ],
    mutations: [{ name: 'drop the boundary', finding: 'NoBoundary', mutate: (t) => delete t.Resources.Role.Properties.PermissionsBoundary }],
  },
  {
    control: 'ROLE-MFA',
    passing: {
      'MFA for the account': role(trust(OWN_ROOT, MFA), inline(allow('kms:Decrypt', KEY_ARN))),
      'a recent second factor': role(trust(OWN_ROOT, { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }), inline(allow('kms:Decrypt', KEY_ARN))),
    },
    failing: [
      { finding: 'NoMfa', template: role(trust(OWN_ROOT), inline(allow('kms:Decrypt', KEY_ARN))) },
      { finding: 'NoMfa', template: role(trust({ AWS: ACCOUNT }), {}, attached(allow('iam:*', '*'))) },
      { finding: 'NoMfa', template: role(trust(OWN_ROOT), inline(allow('iam:TagUser', 'arn:aws:iam::111122223333:user/staff/*'))) },
      { finding: 'NoMfa', template: role(trust({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:user/ann' } }), managed('AdministratorAccess')) },
      { finding: 'MfaIfExists', template: role(trust(OWN_ROOT, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }), managed('PowerUserAccess')) },
      { finding: 'UnresolvedTrust', template: role(trust(OWN_ROOT, { Bool: { 'aws:MultiFactorAuthPresent': UNKNOWN } }), managed('PowerUserAccess')) },
      { finding: 'UnresolvedTrust', template: role(trust(UNKNOWN), managed('PowerUserAccess')) },
      { finding: 'NoMfa', template: role([LAMBDA, trust({ AWS: 'arn:aws:iam::*:root' }), trust({ AWS: { 'Fn::GetAtt': ['Ann', 'Arn'] } })], inline(allow('iam:*', '*')), { Ann: { Type: 'AWS::IAM::User' } }) },
      { finding: 'UnresolvedRights', template: role(trust(OWN_ROOT), { ManagedPolicyArns: [UNKNOWN] }) },
    ],
    mutations: [
      { name: 'drop MFA', finding: 'NoMfa', mutate: (t) => delete trustOf(t).Condition },
      { name: 'flip MFA', finding: 'NoMfa', mutate: (t) => trustOf(t).Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
    ],
  },
  {
    control: 'ROLE-TRUST-FOREIGN',
    passing: {
      'an external id': role(trust({ AWS: 'arn:aws:iam::444455556666:root' }, { StringEquals: { 'sts:ExternalId': 'd41d8cd9' } })),
      'the own account': role(trust(OWN_ROOT)),
      'a role of the template': role(trust({ AWS: { 'Fn::GetAtt': ['Other', 'Arn'] } }), {}, { Other: role(LAMBDA).Resources.Role }),
    },
    failing: [
      { finding: 'Foreign::arn:aws:iam::444455556666:root', template: role(trust({ AWS: 'arn:aws:iam::444455556666:root' })) },
      { finding: 'Foreign::444455556666', template: role(trust({ AWS: ['444455556666'] }, { StringLike: { 'sts:ExternalId': '*' } })) },
      { finding: 'Foreign::444455556666', template: role(trust({ AWS: '444455556666' }, { StringLike: { 'sts:ExternalId': UNKNOWN } })) },
      { finding: 'Foreign::arn:aws:iam::${Value}:root', template: role(trust({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Value}:root' } })) },
      { finding: 'UnresolvedTrust', template: role(trust(OWN_ROOT), { AssumeRolePolicyDocument: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the external id', finding: 'Foreign::arn:aws:iam::444455556666:root', mutate: (t) => delete trustOf(t).Condition },
    ],
  },
  {
    control: 'ROLE-TRUST-PUBLIC',
    passing: {
      'everyone in the organization': role(trust('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } })),
      'a service': role(LAMBDA),
      'one repository': role(trust(GITHUB, { StringEquals: GITHUB_AUDIENCE, StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example/app:*' } })),
      'the SAML provider of the account': role(trust({ Federated: 'arn:aws:iam::111122223333:saml-provider/corp' })),
    },
    failing: [
      { finding: 'PublicPrincipal', template: role(trust('*')) },
      { finding: 'PublicPrincipal', template: role(trust({ AWS: ['*'] }, { StringEquals: { 'sts:ExternalId': 'd41d8cd9' } })) },
      { finding: 'NotPrincipal', template: role({ Effect: 'Allow', NotPrincipal: OWN_ROOT, Action: 'sts:AssumeRole' }) },
      { finding: 'AnyFederatedIdentity', template: role(trust(GITHUB, { StringEquals: GITHUB_AUDIENCE })) },
      { finding: 'AnyFederatedIdentity', template: role(trust(GITHUB, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } })) },
      { finding: 'UnresolvedTrust', template: role(trust({ AWS: UNKNOWN })) },
      { finding: 'UnresolvedTrust', template: role(trust('*', { StringLike: { 'aws:PrincipalOrgID': UNKNOWN } })) },
      { finding: 'UnresolvedTrust', template: { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: {} } } } },
    ],
    mutations: [
      { name: 'drop the organization', finding: 'PublicPrincipal', mutate: (t) => delete trustOf(t).Condition },
      { name: 'weaken the operator', finding: 'PublicPrincipal', mutate: (t) => trustOf(t).Condition = { StringEqualsIfExists: trustOf(t).Condition.StringEquals } },
    ],
  },
  {
    control: 'ROLE-TRUST-SERVICE',
    passing: {
      'a named account': role(trust({ Service: 'transfer.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': ACCOUNT } })),
      'a named schedule': role(trust({ Service: 'scheduler.amazonaws.com' }, {
        ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:scheduler:*:${AWS::AccountId}:schedule-group/*' } },
      })),
      'CloudTrail, which names no source when it writes to CloudWatch Logs': role([
        trust({ Service: 'transfer.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
        trust({ Service: 'cloudtrail.amazonaws.com' }),
      ]),
    },
    failing: [
      { finding: 'Service::transfer.amazonaws.com', template: role(trust({ Service: ['lambda.amazonaws.com', 'transfer.amazonaws.com'] })) },
      { finding: 'Service::logs.${AWS::Region}.amazonaws.com', template: role(trust({ Service: { 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' } })) },
      { finding: 'Service::secretsmanager.amazonaws.com', template: role(trust({ Service: 'secretsmanager.amazonaws.com' })) },
      { finding: 'Service::states.amazonaws.com', template: role(trust({ Service: 'states.amazonaws.com' }, { StringLike: { 'aws:SourceAccount': UNKNOWN } })) },
      { finding: 'UnresolvedTrust', template: role(trust({ Service: UNKNOWN })) },
      { finding: 'UnresolvedTrust', template: role([LAMBDA, UNKNOWN]) },
    ],
    mutations: [
      { name: 'drop the source', finding: 'Service::transfer.amazonaws.com', mutate: (t) => delete trustOf(t).Condition },
      {
        name: 'ask only where present',
        finding: 'Service::transfer.amazonaws.com',
        mutate: (t) => trustOf(t).Condition = { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
      },
    ],
  },
];
