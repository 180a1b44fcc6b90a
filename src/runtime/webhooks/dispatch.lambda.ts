import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Claims } from './claims';
import { CLIENT_SETTINGS } from './client-settings';
import { parseDispatcherSettings } from './dispatch-settings';
import { onStream } from './stream';
import { targetOf } from './targets/targets';

const settings = parseDispatcherSettings(process.env);

export const handler = onStream(settings, {
  claims: new Claims(new DynamoDBClient(CLIENT_SETTINGS), settings.tableName),
  target: targetOf(settings.targetArn),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
