import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, ListPartsCommand, S3Client, UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { ANYTHING, CopyPlan, versioned } from './copy-plan';
import { unless } from '../shared/error-name';

/** At most 10 000 parts of at least 5 MiB (Amazon S3 User Guide, "Amazon S3 multipart upload limits"): files of up to 5 TiB. */
const PART_BYTES = 512 * 1024 ** 2;

/** Parts that are copied side by side. */
const SIDE_BY_SIDE = 8;

/** What has to be known of a copy in parts while it is made. */
export interface UploadNotes {
  /** Remembers the upload before its first part, so that another attempt goes on with it; false if somebody else has the version by now. */
  begun(upload: string): Promise<boolean>;
  /** Whether there is time for one more part. */
  hasTime(): boolean;
}

/** A part that is there. */
interface Part { readonly PartNumber: number; readonly ETag: string }

/** Where a copy goes. */
type Destination = Pick<CopyPlan, 'accountId' | 'bucket' | 'key'>;

/** Not all parts could be copied in the time that there was; another attempt goes on. */
export class OutOfTime extends Error {
  public override readonly name = 'OutOfTime';
}

/** Copies versions that are too large for one request. */
export class PartsCopy {
  constructor(private readonly client: Pick<S3Client, 'send'>) {}

  /**
   * Copies a version, going on with an upload if there is one. Parts that are there are not copied again; if the function dies before the upload
   * is remembered, or the answer to its end is lost, the lifecycle of the bucket takes what is left, and the copy begins anew.
   */
  public async copy(plan: CopyPlan, upload: string | undefined, notes: UploadNotes): Promise<string> {
    const found = upload === undefined ? undefined : await unless('NoSuchUpload', this.partsOf(plan, upload));
    const id = found ? upload! : await this.begin(plan, notes);
    const there = new Map((found ?? []).map((part) => [part.PartNumber, part]));
    const ranges = rangesOf(plan.bytes).filter(({ number }) => !there.has(number));
    await sideBySide(ranges, async ({ number, range }) => {
      if (!notes.hasTime()) throw new OutOfTime('there is no time for another part');
      there.set(number, await this.copyPart(plan, id, number, range));
    });
    const { VersionId } = await this.client.send(new CompleteMultipartUploadCommand({
      ...owned(plan), UploadId: id, MultipartUpload: { Parts: [...there.values()].sort((one, other) => one.PartNumber - other.PartNumber) },
    }));
    return versioned(VersionId);
  }

  /** Deletes the parts of an upload; one that is gone is no fault. */
  public async abort(destination: Destination, upload: string): Promise<void> {
    await unless('NoSuchUpload', this.client.send(new AbortMultipartUploadCommand({ ...owned(destination), UploadId: upload })));
  }

  private async begin(plan: CopyPlan, notes: UploadNotes): Promise<string> {
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand({ ...owned(plan), ...ANYTHING }));
    if (await notes.begun(UploadId!)) return UploadId!;
    await this.abort(plan, UploadId!);
    throw new OutOfTime('somebody else has the version by now');
  }

  private async partsOf(plan: Destination, upload: string): Promise<Part[]> {
    const parts: Part[] = [];
    let after: string | undefined;
    do {
      const page = await this.client.send(new ListPartsCommand({ ...owned(plan), UploadId: upload, PartNumberMarker: after }));
      for (const { PartNumber, ETag } of page.Parts ?? []) parts.push({ PartNumber: PartNumber!, ETag: ETag! });
      after = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (after !== undefined);
    return parts;
  }

  private async copyPart({ source, etag, ...plan }: CopyPlan, upload: string, number: number, range: string): Promise<Part> {
    const { CopyPartResult } = await this.client.send(new UploadPartCopyCommand({
      ...owned(plan),
      UploadId: upload,
      PartNumber: number,
      CopySource: source,
      CopySourceIfMatch: etag,
      CopySourceRange: range,
      ExpectedSourceBucketOwner: plan.accountId,
    }));
    if (CopyPartResult?.ETag === undefined) throw new Error('Amazon S3 did not tell what part it copied');
    return { PartNumber: number, ETag: CopyPartResult.ETag };
  }
}

function owned({ bucket, key, accountId }: Destination) {
  return { Bucket: bucket, Key: key, ExpectedBucketOwner: accountId };
}

/** Numbers and ranges of the parts, with their first and last byte (RFC 9110, 14.1.2). */
function rangesOf(bytes: number): ReadonlyArray<{ readonly number: number; readonly range: string }> {
  return Array.from({ length: Math.ceil(bytes / PART_BYTES) }, (_, index) => ({
    number: index + 1, range: `bytes=${index * PART_BYTES}-${Math.min((index + 1) * PART_BYTES, bytes) - 1}`,
  }));
}

/** Does work for each item, some at a time; ends with the first error, after what was begun has ended. */
async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  let failed = false;
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined && !failed; item = waiting.shift()) {
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, lane));
  const rejected = lanes.find(({ status }) => status === 'rejected');
  if (rejected) throw (rejected as PromiseRejectedResult).reason;
}
