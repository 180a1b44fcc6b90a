/** Which claim of a JWT bounds how long it is taken (RFC 7519, 4.1). */
export enum JwtTime {
  /** `iat`: issued within the tolerance of now. */
  ISSUED_AT = 'iat',
  /** `exp`: not expired, give or take the tolerance; `nbf` and `iat` are held to it, too, where they are there. */
  EXPIRY = 'exp',
}
