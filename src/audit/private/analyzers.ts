import { RemovalPolicy } from 'aws-cdk-lib';
import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { ConfigurationError, requireDays } from '../../private';
import type { AccessAnalyzer } from '../access-analyzer';

/** Types of analyzers whose zone of trust is an account (IAM Access Analyzer API Reference, "CreateAnalyzer"). */
export type AnalyzerKind = 'ACCOUNT' | 'ACCOUNT_UNUSED_ACCESS' | 'ACCOUNT_INTERNAL_ACCESS';

const IDS: Readonly<Record<AnalyzerKind, string>> = {
  ACCOUNT: 'ExternalAccess', ACCOUNT_UNUSED_ACCESS: 'UnusedAccess', ACCOUNT_INTERNAL_ACCESS: 'InternalAccess',
};

/** Makes one analyzer of each kind. */
export function addAnalyzers(scope: Construct, foundation: IFoundation, analyzers: readonly AccessAnalyzer[]): void {
  for (const analyzer of analyzers) {
    const kind = analyzer._kind();
    const id = IDS[kind];
    if (scope.node.tryFindChild(id)) {
      throw new ConfigurationError(scope, `'accessAnalyzers' must have one of each kind, got a second of ${kind}; leave it out`);
    }
    const made = new accessanalyzer.CfnAnalyzer(scope, id, { type: kind, analyzerConfiguration: configurationOf(scope, analyzer) });
    made.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (kind !== 'ACCOUNT') continue;
    foundation.notifyOnRule(new events.Rule(scope, 'ReachedFromOutside', {
      description: 'Resources that somebody outside of the account may reach',
      // Amazon EventBridge Events Reference, "IAM Access Analyzer events".
      eventPattern: {
        source: ['aws.access-analyzer'], detailType: ['Access Analyzer Finding'], detail: { status: ['ACTIVE'] }, resources: [made.attrArn],
      },
    }));
  }
}

function configurationOf(scope: Construct, analyzer: AccessAnalyzer): accessanalyzer.CfnAnalyzer.AnalyzerConfigurationProperty | undefined {
  const after = analyzer._unusedAfter();
  if (after) {
    requireDays(scope, 'after', after, 1, 365);
    return { unusedAccessConfiguration: { unusedAccessAge: after.toDays() } };
  }
  if (analyzer._kind() === 'ACCOUNT') return undefined;
  const resourceArns = [...analyzer._resourceArns()];
  if (resourceArns.length === 0) {
    throw new ConfigurationError(scope, "'internalAccess' must have a bucket or a table, got none; name what holds the most sensitive data");
  }
  return { internalAccessConfiguration: { internalAccessAnalysisRule: { inclusions: [{ resourceArns }] } } };
}
