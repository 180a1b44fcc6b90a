import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

const CREDENTIAL_HEADERS = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'];
const MANAGED = ['AmazonIpReputationList', 'KnownBadInputsRuleSet', 'SQLiRuleSet', 'CommonRuleSet'];
const NO_TRANSFORMATION = [{ priority: 0, type: 'NONE' }];

type Rule = Omit<wafv2.CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

function blocked(name: string, responseCode: number, statement: wafv2.CfnWebACL.StatementProperty): Rule {
  return { name, action: { block: { customResponse: { responseCode } } }, statement };
}

function bodyAbove(size: number): wafv2.CfnWebACL.StatementProperty {
  return {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } }, comparisonOperator: 'GT', size, textTransformations: NO_TRANSFORMATION,
    },
  };
}

const RULES: readonly Rule[] = [
  blocked('BodySize', 413, bodyAbove(8192)),
  blocked('ContentType', 415, {
    andStatement: {
      statements: [bodyAbove(0), {
        notStatement: {
          statement: {
            regexMatchStatement: {
              fieldToMatch: { singleHeader: { Name: 'content-type' } },
              regexString: '^application/json\\s*(;|$)',
              textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
            },
          },
        },
      }],
    },
  }),
  blocked('RateByAddress', 429, { rateBasedStatement: { aggregateKeyType: 'IP', limit: 2000, evaluationWindowSec: 300 } }),
  blocked('RateByAddressAndPath', 429, {
    rateBasedStatement: {
      aggregateKeyType: 'CUSTOM_KEYS',
      customKeys: [{ ip: {} }, { uriPath: { textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }] } }],
      limit: 1000,
      evaluationWindowSec: 300,
    },
  }),
  ...MANAGED.map((name): Rule => ({
    name, overrideAction: { none: {} }, statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: `AWSManagedRules${name}` } },
  })),
];

/** A web ACL with the same rules as the library's, and its log. */
export function webAcl(scope: Construct, name: string, key: kms.IKey): wafv2.CfnWebACL {
  const acl = new wafv2.CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: name },
    rules: RULES.map((rule, priority) => ({
      ...rule, priority, visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: rule.name },
    })),
    dataProtectionConfig: {
      dataProtections: [{ action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: CREDENTIAL_HEADERS } }],
    },
  });
  const log = new logs.LogGroup(scope, 'WebAclLog', {
    logGroupName: `aws-waf-logs-${name}`, encryptionKey: key, retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN,
  });
  new wafv2.CfnLoggingConfiguration(scope, 'WebAclLogging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [Stack.of(scope).formatArn({ service: 'logs', resource: `log-group:${log.logGroupName}` })],
    redactedFields: CREDENTIAL_HEADERS.map((Name) => ({ singleHeader: { Name } })),
  });
  return acl;
}
