import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { rotator } from './rotator';
import { SecretStore } from './secret-store';
import { parseSettings } from './settings';
import { thirdParty } from './third-party';
import { askFunction, parseAdapterArn } from './third-party-function';

/** A question is asked once: Secrets Manager repeats the step, and the schedule the rest. */
const LAMBDA_SETTINGS = { maxAttempts: 1, requestHandler: { ...CLIENT_SETTINGS.requestHandler, requestTimeout: 60_000 } };

const settings = parseSettings(process.env);
const store = new SecretStore(new SecretsManagerClient(CLIENT_SETTINGS), settings.secretArn);

export const handler = rotator(settings, {
  store,
  adapter: thirdParty({ secretArn: settings.secretArn, store, ask: askFunction(new LambdaClient(LAMBDA_SETTINGS), parseAdapterArn(process.env)) }),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
