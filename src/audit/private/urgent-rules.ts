import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** The documentation of China spells the second one otherwise. */
const SIGN_IN = ['AWS Console Sign In via CloudTrail', 'AWS Console Signin via CloudTrail'];
const CALL = ['AWS API Call via CloudTrail'];

const EMERGENCY = [{ wildcard: '*:role/break-glass/*' }];

/** What cannot wait for CloudTrail to deliver, as EventBridge matches it. */
const PATTERNS: Readonly<Record<string, events.EventPattern>> = {
  RootUsage: {
    detailType: [...CALL, ...SIGN_IN],
    detail: { userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] }, eventType: [{ 'anything-but': 'AwsServiceEvent' }] },
  },
  BreakGlassUse: {
    source: ['aws.sts'],
    detailType: CALL,
    detail: { eventName: [{ prefix: 'AssumeRole' }], $or: [{ requestParameters: { roleArn: EMERGENCY } }, { errorMessage: EMERGENCY }] },
  },
  CloudTrailChanges: {
    source: ['aws.cloudtrail'],
    detailType: CALL,
    detail: { eventName: ['DeleteTrail', 'StopLogging', 'UpdateTrail', 'PutEventSelectors'] },
  },
  KmsDisableOrScheduleDeletion: {
    source: ['aws.kms'],
    detailType: CALL,
    detail: { eventName: ['DisableKey', 'ScheduleKeyDeletion'] },
  },
};

/** Makes the rules that tell the alert topic of such events in the Region of the stack. */
export function addUrgentRules(scope: Construct, foundation: IFoundation): void {
  for (const [id, eventPattern] of Object.entries(PATTERNS)) {
    const rule = new events.Rule(scope, `${id}Rule`, { eventPattern, description: `${scope.node.path}: tells the alert topic within seconds, as far as it can` });
    // Taking on a role and reading are no changes, of which a rule hears by this state alone (Amazon EventBridge User Guide, "Receiving read-only
    // management events from AWS services").
    (rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    foundation.notifyOnRule(rule);
  }
}
