/** What one partner may do, and who it is. */
export interface PartnerOptions {
  /** CIDRs, IPv4 or IPv6, from which the partner may connect. */
  readonly networks: string[];
}
