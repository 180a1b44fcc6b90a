import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { clientCheck } from './cognito-client-check';
import { cognitoClientSecret } from './cognito-client-secret';
import { parseCognitoSettings } from './cognito-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings } from './settings';

const settings = parseSettings(process.env);
const cognito = parseCognitoSettings(process.env);
const store = new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn);
const client = new CognitoIdentityProviderClient(CLIENT_SETTINGS);
const now = () => Date.now();

export const handler = rotator(settings, {
  store,
  adapter: cognitoClientSecret({
    ...cognito,
    client,
    store,
    randomBytes,
    isAccepted: clientCheck({ ...cognito, client, fetch, randomBytes }),
    now,
    pause: () => setTimeout(1000),
    looks: 10,
  }),
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
