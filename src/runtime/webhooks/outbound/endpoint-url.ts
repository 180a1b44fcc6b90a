import { isIP } from 'node:net';
import { tryUrl } from '../../../formats/url';

/** Where a webhook is sent, taken apart and normalised. */
export interface EndpointUrl {
  /** Lower case, in ASCII: internationalised names in punycode (RFC 5891, 4.4). Never an address. */
  readonly host: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
}

/** Why an address of an endpoint is refused, as the log names it. */
export type UrlRefusal =
  'url-too-long' | 'url-malformed' | 'url-not-https' | 'url-with-userinfo' | 'url-with-fragment' | 'port-not-allowed' | 'host-is-address' | 'host-not-public';

/** What is allowed besides what never is. */
export interface UrlPolicy {
  /** 443 alone by default. */
  readonly ports?: readonly number[];
  /** Domains of one's own, which are refused with all that is below them; lower case. */
  readonly deniedDomains?: readonly string[];
}

const MAX_LENGTH = 2048;

/** What the parser would drop, decode or read as a slash (WHATWG URL, 4.4): what is checked must be what was written. */
const AMBIGUOUS = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/;

/** Scheme, authority, rest. */
const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)([^]*)$/i;

/** A name of at least two labels, none with a hyphen at its ends, the last no number (RFC 1123, 2.1; RFC 3696, 2). */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{0,58}[a-z0-9]|[a-z]{2,63})$/;

/** RFC 1035, 2.3.4. */
const MAX_DOMAIN_LENGTH = 253;

/** Names that are not of the public internet (RFC 6761, 6762, 7686, 8375, 9476; ICANN resolution 2024.07.29.06 for `internal`). */
const RESERVED = ['alt', 'arpa', 'example', 'internal', 'invalid', 'local', 'localhost', 'onion', 'test'];

/** Reads the address of an endpoint, which a customer wrote; refuses what does not lead to a named host of the public internet over TLS. */
export function readEndpointUrl(text: string, { ports = [443], deniedDomains = [] }: UrlPolicy = {}): EndpointUrl | UrlRefusal {
  if (text.length > MAX_LENGTH) return 'url-too-long';
  const [, scheme, authority] = PARTS.exec(text) ?? [];
  if (scheme === undefined || AMBIGUOUS.test(text)) return 'url-malformed';
  if (scheme.toLowerCase() !== 'https') return 'url-not-https';
  if (authority.includes('@')) return 'url-with-userinfo';
  if (text.includes('#')) return 'url-with-fragment';
  const url = authority.includes('%') ? undefined : tryUrl(text);
  if (!url) return 'url-malformed';

  const { hostname, port, pathname, search } = url;
  if (isIP(hostname) !== 0 || hostname.startsWith('[')) return 'host-is-address';
  if (!isPublicName(hostname) || deniedDomains.some((domain) => isWithin(hostname, domain))) return 'host-not-public';
  const number = port === '' ? 443 : Number(port);
  return ports.includes(number) ? { host: hostname, port: number, path: `${pathname}${search}` } : 'port-not-allowed';
}

function isPublicName(host: string): boolean {
  return host.length <= MAX_DOMAIN_LENGTH && DOMAIN.test(host) && !RESERVED.some((domain) => isWithin(host, domain));
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
