import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { EndpointTable } from './endpoint-table';
import { KeyStore } from './key-store';
import { publicKeysTeller } from './public-keys';
import { tableName } from '../../shared/environment';

const endpointTable = tableName(process.env, 'ENDPOINT_TABLE');

export const handler = publicKeysTeller({
  endpoints: new EndpointTable(new DynamoDBClient(CLIENT_SETTINGS), endpointTable),
  keys: new KeyStore(new SecretsManagerClient(CLIENT_SETTINGS)),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
