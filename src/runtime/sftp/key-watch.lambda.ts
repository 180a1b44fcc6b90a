import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KeyActivity } from './key-activity';
import { keyWatch } from './key-watch';
import { parseKeyWatchSettings } from './key-watch-settings';
import { PartnersScan } from './partners-scan';
import { SftpEvents } from './sftp-events';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';

const settings = parseKeyWatchSettings(process.env);
const tables = new DynamoDBClient(JOB_CLIENT_SETTINGS);

export const handler = keyWatch(settings, {
  register: new PartnersScan(tables, settings.partnersTable),
  activity: new KeyActivity(tables, settings.activityTable),
  events: new SftpEvents(new EventBridgeClient(JOB_CLIENT_SETTINGS), settings.eventBusName),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
