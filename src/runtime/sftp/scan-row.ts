import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ObjectVersion } from './malware-event';

/**
 * The scans: a table with the key `id`, the sparse index `queue` (`queue`, `dueAt`) and `expires` as its time to live; a row for each version.
 *
 * A version is AWAITING a scan, and MISSING one after the deadline. A scan makes it CLEAN, a THREAT or UNSCANNED. What is CLEAN becomes RELEASED, or
 * STUCK after too many attempts. A THREAT stays one, whatever is said of it later; from the other states a later scan makes it CLEAN. A FOLDER is
 * what SFTP clients see as a directory, and is left where it is.
 */
export type ScanState = 'AWAITING' | 'MISSING' | 'CLEAN' | 'THREAT' | 'UNSCANNED' | 'RELEASED' | 'STUCK' | 'FOLDER';

/** Partitions of the index: what waits for a scan, for its release, for a person. */
export const QUEUES = { AWAITING: 'awaiting', CLEAN: 'clean', STUCK: 'stuck' } as const;

export const QUEUE_INDEX = 'queue';

export type Item = Record<string, AttributeValue>;

/** A version that this function alone may release, until the lease ends. */
export interface Claim {
  readonly id: string;
  readonly version: ObjectVersion;
  /** Milliseconds since the Unix epoch. */
  readonly arrivedAt: number;
  /** This one counted. */
  readonly attempts: number;
  /** Tells this claim from any other of the version. */
  readonly leaseUntil: number;
  /** A copy in parts that has been begun. */
  readonly upload?: string;
  /** What the version has become in the clean bucket, if it was copied already. */
  readonly copy?: Copied;
}

/** A version in the clean bucket. */
export interface Copied { readonly versionId: string; readonly bytes: number }

/** The same for a version whenever it is told of; the key itself may be longer than what services take for an id. */
export function scanIdOf(bucket: string, { key, versionId }: ObjectVersion): string {
  return createHash('sha256').update(JSON.stringify([bucket, key, versionId])).digest('hex');
}

/** The claim in a row that was just taken; throws for a row that this library did not write, and quotes none of it. */
export function claimOf(item: Item): Claim {
  const { id, objectKey, version, arrivedAt, attempts, leaseUntil, upload, copyVersion, copyBytes } = item;
  return {
    id: text(id),
    version: { key: text(objectKey), versionId: text(version) },
    arrivedAt: Number(arrivedAt?.N),
    attempts: Number(attempts?.N),
    leaseUntil: Number(leaseUntil?.N),
    ...upload?.S === undefined ? {} : { upload: upload.S },
    ...copyVersion?.S === undefined ? {} : { copy: { versionId: copyVersion.S, bytes: Number(copyBytes?.N) } },
  };
}

/** A number as DynamoDB writes it. */
export function number(value: number): { readonly N: string } {
  return { N: String(value) };
}

function text(value: AttributeValue | undefined): string {
  if (typeof value?.S !== 'string') throw new Error('the item is no row of a scan');
  return value.S;
}
