/** An Elastic IP address of the account that a server is reached at. */
export interface SftpAddress {
  /** Its allocation id, such as `eipalloc-0123456789abcdef0`. */
  readonly allocationId: string;

  /** The address itself, which partners let out and records of a host name lead to. */
  readonly publicIp: string;
}
