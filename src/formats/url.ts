/**
 * Reads an absolute URL (WHATWG URL, 4.4); undefined for what is none.
 *
 * `URL.canParse` is not asked: once a caller is optimised, Node.js 20 takes text with letters between U+0080 and U+00FF for malformed there.
 */
export function tryUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
