import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CLIENT_SETTINGS } from './client-settings';
import { rotationWatch } from './rotation-watch';
import { parseWatchSettings } from './watch-settings';

const settings = parseWatchSettings(process.env);
const client = new SecretsManagerClient(CLIENT_SETTINGS);

export const handler = rotationWatch(settings, {
  describe: () => client.send(new DescribeSecretCommand({ SecretId: settings.secretArn })),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
