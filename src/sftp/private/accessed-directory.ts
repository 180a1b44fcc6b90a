/** What may be done with the files of a directory. */
export type FileAction = 'list' | 'read' | 'write' | 'delete';

/** A directory as a partner sees it, and in which of the server's buckets it is. */
export interface AccessedDirectory {
  readonly entry: string;
  readonly side: 'incoming' | 'outgoing';
  readonly actions: readonly FileAction[];
}
