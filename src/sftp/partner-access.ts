import { AccessedDirectory } from './private/accessed-directory';

/**
 * What a partner does with files. Nobody reaches anything outside of its own prefix, and nobody deletes versions.
 *
 * Some clients upload under a temporary name and rename: a rename reads, writes and deletes, and so takes `manage()`, or a client that is
 * told to write in place.
 *
 * @example
 * const access = sftp.PartnerAccess.exchange();
 */
export class PartnerAccess {
  /** Uploads into the incoming bucket, and sees what is there; reads nothing back and deletes nothing. */
  public static upload(): PartnerAccess {
    return new PartnerAccess([{ entry: '/', side: 'incoming', actions: ['list', 'write'] }]);
  }

  /** Fetches from the outgoing bucket; writes nothing and deletes nothing. */
  public static download(): PartnerAccess {
    return new PartnerAccess([{ entry: '/', side: 'outgoing', actions: ['list', 'read'] }]);
  }

  /** Uploads to `/incoming` and fetches from `/outgoing`. */
  public static exchange(): PartnerAccess {
    return new PartnerAccess([
      { entry: '/incoming', side: 'incoming', actions: ['list', 'write'] },
      { entry: '/outgoing', side: 'outgoing', actions: ['list', 'read'] },
    ]);
  }

  /** Uploads, reads, renames and deletes in the incoming bucket, which keeps versions of what is overwritten or deleted. */
  public static manage(): PartnerAccess {
    return new PartnerAccess([{ entry: '/', side: 'incoming', actions: ['list', 'read', 'write', 'delete'] }]);
  }

  private constructor(
    /** @internal */
    public readonly _directories: readonly AccessedDirectory[],
  ) {}
}
