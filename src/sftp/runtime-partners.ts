import { PartnerAccess } from './partner-access';

/** Options of `RuntimePartners`. */
export interface RuntimePartnersOptions {
  /**
   * What each of these partners does with files.
   *
   * @default PartnerAccess.upload()
   */
  readonly access?: PartnerAccess;
}

/**
 * Partners that operators add while the server runs, without a deployment. They share one role, and each gets what that role allows below its
 * own prefix, `runtime/<name>`, and no more.
 *
 * @example
 * const users = sftp.SftpUsers.identityProvider({ runtimePartners: sftp.RuntimePartners.within(['203.0.113.0/24']) });
 */
export class RuntimePartners {
  /**
   * Partners whose networks are within these, which the server's endpoint lets in.
   *
   * @param networks IPv4 or IPv6 in CIDR notation without host bits, not tokens; no operator lets a partner in from elsewhere
   */
  public static within(networks: string[], options: RuntimePartnersOptions = {}): RuntimePartners {
    return new RuntimePartners([...networks], options.access ?? PartnerAccess.upload());
  }

  private constructor(
    /** Networks that the partners' are within. */
    public readonly networks: string[],
    /** What each does with files. */
    public readonly access: PartnerAccess,
  ) {}
}
