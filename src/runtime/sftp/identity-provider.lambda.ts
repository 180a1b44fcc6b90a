import { randomInt } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from './client-settings';
import { identityProvider } from './identity-provider';
import { parseIdentityProviderSettings } from './identity-provider-settings';
import { Lockout } from './lockout';
import { PartnerSource } from './partner-source';
import { Passwords } from './passwords';

const settings = parseIdentityProviderSettings(process.env);
const client = new DynamoDBClient(CLIENT_SETTINGS);
const now = () => Date.now();

export const handler = identityProvider(settings, {
  partners: new PartnerSource({ client, tableName: settings.partnersTable, cacheSeconds: settings.cacheSeconds, now }),
  lockout: new Lockout({ client, tableName: settings.activityTable, policy: settings.lockout, now, random: (below) => randomInt(below) }),
  ...settings.credentialsTable !== undefined && { passwords: new Passwords({ client, tableName: settings.credentialsTable }) },
  now,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
