import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { ArmedRole } from './armed-role';
import { ArmingParameter } from './arming-parameter';
import { breakGlass } from './break-glass';
import { parseBreakGlassSettings } from './break-glass-settings';
import { EVENT_SOURCE } from './event-source';
import { EventBus } from '../shared/event-bus';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';
import { ReviewItems } from '../shared/review-item';

const settings = parseBreakGlassSettings(process.env);
const systemsManager = new SSMClient(JOB_CLIENT_SETTINGS);

export const handler = breakGlass(settings, {
  parameter: new ArmingParameter(systemsManager, settings.parameterName),
  role: new ArmedRole(new IAMClient(JOB_CLIENT_SETTINGS), settings.roleName, settings.ownPolicies),
  events: new EventBus(new EventBridgeClient(JOB_CLIENT_SETTINGS), settings.eventBusName, EVENT_SOURCE),
  reviews: new ReviewItems(systemsManager),
  now: Date.now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
