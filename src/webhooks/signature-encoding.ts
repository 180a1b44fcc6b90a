/** How the bytes of a signature or a hash are written. Only the canonical text is taken. */
export enum SignatureEncoding {
  /** Lower-case hex. */
  HEX = 'hex',
  /** Base64, padded (RFC 4648, 4). */
  BASE64 = 'base64',
  /** Base64url without padding (RFC 4648, 5). */
  BASE64URL = 'base64url',
}
