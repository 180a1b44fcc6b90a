import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sha256Of } from './report';
import { unless } from '../shared/error-name';

/** Objects that are written once. */
export class Evidence {
  constructor(private readonly client: Pick<S3Client, 'send'>, private readonly bucket: string) {}

  /** All keys below a prefix, sorted. */
  public async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    let next: string | undefined;
    do {
      const { Contents = [], NextContinuationToken } = await this.client.send(new ListObjectsV2Command({
        Bucket: this.bucket, Prefix: prefix, ContinuationToken: next,
      }));
      keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
      next = NextContinuationToken;
    } while (next !== undefined);
    return keys;
  }

  /** The bytes of an object; undefined if there is none. */
  public async tryRead(key: string): Promise<Uint8Array | undefined> {
    const answer = await unless('NoSuchKey', this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key })));
    return answer?.Body?.transformToByteArray();
  }

  /**
   * Writes an object, unless there is one; says which of the two.
   *
   * Of two who write at once S3 answers one with a conflict, and so leaves open whether the other's write comes about (Amazon S3 User Guide, "How to
   * prevent object overwrites with conditional writes"): that is thrown, and the next run looks again.
   */
  public async record(key: string, bytes: Uint8Array, contentType: string): Promise<'recorded' | 'present'> {
    const answer = await unless('PreconditionFailed', this.client.send(new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: bytes,
      ContentType: contentType,
      IfNoneMatch: '*',
      // Asked for beside the checksum where a bucket retains what is put into it (Amazon S3 API Reference, "PutObject", Object Lock parameters).
      ChecksumAlgorithm: 'SHA256',
      // S3 holds the bytes to it, and keeps it with the object.
      ChecksumSHA256: Buffer.from(sha256Of(bytes), 'hex').toString('base64'),
    })));
    return answer ? 'recorded' : 'present';
  }
}
