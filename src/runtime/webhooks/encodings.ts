import { isUtf8 } from 'node:buffer';

/** How bytes are written as text. */
export const ENCODINGS = ['hex', 'base64', 'base64url'] as const;

export type Encoding = typeof ENCODINGS[number];

/**
 * Reads bytes from text that is exactly what their encoding writes, else undefined.
 *
 * `Buffer.from` skips what it does not know, takes either base64 alphabet and ignores unused bits (RFC 4648, 3.5), so that many texts stand for
 * the same bytes. Only the canonical one is taken: lower-case hex, padded base64, base64url without padding.
 */
export function tryDecode(text: string, encoding: Encoding): Buffer | undefined {
  if (text.length <= SIGNATURE_LENGTH && encoding !== 'base64url') return isExact(text, encoding) ? Buffer.from(text, encoding) : undefined;
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

/** Up to here, and at most that of an RSA key of 4096 bits in base64, a pattern takes less time than to write the bytes again. */
const SIGNATURE_LENGTH = 684;

const HEX = /^[0-9a-f]*$/;

/** Of the last character that stands for bytes four bits, or two, are not used, and zero. */
const BASE64 = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/;

function isExact(text: string, encoding: 'hex' | 'base64'): boolean {
  return encoding === 'hex' ? text.length % 2 === 0 && HEX.test(text) : text.length % 4 === 0 && BASE64.test(text);
}

/** Text of the bytes if they are UTF-8, a byte order mark kept; two different bodies never read alike. */
export function tryText(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
