import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { eventBridgeTarget } from './event-bridge';
import { lambdaTarget } from './lambda';
import type { Target } from './target';
import { CLIENT_SETTINGS } from '../client-settings';
import type { TargetArn, TargetService } from '../dispatch-settings';

const TARGETS: Readonly<Record<TargetService, (arn: string) => Target>> = {
  events: (arn) => eventBridgeTarget(new EventBridgeClient(CLIENT_SETTINGS), arn),
  lambda: (arn) => lambdaTarget(new LambdaClient(CLIENT_SETTINGS), arn),
};

/** The target that an ARN names. */
export function targetOf({ service, arn }: TargetArn): Target {
  return TARGETS[service](arn);
}
