import { tryUrl } from '../../formats/url';

/** Printable ASCII without what a URL parser would take for a slash. */
const HTTPS_URI = /^https:\/\/[\x21-\x5b\x5d-\x7e]+$/i;

const ENCODED = /%[0-9a-f]{2}/gi;

/** Characters that mean the same whether they are encoded or not (RFC 3986, 2.3). */
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/**
 * The normal form of an https URI without query and fragment, so that two ways to write one compare as equal (RFC 9449, 4.3: "syntax-based
 * normalization", RFC 3986, 6.2.2, and "scheme-based normalization", RFC 3986, 6.2.3); undefined for any other text.
 */
export function tryNormalUri(text: string): string | undefined {
  const url = HTTPS_URI.test(text) ? tryUrl(text) : undefined;
  if (!url) return undefined;
  const { origin, pathname, username, password } = url;
  if (username !== '' || password !== '') return undefined;
  return `${origin}${pathname.replace(ENCODED, normalEncoding)}`;
}

function normalEncoding(encoded: string): string {
  const character = String.fromCharCode(parseInt(encoded.slice(1), 16));
  return UNRESERVED.test(character) ? character : encoded.toUpperCase();
}
