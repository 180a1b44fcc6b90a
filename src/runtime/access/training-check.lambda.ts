import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from './event-source';
import { trainingCheck } from './training-check';
import { parseTrainingCheckSettings } from './training-check-settings';
import { EventBus } from '../shared/event-bus';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';

const settings = parseTrainingCheckSettings(process.env);

export const handler = trainingCheck(settings, {
  events: new EventBus(new EventBridgeClient(JOB_CLIENT_SETTINGS), settings.eventBusName, EVENT_SOURCE),
  now: Date.now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
