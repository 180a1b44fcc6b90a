import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

const CALL = ['AWS API Call via CloudTrail'];

/** The documentation of China spells the second one otherwise. */
const SIGN_IN = ['AWS Console Sign In via CloudTrail', 'AWS Console Signin via CloudTrail'];

/** What cannot wait for CloudTrail to deliver, as EventBridge matches it. */
const PATTERNS: Readonly<Record<string, events.EventPattern>> = {
  RootUsage: {
    detailType: [...CALL, ...SIGN_IN],
    detail: { userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] }, eventType: [{ 'anything-but': 'AwsServiceEvent' }] },
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
    // So that it also hears of the root user reading (Amazon EventBridge User Guide, "Receiving read-only management events from AWS services").
    if (id === 'RootUsage') (rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    foundation.notifyOnRule(rule, messageOf(id));
  }
}

/** Says which event it is. An event itself may have the session token of credentials, and what was asked of a service. */
function messageOf(id: string): events.RuleTargetInput {
  const of = (member: string) => events.EventField.fromPath(`$.detail.${member}`);
  return events.RuleTargetInput.fromText(`${id}: ${of('eventName')} of ${of('eventSource')} by ${of('userIdentity.type')} `
    + `from ${of('sourceIPAddress')} in ${of('awsRegion')} at ${of('eventTime')}, event ${of('eventID')} of the trail`);
}
