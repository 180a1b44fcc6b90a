import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, Log } from './each-message';

/** A file that was found clean, as the landing tells of it. */
export interface UploadedFile {
  readonly id: string;
  readonly partner?: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
}

/** What is noted of a file. */
export interface FileNote {
  readonly partner: string;
  readonly id: string;
  readonly key: string;
  readonly sha256: string;
}

/** What the handler needs of the world. */
export interface Ports {
  /** Never gets content or names of files. */
  readonly log: Log;
  /** Reads exactly one version. */
  read(file: UploadedFile): Promise<Uint8Array>;
  /** Notes a file; to note it again changes nothing. */
  note(note: FileNote): Promise<void>;
}

/** Larger files are for somebody else. */
const MAX_BYTES = 50 * 1024 * 1024;

/** Builds the handler of files that were found clean. A message that comes again is noted again, under the same id. */
export function uploadedFiles({ log, read, note }: Ports) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => eachMessage(event, log, async (body) => {
    const file = JSON.parse(body) as UploadedFile;
    if (file.bytes > MAX_BYTES) throw new FileTooLarge();
    const sha256 = createHash('sha256').update(await read(file)).digest('hex');
    await note({ partner: file.partner ?? 'nobody', id: file.id, key: file.key, sha256 });
    log({ outcome: 'noted', id: file.id });
  });
}

class FileTooLarge extends Error { public override readonly name = 'FileTooLarge'; }
