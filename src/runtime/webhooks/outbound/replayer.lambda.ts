import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from './client-settings';
import { DueTable } from './due-table';
import { EndpointTable } from './endpoint-table';
import { replayer } from './replay';
import { parseSenderSettings } from './settings';

const { endpointTable, deliveryTable } = parseSenderSettings(process.env);
const client = new DynamoDBClient(CLIENT_SETTINGS);

export const handler = replayer({
  endpoints: new EndpointTable(client, endpointTable),
  deliveries: new DueTable(client, deliveryTable),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
