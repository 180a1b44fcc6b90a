import { Duration, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { prioritized, UnorderedRule, visibility } from './web-acl-rule';
import { IFoundation } from '../../foundation';
import { EncryptedLogGroup } from '../../storage';

/** What a web ACL is made of. */
export interface AclParts {
  readonly foundation: IFoundation;
  readonly metricName: string;
  readonly associationConfig?: wafv2.CfnWebACL.AssociationConfigProperty;
  readonly logRetention?: logs.RetentionDays;
  /** Refused requests in five minutes that raise an alarm. */
  readonly maxBlocked: number;
  /** The rules in their order, asked for when all are known. */
  rules(): readonly UnorderedRule[];
  /** Header fields that neither log nor sample shows, asked for when all are known. */
  hiddenHeaders(): readonly string[];
}

/** A web ACL that is made, and where it logs. */
export interface MadeAcl {
  readonly webAclArn: string;
  readonly logGroup: logs.ILogGroup;
}

/** Makes a regional web ACL below a construct, with its log and an alarm on what it refuses. */
export function makeAcl(scope: Construct, parts: AclParts): MadeAcl {
  const resource = new wafv2.CfnWebACL(scope, 'Resource', {
    description: `Guards the APIs of ${Stack.of(scope).node.path}`.replace(/[^\w+=:#@/\-,.\s]/g, '-').slice(0, 256),
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility(parts.metricName),
    rules: Lazy.any({ produce: () => prioritized(parts.rules()) }),
    associationConfig: parts.associationConfig,
    // The redaction of a log leaves samples as they are, which show requests for three hours.
    dataProtectionConfig: {
      dataProtections: [{ action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: Lazy.list({ produce: () => [...parts.hiddenHeaders()] }) } }],
    },
  });
  const logGroup = log(scope, resource, parts);
  parts.foundation.notify(new cloudwatch.Alarm(scope, 'BlockedAlarm', {
    alarmDescription: `${scope.node.path}: many requests are refused. See in the log which rule refuses them, and whom.`,
    metric: blockedRequests(scope, parts.metricName),
    threshold: parts.maxBlocked,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  }));
  return { webAclArn: resource.attrArn, logGroup };
}

/** Requests that a web ACL refused, in five minutes. */
export function blockedRequests(scope: Construct, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    dimensionsMap: { WebACL: metricName, Region: Stack.of(scope).region, Rule: 'ALL' },
    statistic: 'Sum',
    period: Duration.minutes(5),
  });
}

function log(scope: Construct, acl: wafv2.CfnWebACL, { foundation, logRetention, hiddenHeaders }: AclParts): logs.ILogGroup {
  const { logGroup } = new EncryptedLogGroup(scope, 'Log', {
    foundation,
    // The prefix is what WAF asks for (AWS WAF Developer Guide, "Sending protection pack (web ACL) traffic logs to an Amazon CloudWatch Logs log group").
    logGroupName: `aws-waf-logs-${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`,
    retention: logRetention,
  });
  new wafv2.CfnLoggingConfiguration(scope, 'Logging', {
    resourceArn: acl.attrArn,
    // Without the ':*' that the attribute of a log group ends with.
    logDestinationConfigs: [Stack.of(scope).formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` })],
    redactedFields: Lazy.any({ produce: () => hiddenHeaders().map((Name) => ({ singleHeader: { Name } })) }),
  });
  return logGroup;
}
