import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The bucket of bodies that are too large for a record. */
export class BodyBucket {
  constructor(private readonly client: Pick<S3Client, 'send'>, private readonly bucket: string) {}

  /**
   * Stores a body under its hash, and gives the key.
   *
   * To store it twice changes nothing but its age, so that a lifecycle rule does not take it from the later of two records. If the record is
   * never written, an object stays that nothing points to, and the lifecycle rule takes that.
   */
  public async put(endpoint: string, bodySha256: string, body: Buffer): Promise<string> {
    const key = `${endpoint}/${bodySha256}`;
    await this.client.send(new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentType: 'application/octet-stream', // whatever the sender says it is: it must never be shown by a browser
      ChecksumSHA256: Buffer.from(bodySha256, 'hex').toString('base64'),
    }));
    return key;
  }
}
