import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BodyBucket } from './bodies';
import { CLIENT_SETTINGS } from './client-settings';
import { confirmWith } from './confirm';
import { Inbox } from './inbox';
import { KeyRing } from './key-ring';
import { receive } from './receive';
import { parseReceiverSettings } from './receive-settings';

const settings = parseReceiverSettings(process.env);
const now = () => Date.now();
// As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
const log = (entry: object) => console.log({ endpoint: settings.endpoint, ...entry });

export const handler = receive(settings, {
  keys: new KeyRing({ ...settings, client: new SecretsManagerClient(CLIENT_SETTINGS), format: settings.scheme.key, now, log }),
  inbox: new Inbox({
    ...settings,
    client: new DynamoDBClient(CLIENT_SETTINGS),
    bodies: new BodyBucket(new S3Client(CLIENT_SETTINGS), settings.bodyBucket),
  }),
  confirm: confirmWith(fetch),
  now,
  log,
});
