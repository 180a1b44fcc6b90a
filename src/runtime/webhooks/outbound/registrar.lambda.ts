import { lookup } from 'node:dns/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { publicAddresses } from './address-policy';
import { CLIENT_SETTINGS } from './client-settings';
import { EndpointRegister } from './endpoint-register';
import { registrar } from './registrar';
import { parseEndpointSettings } from './settings';

const { endpointTable, deniedNetworks, deniedDomains, ports } = parseEndpointSettings(process.env);

export const handler = registrar({
  endpoints: new EndpointRegister(new DynamoDBClient(CLIENT_SETTINGS), endpointTable),
  resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  isAllowed: publicAddresses(deniedNetworks),
  urls: { ports, deniedDomains },
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
