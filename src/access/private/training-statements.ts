import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What may give, change or take a tag of a person, of a role, or of a session (Service Authorization Reference, "AWS Identity and Access
 * Management" and "AWS Security Token Service": the actions that have `aws:TagKeys`).
 */
const TAGGING = [
  'iam:CreateRole', 'iam:CreateUser', 'iam:TagRole', 'iam:TagUser', 'iam:UntagRole', 'iam:UntagUser', 'sts:TagSession',
];

/** What decides which attribute of a person in IAM Identity Center becomes which tag (the same, "AWS IAM Identity Center"). */
const MAPPING = [
  'sso:CreateInstanceAccessControlAttributeConfiguration', 'sso:DeleteInstanceAccessControlAttributeConfiguration',
  'sso:UpdateInstanceAccessControlAttributeConfiguration',
];

/** What somebody may still ask whose training is not current: who they are, and what is written about their training. */
const OWN_IDENTITY = ['iam:GetRole', 'iam:GetUser', 'iam:ListRoleTags', 'iam:ListUserTags', 'sts:GetCallerIdentity'];

/**
 * Denies everybody but trainers to give, change or take the training tag.
 *
 * Keys of tags are matched without regard to case in `aws:PrincipalTag`, so that `securitytraining` would count too; `aws:TagKeys` has values, whose
 * case counts unless the operator ignores it (IAM User Guide, "Tags for AWS Identity and Access Management resources": rules for tagging).
 */
export function protectedTagStatement(tagKey: string, trainerArnPattern: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'TrainersAloneTagTraining',
    effect: iam.Effect.DENY,
    actions: [...TAGGING],
    resources: ['*'],
    conditions: {
      'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [tagKey] },
      'ArnNotLike': { 'aws:PrincipalArn': trainerArnPattern },
    },
  });
}

/** Denies everybody but trainers to change which attribute of a person becomes the training tag. */
export function protectedMappingStatement(trainerArnPattern: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'TrainersAloneMapTraining',
    effect: iam.Effect.DENY,
    actions: [...MAPPING],
    resources: ['*'],
    conditions: { ArnNotLike: { 'aws:PrincipalArn': trainerArnPattern } },
  });
}

/**
 * Denies a principal everything but reading who it is, unless its tag has one of the values.
 *
 * A tag that is missing differs from every value, so that one statement is enough (IAM User Guide, "IAM JSON policy elements: Condition operators").
 */
export function trainedStatement(tagKey: string, accepted: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'TrainingIsCurrent',
    effect: iam.Effect.DENY,
    notActions: [...OWN_IDENTITY],
    resources: ['*'],
    conditions: { StringNotEquals: { [`aws:PrincipalTag/${tagKey}`]: [...accepted] } },
  });
}

/**
 * Denies to assume a role, in its trust policy, to users and roles whose own tag has none of the values.
 *
 * A session of the role has the tags of the role and not those of the user (IAM User Guide, "Pass session tags in AWS STS"), so that a policy of the
 * role could not tell. What the caller says of itself in the request counts for nothing.
 */
export function trainedTrustStatement(tagKey: string, accepted: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'TrainingIsCurrent',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['sts:AssumeRole'],
    conditions: { StringNotEquals: { [`aws:PrincipalTag/${tagKey}`]: [...accepted] } },
  });
}

/**
 * The same of people who come from an identity provider. They have no tags before they are let in: those that their provider asserts are in the
 * request, and nobody else can put them there.
 */
export function trainedFederationStatement(tagKey: string, accepted: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'FederatedTrainingIsCurrent',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'],
    conditions: { StringNotEquals: { [`aws:RequestTag/${tagKey}`]: [...accepted] } },
  });
}
