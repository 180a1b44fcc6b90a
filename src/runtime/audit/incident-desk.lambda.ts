import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { incidentDesk } from './incident-desk';
import { IncidentTable } from './incident-table';
import { REQUEST_CLIENT_SETTINGS } from './request-client-settings';
import { tableName } from '../shared/environment';

export const handler = incidentDesk({
  incidents: new IncidentTable(new DynamoDBClient(REQUEST_CLIENT_SETTINGS), tableName(process.env)),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
