import type { ReleaseSettings } from './malware-settings';
import type { Claim, Copied } from './scan-row';

/** What a target gets of a file that was found clean. */
export interface UploadEvent {
  /** The same whenever this event is sent: whoever acts on it does so once for each. */
  readonly id: string;
  /** Whose it is, by the key's prefix; absent for what is under no partner's. */
  readonly partner?: string;
  /** Where the clean copy is. Read this version: a later upload under the key is another one. */
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
  /** When it was uploaded, as far as the gate knows (RFC 3339). */
  readonly arrivedAt: string;
  /** The version that was uploaded and scanned, under the same key. */
  readonly source: { readonly bucket: string; readonly versionId: string };
}

/** Where the files are of partners that have no prefix of their own, and of those that were added at run time. */
const PARTNER = /^(?:partners|runtime)\/([a-z0-9][a-z0-9_.-]{2,99})\//;

/** Partners by the prefix that each was given, without a slash at its ends. None is within another. */
export type PartnerPrefixes = ReadonlyMap<string, string>;

/** The partner that a key belongs to. A prefix that was given counts first: it may look like that of somebody else. */
export function partnerOf(key: string, prefixes: PartnerPrefixes): string | undefined {
  for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
    const partner = prefixes.get(key.slice(0, end));
    if (partner !== undefined) return partner;
  }
  return PARTNER.exec(key)?.[1];
}

/** The event of a version that was copied. */
export function uploadEventOf({ id, version, arrivedAt }: Claim, copy: Copied, settings: Pick<ReleaseSettings, 'cleanBucket' | 'incomingBucket' | 'partnerPrefixes'>): UploadEvent {
  const partner = partnerOf(version.key, settings.partnerPrefixes);
  return {
    id,
    ...partner === undefined ? {} : { partner },
    bucket: settings.cleanBucket,
    key: version.key,
    versionId: copy.versionId,
    bytes: copy.bytes,
    arrivedAt: new Date(arrivedAt).toISOString(),
    source: { bucket: settings.incomingBucket, versionId: version.versionId },
  };
}
