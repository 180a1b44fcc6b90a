import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_SETTINGS } from './client-settings';
import { dpop } from './dpop';
import { parseDpopSettings } from './dpop-settings';
import { httpsJson } from './https-json';
import { parseIssuers } from './issuers';
import { oidcAuthorizer } from './oidc-authorizer';
import { UsedProofs } from './used-proofs';

const { origins, table } = parseDpopSettings(process.env);
const used = new UsedProofs(new DynamoDBClient(CLIENT_SETTINGS), table, randomUUID);
const now = () => new Date();

const ports = {
  now,
  fetchJson: httpsJson(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry: Readonly<Record<string, string>>) => console.log(entry),
};

export const handler = oidcAuthorizer(parseIssuers(process.env.ISSUERS), ports, dpop(origins, { now, takeOnce: used.takeOnce.bind(used) }));
