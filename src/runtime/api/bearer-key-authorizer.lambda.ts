import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { bearerKeyAuthorizer } from './bearer-key-authorizer';
import { parseBearerKeySettings } from './bearer-key-settings';
import { CLIENT_SETTINGS } from './client-settings';
import { KeyTable, MacKey } from './stored-keys';

const { tableName, macKeyArn, prefix } = parseBearerKeySettings(process.env);

export const handler = bearerKeyAuthorizer(prefix, {
  table: new KeyTable(new DynamoDBClient(CLIENT_SETTINGS), tableName),
  macKey: new MacKey(new KMSClient(CLIENT_SETTINGS), macKeyArn),
  now: () => new Date(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
