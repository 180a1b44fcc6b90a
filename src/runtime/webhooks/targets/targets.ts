import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { eventBridgeTarget } from './event-bridge';
import { lambdaTarget } from './lambda';
import { queueUrlOf, sqsTarget } from './sqs';
import { stepFunctionsTarget } from './step-functions';
import type { Target } from './target';
import { CLIENT_SETTINGS } from '../client-settings';
import type { TargetArn, TargetService } from '../dispatch-settings';

const TARGETS: Readonly<Record<TargetService, (arn: string) => Target>> = {
  events: (arn) => eventBridgeTarget(new EventBridgeClient(CLIENT_SETTINGS), arn),
  lambda: (arn) => lambdaTarget(new LambdaClient(CLIENT_SETTINGS), arn),
  // The endpoint is that of the Region: the host of a URL is no place to send requests to.
  sqs: (arn) => sqsTarget(new SQSClient({ ...CLIENT_SETTINGS, useQueueUrlAsEndpoint: false }), queueUrlOf(arn)),
  states: (arn) => stepFunctionsTarget(new SFNClient(CLIENT_SETTINGS), arn),
};

/** The target that an ARN names. */
export function targetOf({ service, arn }: TargetArn): Target {
  return TARGETS[service](arn);
}
