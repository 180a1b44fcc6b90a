import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { publicAddresses } from './address-policy';
import { CLIENT_SETTINGS } from './client-settings';
import { DeliveryTable } from './delivery-table';
import { EndpointTable } from './endpoint-table';
import { guardedConnector } from './guarded-connector';
import { KeyStore } from './key-store';
import { sender } from './send';
import { parseSenderSettings } from './settings';

const {
  endpointTable, deliveryTable, retentionMilliseconds, timeoutMilliseconds, deniedNetworks, deniedDomains, ports,
} = parseSenderSettings(process.env);
const client = new DynamoDBClient(CLIENT_SETTINGS);

export const handler = sender({
  endpoints: new EndpointTable(client, endpointTable),
  deliveries: new DeliveryTable(client, deliveryTable, retentionMilliseconds),
  keys: new KeyStore(new SecretsManagerClient(CLIENT_SETTINGS)),
  connect: guardedConnector({
    resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
    isAllowed: publicAddresses(deniedNetworks),
    timeoutMilliseconds,
  }),
  urls: { ports, deniedDomains },
  now: () => Date.now(),
  random: () => Math.random(), // spreads attempts; guards nothing
  unique: randomUUID,
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
