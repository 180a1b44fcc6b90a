import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings } from './settings';
import { webhookSecret } from './webhook-secret';

const settings = parseSettings(process.env);

export const handler = rotator(settings, {
  store: new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn),
  adapter: webhookSecret(randomBytes),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
