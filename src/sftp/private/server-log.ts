import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { ConfigurationError } from '../../private';
import { EncryptedLogGroup } from '../../storage';

/** Makes the log that a server writes JSON to. It outlives the stack. */
export function serverLog(scope: Construct, foundation: IFoundation, retention: logs.RetentionDays | undefined): EncryptedLogGroup {
  if (retention !== undefined && retention < logs.RetentionDays.ONE_YEAR) {
    throw new ConfigurationError(scope, `'logRetention' must be at least 365 days, got ${retention}; who connected and what they did is evidence for a year`);
  }
  return new EncryptedLogGroup(scope, 'Log', { foundation, retention });
}

/**
 * Lets the service that delivers logs for others write to a log group, and to no other.
 *
 * Transfer Family delivers what a server logs that way: it takes `logs:CreateLogDelivery` and `logs:PutResourcePolicy` to create a server (AWS Transfer
 * Family User Guide, "Creating, updating, and viewing logging for servers"), by which AWS would write this policy itself where it is missing (Amazon
 * CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs", which has the statement). The key of the group is used by CloudWatch Logs alone.
 */
export function allowDelivery(scope: Construct, { logGroup }: EncryptedLogGroup): logs.ResourcePolicy {
  const stack = Stack.of(scope);
  return new logs.ResourcePolicy(scope, 'LogDelivery', {
    policyStatements: [
      new iam.PolicyStatement({
        sid: 'AWSLogDeliveryWrite',
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [stack.formatArn({
          service: 'logs', resource: 'log-group', resourceName: `${logGroup.logGroupName}:log-stream:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        })],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME }) },
        },
      }),
    ],
  });
}
