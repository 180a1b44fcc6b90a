import { randomBytes } from 'node:crypto';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings } from './settings';
import { storedBearerKey } from './stored-bearer-key';
import { storedCredential } from './stored-credential';
import { parseBearerKeySettings } from './stored-credential-settings';

const settings = parseSettings(process.env);
const { tableName, ...keys } = parseBearerKeySettings(process.env);
const now = () => Date.now();

export const handler = rotator(settings, {
  store: new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn),
  adapter: storedCredential({
    kind: storedBearerKey({ ...keys, kms: new KMSClient(CLIENT_SETTINGS), gateway: new APIGatewayClient(CLIENT_SETTINGS), randomBytes }),
    secretArn: settings.secretArn,
    tableName,
    holder: keys.holder,
    client: new DynamoDBClient(CLIENT_SETTINGS),
    now,
  }),
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
