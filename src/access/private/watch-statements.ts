import * as iam from 'aws-cdk-lib/aws-iam';

/** Where a role works. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * What shows who may do what in the account, and what was done. None takes a resource (Service Authorization Reference; of log queries, the log group of
 * each is another right).
 */
const AUDITS = [
  'access-analyzer:ListAnalyzers', 'cloudtrail:DescribeTrails', 'cloudtrail:ListTrails', 'cloudtrail:LookupEvents',
  'config:DescribeComplianceByConfigRule', 'config:SelectResourceConfig', 'iam:GenerateCredentialReport', 'iam:GetAccountAuthorizationDetails',
  'iam:GetAccountPasswordPolicy', 'iam:GetAccountSummary', 'iam:GetCredentialReport', 'iam:ListPolicies', 'iam:ListRoles', 'iam:ListUsers',
  'iam:ListVirtualMFADevices', 'kms:ListAliases', 'kms:ListKeys', 'logs:DescribeLogGroups', 'logs:DescribeQueries', 'logs:StopQuery',
  'ssm:DescribeOpsItems', 'tag:GetResources',
];

/** What shows how integrations fare. None takes a resource, either. */
const WATCHES = [
  'cloudwatch:DescribeAlarmsForMetric', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics', 'logs:DescribeLogGroups',
  'logs:DescribeQueries', 'logs:StopQuery', 'ssm:DescribeOpsItems', 'tag:GetResources',
];

/** Lets somebody see who may do what and what was done, and acknowledge a review. */
export function auditorStatements(place: Place): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ sid: 'SeeWhoMayDoWhat', actions: [...AUDITS], resources: ['*'] }),
    new iam.PolicyStatement({
      sid: 'SeeFindings',
      actions: ['securityhub:GetFindings'],
      resources: [`arn:${place.partition}:securityhub:${place.region}:${place.account}:hub/default`],
    }),
    opsItems(place),
  ];
}

/** Lets somebody see how integrations fare, and work on what they need. */
export function operatorStatements(place: Place): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({ sid: 'SeeHowItFares', actions: [...WATCHES], resources: ['*'] }), opsItems(place)];
}

/** Ids of OpsItems begin with `oi-` (AWS Systems Manager API Reference, "OpsItem"). */
function opsItems({ partition, region, account }: Place): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'WorkOnOpsItems',
    actions: ['ssm:GetOpsItem', 'ssm:UpdateOpsItem'],
    resources: [`arn:${partition}:ssm:${region}:${account}:opsitem/oi-*`],
  });
}
