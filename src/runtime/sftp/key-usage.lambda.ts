import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KeyActivity } from './key-activity';
import { keyUsage } from './key-usage';
import { tableName } from '../shared/environment';
import { JOB_CLIENT_SETTINGS } from '../shared/job-client-settings';

export const handler = keyUsage({
  activity: new KeyActivity(new DynamoDBClient(JOB_CLIENT_SETTINGS), tableName(process.env, 'ACTIVITY_TABLE')),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
