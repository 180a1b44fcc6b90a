/** API Gateway's limit for a payload (Developer Guide, "Quotas for configuring and running a REST API"). */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** API Gateway's limit for all headers together is 10,240 bytes (same page); one that is looked at is well below. */
export const MAX_HEADER_LENGTH = 8 * 1024;

/** All headers together, for hosts other than API Gateway. */
export const MAX_HEADERS_LENGTH = 64 * 1024;

/** More headers than any sender sends; DocuSign alone may send 100 (Connect guide, "HMAC security"). */
export const MAX_HEADERS = 256;

/** Signatures in a list of one header: one for each key in rotation and version of a scheme, with much to spare. */
export const MAX_LISTED = 32;

/** Signatures that are compared; the cost of Ed25519 and ECDSA is some half a millisecond each and key. */
export const MAX_SIGNATURES = 16;

/** Nesting of JSON that is looked into. */
export const MAX_DEPTH = 64;

/** "The key for HMAC ... less than L bytes is strongly discouraged" (RFC 2104, 3); half of that is the least that cannot be guessed. */
export const MIN_SECRET_BYTES = 16;

/** "A key of size 2048 bits or larger MUST be used" (RFC 7518, 3.3). */
export const MIN_RSA_BITS = 2048;
