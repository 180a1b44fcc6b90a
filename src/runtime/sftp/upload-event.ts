import type { ReleaseSettings } from './malware-settings';
import type { Claim, Copied } from './scan-row';

/** What a target gets of a file that was found clean. */
export interface UploadEvent {
  /** The same whenever this event is sent: whoever acts on it does so once for each. */
  readonly id: string;
  /** Who uploaded it, by the key's prefix; absent for what is under no partner's. */
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

/** Where partners' files are: `partners/<name>/`. */
const PARTNER = /^partners\/([a-z0-9][a-z0-9_.-]{2,99})\//;

/** The partner that a key belongs to. */
export function partnerOf(key: string): string | undefined {
  return PARTNER.exec(key)?.[1];
}

/** The event of a version that was copied. */
export function uploadEventOf({ id, version, arrivedAt }: Claim, copy: Copied, settings: Pick<ReleaseSettings, 'cleanBucket' | 'incomingBucket'>): UploadEvent {
  const partner = partnerOf(version.key);
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
