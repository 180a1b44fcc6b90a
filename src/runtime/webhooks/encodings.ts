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
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of the bytes if they are UTF-8, a byte order mark kept; two different bodies never read alike. */
export function tryText(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
