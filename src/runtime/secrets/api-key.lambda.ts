import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiKey } from './api-key';
import { CLIENT_SETTINGS } from './client-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings, parseUsagePlanIds } from './settings';

const settings = parseSettings(process.env);
const now = () => Date.now();

export const handler = rotator(settings, {
  store: new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn),
  adapter: apiKey({
    secretArn: settings.secretArn,
    usagePlanIds: parseUsagePlanIds(process.env),
    client: new APIGatewayClient(CLIENT_SETTINGS),
    randomBytes,
    now,
    pause: () => setTimeout(1000),
    looks: 10,
  }),
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
