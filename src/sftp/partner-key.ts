/** For how long a key of a partner counts. */
export interface PartnerKeyOptions {
  /**
   * From when on the key counts.
   *
   * @default - as soon as it is deployed
   */
  readonly notBefore?: Date;

  /** When the key ceases to count, to the second. No longer from now than the server's `maxKeyAge`. */
  readonly expires: Date;
}

/**
 * A public key that a partner logs in with, and for how long. The partner makes the pair, and keeps the private half to itself.
 *
 * @example
 * const key = sftp.PartnerKey.of('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMrYZkq2ZoY3jRqUQ0hI9wQ1dGq1oKvzv9xZ1dmYhS2b acme@2027', {
 *   expires: new Date('2027-05-01T00:00:00Z'),
 * });
 */
export class PartnerKey {
  /**
   * A key from the file that `ssh-keygen` writes, `id_ed25519.pub`: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `-nistp384`, `-nistp521`, or `ssh-rsa` of
   * 3072 bits at least. What follows the key, its comment, is dropped.
   *
   * @param publicKey one line of text, not a token: what only deployment knows could not be held against the keys of others
   */
  public static of(publicKey: string, options: PartnerKeyOptions): PartnerKey {
    return new PartnerKey(publicKey, options.expires, options.notBefore);
  }

  private constructor(
    /** The line as it was given. */
    public readonly publicKey: string,
    /** When it ceases to count. */
    public readonly expires: Date,
    /** From when on it counts; absent where it counts as soon as it is deployed. */
    public readonly notBefore?: Date,
  ) {}
}
