/** A version that was looked at, and where its copy goes. */
export interface CopyPlan {
  readonly bucket: string;
  readonly key: string;
  /** The version of the source, as a header names it. */
  readonly source: string;
  readonly etag: string;
  readonly bytes: number;
  /** Of both buckets: a bucket of the same name in another account is another bucket. */
  readonly accountId: string;
}

/**
 * What a copy is made with, in one request or in parts. Type, tags and metadata are not taken over: the partner chose them, a browser would
 * believe the type, and a rule or policy of ours the tags.
 */
export const ANYTHING = { ContentType: 'application/octet-stream' } as const;

/** The version of a copy; a bucket without versions would have the next upload take the place of what an event names. */
export function versioned(versionId: string | undefined): string {
  if (versionId === undefined) throw new Error('the clean bucket must have versioning');
  return versionId;
}
