import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { receivedWebhooks } from './received-webhooks';
import { idempotent } from '../../../src/runtime/webhooks/idempotent';

const dynamodb = new DynamoDBClient();
const s3 = new S3Client();

export const handler = receivedWebhooks({
  once: (act) => idempotent({ client: dynamodb, tableName: process.env.CONSUMED_TABLE!, now: () => Date.now(), unique: randomUUID }, act),
  async read({ bucket, key }) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Body!.transformToByteArray();
  },
  async note({ endpoint, receivedAt, what }) {
    const Item = { endpoint: { S: endpoint }, receivedAt: { S: receivedAt }, what: { S: what } };
    await dynamodb.send(new PutItemCommand({ TableName: process.env.NOTES_TABLE, Item }));
  },
  log: (entry) => console.log(JSON.stringify(entry)),
});
