import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { acknowledgeInPacks } from '../../private/nag';
import { EncryptedLogGroup } from '../../storage';

/** Has every connection of a network recorded, accepted or refused, in an encrypted log. */
export function recordFlows(scope: Construct, foundation: IFoundation, vpcId: string): void {
  const { account, region, partition } = Stack.of(scope);
  const log = new EncryptedLogGroup(scope, 'Flows', { foundation });
  const role = new iam.Role(scope, 'FlowsRole', {
    description: 'Role in which VPC flow logs are written',
    // As in Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs", against the confused deputy.
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
      },
    }),
  });
  log.logGroup.grant(role, 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams');
  const policy = role.node.findChild('DefaultPolicy');
  acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');

  const flowLog = new ec2.CfnFlowLog(scope, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpcId,
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: log.logGroup.logGroupName,
    deliverLogsPermissionArn: role.roleArn,
  });
  flowLog.node.addDependency(policy);
}
