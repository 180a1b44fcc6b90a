import * as iam from 'aws-cdk-lib/aws-iam';

/** What the function that arms has to know of its place. */
export interface ArmingPlace {
  readonly roleArn: string;
  readonly parameterArn: string;
  /** ARN of every OpsItem of the account in the region. */
  readonly opsItems: string;
  readonly boundaryArn: string;
}

/** What the function may do, each of which it does. */
export function armingStatements({ roleArn, parameterArn, opsItems, boundaryArn }: ArmingPlace): iam.PolicyStatement[] {
  return [
    allow(['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'], roleArn),
    // A role that lost its boundary would be given everything that there is.
    allow(['iam:PutRolePolicy'], roleArn, { StringEquals: { 'iam:PermissionsBoundary': boundaryArn } }),
    allow(['ssm:GetParameterHistory', 'ssm:LabelParameterVersion'], parameterArn),
    allow(['ssm:GetOpsItem', 'ssm:UpdateOpsItem'], opsItems),
    // These take no resource (Service Authorization Reference, "AWS Systems Manager").
    allow(['ssm:CreateOpsItem', 'ssm:DescribeOpsItems'], '*'),
  ];
}

/**
 * What the function may do at most: of IAM what it needs of the one role, and else what any function of this library does.
 *
 * The boundary of people's roles would not do, since it leaves roles of emergencies to nobody.
 */
export function armingBoundary({ roleArn }: Pick<ArmingPlace, 'roleArn'>): iam.PolicyStatement[] {
  return [
    allow(['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:PutRolePolicy'], roleArn),
    allow([
      'events:PutEvents', 'kms:Decrypt', 'kms:GenerateDataKey', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage',
      'ssm:CreateOpsItem', 'ssm:DescribeOpsItems', 'ssm:GetOpsItem', 'ssm:GetParameterHistory', 'ssm:LabelParameterVersion', 'ssm:UpdateOpsItem',
      'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ], '*'),
  ];
}

/** What arms emergency access, takes it back, and tells people. */
export interface ArmingParts {
  readonly parameterArn: string;
  readonly functionArn: string;
  readonly ruleArns: readonly string[];
  /** Topic of alerts. */
  readonly topicArn: string;
}

/** What makes an identity or gives one rights, which both would outlast the access, and what takes on another, whose session has another end and name. */
const OUTLASTING = ['iam:Attach*', 'iam:Create*', 'iam:Put*', 'iam:Update*', 'sts:AssumeRole'];

/**
 * What whoever has emergency access must leave alone, also with everything else allowed: what arms it, takes it back and tells people, and whatever
 * would carry the access beyond its end. The role itself is what each boundary guards.
 */
export function guardStatements({ parameterArn, functionArn, ruleArns, topicArn }: ArmingParts): iam.PolicyStatement[] {
  return [
    deny(['ssm:AddTagsToResource', 'ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:LabelParameterVersion', 'ssm:PutParameter', 'ssm:UnlabelParameterVersion'],
      [parameterArn]),
    deny(['lambda:Add*', 'lambda:Create*', 'lambda:Delete*', 'lambda:InvokeFunction', 'lambda:Put*', 'lambda:Remove*', 'lambda:Update*'], [functionArn, `${functionArn}:*`]),
    deny(['events:DeleteRule', 'events:DisableRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'], ruleArns),
    // Of a subscription IAM sees the topic.
    deny(['sns:AddPermission', 'sns:DeleteTopic', 'sns:RemovePermission', 'sns:Set*Attributes', 'sns:Unsubscribe'], [topicArn, `${topicArn}:*`]),
    deny(OUTLASTING, ['*']),
  ];
}

function allow(actions: string[], resource: string, conditions?: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource], conditions });
}

function deny(actions: string[], resources: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ effect: iam.Effect.DENY, actions, resources: [...resources] });
}
