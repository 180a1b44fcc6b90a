import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BodyBucket } from './bodies';
import { CLIENT_SETTINGS } from './client-settings';
import { confirmWith } from './confirm';
import { deliveryKeys } from './delivery-keys';
import { Inbox } from './inbox';
import { receive } from './receive';
import { parseReceiverSettings } from './receive-settings';
import { UnverifiedBucket } from './unverified';

const settings = parseReceiverSettings(process.env);
const s3 = new S3Client(CLIENT_SETTINGS);
const now = () => Date.now();
// As an object, which Lambda's JSON format keeps as one; a metric filter counts by its fields.
const log = (entry: object) => console.log({ endpoint: settings.endpoint, ...entry });

export const handler = receive(settings, {
  keys: deliveryKeys(settings, { client: new SecretsManagerClient(CLIENT_SETTINGS), request: fetch, now, log }),
  inbox: new Inbox({ ...settings, client: new DynamoDBClient(CLIENT_SETTINGS), bodies: new BodyBucket(s3, settings.bodyBucket) }),
  ...settings.keepsUnverified && { unverified: new UnverifiedBucket(s3, settings.bodyBucket, settings.endpoint) },
  confirm: confirmWith(fetch),
  now,
  log,
});
