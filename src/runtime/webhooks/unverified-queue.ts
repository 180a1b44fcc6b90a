import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { readUnverified, Unverified, unverifiedPrefix } from './unverified';
import { unless } from '../shared/error-name';

/** Requests to an endpoint that wait to be judged, oldest first. */
export class UnverifiedQueue {
  constructor(private readonly client: Pick<S3Client, 'send'>, private readonly bucket: string, private readonly endpoint: string) {}

  /** Keys of the requests, page by page; S3 lists in the order of keys (API Reference, "ListObjectsV2"). */
  public async *keys(): AsyncGenerator<string> {
    let after: string | undefined;
    do {
      const { Contents = [], IsTruncated } = await this.client.send(new ListObjectsV2Command({
        Bucket: this.bucket, Prefix: unverifiedPrefix(this.endpoint), ...after !== undefined && { StartAfter: after },
      }));
      after = IsTruncated ? Contents.at(-1)?.Key : undefined;
      for (const { Key } of Contents) yield Key!;
    } while (after !== undefined);
  }

  /** Reads a request; undefined if it is gone, for then another invocation has judged it. */
  public async tryRead(key: string): Promise<Unverified | undefined> {
    const answer = await unless('NoSuchKey', this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key })));
    return answer && readUnverified(await answer.Body!.transformToString());
  }

  /** Deletes a request; one that is gone stays so. */
  public async drop(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
