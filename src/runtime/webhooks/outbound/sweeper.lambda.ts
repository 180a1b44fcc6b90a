import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from './client-settings';
import { sweeper } from './due';
import { DueTable } from './due-table';
import { parseSenderSettings } from './settings';

const { deliveryTable, retentionMilliseconds } = parseSenderSettings(process.env);

export const handler = sweeper({
  deliveries: new DueTable(new DynamoDBClient(CLIENT_SETTINGS), deliveryTable),
  retentionMilliseconds,
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
