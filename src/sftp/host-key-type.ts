/** Type of a key by which a server shows that it is the one. */
export class HostKeyType {
  /** Ed25519. Not in FIPS mode. */
  public static readonly ED25519 = new HostKeyType('ed25519', 'Ed25519');

  /** ECDSA on the curve P-256. */
  public static readonly ECDSA_P256 = new HostKeyType('ecdsa-p256', 'EcdsaP256');

  /** RSA of 4096 bits, for clients that know no other. */
  public static readonly RSA_4096 = new HostKeyType('rsa-4096', 'Rsa4096');

  private constructor(
    /** The type as the function that makes keys spells it. */
    public readonly name: string,
    /** Attribute of the custom resource that has the fingerprint. */
    public readonly attribute: string,
  ) {}
}
