import { CopyObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ANYTHING, CopyPlan, versioned } from './copy-plan';
import type { ReleaseSettings } from './malware-settings';
import { PartsCopy, UploadNotes } from './parts-copy';
import type { Claim, Copied } from './scan-row';

/** What one request may copy, 5 GiB (Amazon S3 API Reference, "CopyObject"). */
const MAX_COPY_BYTES = 5 * 1024 ** 3;

/** Copies exactly one version into the clean bucket, under the same key. */
export class VersionCopy {
  private readonly parts: PartsCopy;

  constructor(private readonly client: Pick<S3Client, 'send'>, private readonly settings: ReleaseSettings) {
    this.parts = new PartsCopy(client);
  }

  /**
   * Copies the version of a claim. A copy in parts is remembered by `notes`, and goes on where an earlier attempt ended; one request is just made
   * again, and then leaves a second version of the same content.
   */
  public async copy(claim: Claim, notes: UploadNotes): Promise<Copied> {
    const plan = await this.planOf(claim);
    const versionId = plan.bytes > MAX_COPY_BYTES ? await this.parts.copy(plan, claim.upload, notes) : await this.copyAtOnce(plan);
    return { versionId, bytes: plan.bytes };
  }

  /** Lets go of a copy in parts that nobody will go on with. */
  public async abandon(key: string, upload: string): Promise<void> {
    const { cleanBucket, accountId } = this.settings;
    await this.parts.abort({ bucket: cleanBucket, key, accountId }, upload);
  }

  private async planOf({ version }: Claim): Promise<CopyPlan> {
    const { incomingBucket, cleanBucket, accountId } = this.settings;
    const { ContentLength, ETag } = await this.client.send(new HeadObjectCommand({
      Bucket: incomingBucket, Key: version.key, VersionId: version.versionId, ExpectedBucketOwner: accountId,
    }));
    if (ContentLength === undefined || ETag === undefined) throw new Error('Amazon S3 did not tell the size of the version');
    return { bucket: cleanBucket, key: version.key, source: sourceOf(incomingBucket, version), etag: ETag, bytes: ContentLength, accountId };
  }

  private async copyAtOnce({ bucket, key, source, etag, accountId }: CopyPlan): Promise<string> {
    const { VersionId } = await this.client.send(new CopyObjectCommand({
      Bucket: bucket,
      Key: key,
      CopySource: source,
      CopySourceIfMatch: etag,
      ExpectedBucketOwner: accountId,
      ExpectedSourceBucketOwner: accountId,
      MetadataDirective: 'REPLACE',
      TaggingDirective: 'REPLACE',
      ...ANYTHING,
    }));
    return versioned(VersionId);
  }
}

/** Each segment of the key is percent-encoded (Amazon S3 API Reference, "CopyObject", x-amz-copy-source). */
function sourceOf(bucket: string, { key, versionId }: Claim['version']): string {
  return `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${encodeURIComponent(versionId)}`;
}
