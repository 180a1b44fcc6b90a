import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { uploadedFiles } from './uploaded-files';

const dynamodb = new DynamoDBClient();
const s3 = new S3Client();

export const handler = uploadedFiles({
  async read({ bucket, key, versionId }) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return Body!.transformToByteArray();
  },
  async note({ partner, id, key, sha256 }) {
    const Item = { partner: { S: partner }, id: { S: id }, key: { S: key }, sha256: { S: sha256 } };
    await dynamodb.send(new PutItemCommand({ TableName: process.env.FILES_TABLE, Item }));
  },
  log: (entry) => console.log(JSON.stringify(entry)),
});
