import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IncidentTable } from './incident-table';
import { intake } from './intake';
import { parseIntakeSettings } from './intake-settings';
import { REQUEST_CLIENT_SETTINGS } from './request-client-settings';

const settings = parseIntakeSettings(process.env);

export const handler = intake(settings, {
  incidents: new IncidentTable(new DynamoDBClient(REQUEST_CLIENT_SETTINGS), settings.table),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
