import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { TransferClient } from '@aws-sdk/client-transfer';
import { connectorTransfer } from './connector-transfer';
import { callsBy } from './transfer-clients';
import { parseTransferSettings } from './transfer-settings';
import { TransferTable } from './transfer-table';

/** How long a client of AWS waits; the function ends after five minutes. */
const requestHandler = { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true };
const CLIENT_SETTINGS = { maxAttempts: 3, requestHandler };

const settings = parseTransferSettings(process.env);

export const handler = connectorTransfer(settings, {
  ...callsBy({
    s3: new S3Client(CLIENT_SETTINGS),
    secrets: new SecretsManagerClient(CLIENT_SETTINGS),
    // A start that is tried again by itself could be a second one.
    transfer: new TransferClient({ maxAttempts: 1, requestHandler }),
  }, settings.connectorId),
  table: new TransferTable(new DynamoDBClient(CLIENT_SETTINGS), settings.table),
  now: () => Date.now(),
  // As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
  log: (entry) => console.log(entry),
});
