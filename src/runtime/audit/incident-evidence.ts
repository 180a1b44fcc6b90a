import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { unless } from '../shared/error-name';

/** Copies of the histories of incidents, in a bucket that lets nobody change them. */
export class IncidentEvidence {
  constructor(private readonly client: Pick<S3Client, 'send'>, private readonly bucket: string, private readonly prefix: string) {}

  /** Keeps an entry. Where it is there, a run before kept it: an entry never changes. */
  public async keep(incident: string, number: number, text: string): Promise<void> {
    await unless('PreconditionFailed', this.client.send(new PutObjectCommand({
      Bucket: this.bucket,
      Key: `${this.prefix}${incident}/${String(number).padStart(8, '0')}.json`,
      Body: text,
      ContentType: 'application/json',
      IfNoneMatch: '*', // RFC 9110, 13.1.2
    })));
  }
}
