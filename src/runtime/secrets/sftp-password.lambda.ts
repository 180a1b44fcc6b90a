import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings } from './settings';
import { sftpPassword } from './sftp-password';
import { storedCredential } from './stored-credential';
import { parseSftpPasswordSettings } from './stored-credential-settings';

const settings = parseSettings(process.env);
const { tableName, userName } = parseSftpPasswordSettings(process.env);
const now = () => Date.now();

export const handler = rotator(settings, {
  store: new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn),
  adapter: storedCredential({
    kind: sftpPassword({ userName, randomBytes }),
    secretArn: settings.secretArn,
    tableName,
    holder: userName,
    client: new DynamoDBClient(CLIENT_SETTINGS),
    now,
  }),
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
