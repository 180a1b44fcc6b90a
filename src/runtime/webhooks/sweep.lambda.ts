import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Claims } from './claims';
import { CLIENT_SETTINGS } from './client-settings';
import { parseDispatcherSettings } from './dispatch-settings';
import { Queue } from './sweep';
import { sweeper } from './sweeper';
import { targetOf } from './targets/targets';

const settings = parseDispatcherSettings(process.env);
const client = new DynamoDBClient(CLIENT_SETTINGS);

export const handler = sweeper(settings, {
  claims: new Claims(client, settings.tableName),
  queue: new Queue(client, settings.tableName),
  target: targetOf(settings.targetArn),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
