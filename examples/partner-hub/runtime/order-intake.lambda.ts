import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { orderIntake } from './order-intake';

const dynamodb = new DynamoDBClient({});
const s3 = new S3Client({});

export const handler = orderIntake({
  async fetch({ bucket, key, versionId }) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return Body!.transformToByteArray();
  },
  async store({ orderId, sku, quantity }, { key, versionId }) {
    try {
      await dynamodb.send(new PutItemCommand({
        TableName: process.env.ORDERS_TABLE,
        Item: {
          orderId: { S: orderId },
          sku: { S: sku },
          quantity: { N: String(quantity) },
          deliveredAs: { S: `${key}?versionId=${versionId}` },
        },
        ConditionExpression: 'attribute_not_exists(orderId)',
      }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
  log: (entry) => console.log(JSON.stringify(entry)),
});
