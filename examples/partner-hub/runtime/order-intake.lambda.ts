import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { orderIntake } from './order-intake';
import { OrderTable } from './order-table';

const s3 = new S3Client({});
const orders = new OrderTable(process.env.ORDERS_TABLE);

export const handler = orderIntake({
  async fetch({ bucket, key, versionId }) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return Body!.transformToByteArray();
  },
  store: (line, { key, versionId }) => orders.store(line, `${key}?versionId=${versionId}`),
  log: (entry) => console.log(JSON.stringify(entry)),
});
