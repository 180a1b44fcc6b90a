/** What a partner may do in a directory, in the order of a record. */
export const DIRECTORY_ACTIONS = ['list', 'read', 'write', 'delete'] as const;
export type DirectoryAction = typeof DIRECTORY_ACTIONS[number];

/** A directory of a partner: what it sees, and where that is stored. */
export interface PartnerDirectory {
  /** `/` for the only directory, or a name such as `/incoming`. */
  readonly entry: string;
  readonly bucket: string;
  /** Such as `partners/acme`, without slash at either end. */
  readonly prefix: string;
  /** The key of the bucket. */
  readonly keyArn: string;
  readonly actions: readonly DirectoryAction[];
}

/** A directory as AWS Transfer Family is told of it. */
export interface HomeMapping {
  readonly Entry: string;
  readonly Target: string;
}

/** Where the directories of a record are (AWS Transfer Family User Guide, "Using logical directories"): a target with a slash at its end fails. */
export function homeMappings({ directories }: { readonly directories: readonly PartnerDirectory[] }): HomeMapping[] {
  return directories.map(({ entry, bucket, prefix }) => ({ Entry: entry, Target: `/${bucket}/${prefix}` }));
}
