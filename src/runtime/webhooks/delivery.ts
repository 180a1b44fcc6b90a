import { tryDecode } from './encodings';
import { MAX_BODY_BYTES, MAX_HEADER_LENGTH, MAX_HEADERS, MAX_HEADERS_LENGTH } from './limits';
import { Refused } from './verdict';

/** A request exactly as it was sent, so far as the front door tells. */
export interface Delivery {
  readonly method: string;
  /** The address that the sender was given, from configuration: never made from `Host` or `X-Forwarded-*`, which a sender chooses. */
  readonly url: string;
  /** Every header line, in order, names in any case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Raw bytes: never decoded, never re-serialised. */
  readonly body: Buffer;
}

/** What the proxy integration of a REST API hands over, as far as it matters here. */
export interface ProxyEvent {
  readonly httpMethod: string;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  /** The peer's address, as API Gateway saw it; never that of `X-Forwarded-For`, which a sender chooses. */
  readonly requestContext?: { readonly identity?: { readonly sourceIp?: string | null } };
}

/** Field values are visible characters, blanks and tabs (RFC 9110, 5.5); bytes beyond ASCII are opaque and in no signature scheme. */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;

/**
 * Reads the event of a REST API.
 *
 * `publicUrl` is what the sender was told; query parameters that it does not have are added to it, since some senders sign those, too. API
 * Gateway decodes them and keeps no order between names, so a sender that adds several cannot be verified by its URL.
 */
export function readDelivery(event: ProxyEvent, publicUrl: string): Delivery | Refused {
  const body = event.isBase64Encoded ? tryDecode(event.body ?? '', 'base64') : Buffer.from(event.body ?? '', 'utf8');
  if (!body) return new Refused('malformed-body');
  return { method: event.httpMethod, url: withQuery(publicUrl, event), headers: pairs(event.multiValueHeaders), body };
}

/** Why the delivery is too large to look at, else undefined. */
export function tooLarge({ headers, body }: Delivery, maxBodyBytes = MAX_BODY_BYTES): Refused | undefined {
  if (body.length > maxBodyBytes) return new Refused('body-too-large');
  let length = 0;
  for (const [name, value] of headers) length += name.length + value.length;
  return headers.length > MAX_HEADERS || length > MAX_HEADERS_LENGTH ? new Refused('header-too-large') : undefined;
}

/** Every value of a header, in order, blanks around them removed (RFC 9110, 5.5). */
export function headerValues({ headers }: Delivery, name: string): readonly string[] {
  const values: string[] = [];
  for (const [other, value] of headers) {
    if (isNamed(other, name)) values.push(trimmed(value));
  }
  return values;
}

/** The value of a header, named in lower case, that must be there once. */
export function soleHeader(delivery: Delivery, name: string): string | Refused {
  return optionalHeader(delivery, name) ?? new Refused('missing-header');
}

/** The value of a header that may be there once. */
export function optionalHeader({ headers }: Delivery, name: string): string | Refused | undefined {
  let found: string | undefined;
  for (const [other, text] of headers) {
    if (!isNamed(other, name)) continue;
    if (found !== undefined) return new Refused('duplicate-header');
    found = text;
  }
  if (found === undefined) return undefined;
  const value = trimmed(found);
  if (value.length > MAX_HEADER_LENGTH) return new Refused('header-too-large');
  return FIELD_VALUE.test(value) ? value : new Refused('malformed-header');
}

/** Of most headers the length tells already, and this runs for each of them. */
function isNamed(other: string, name: string): boolean {
  return other.length === name.length && other.toLowerCase() === name;
}

/** `String.trim` takes line ends and no-break spaces, too; a regular expression takes quadratic time for many blanks. */
function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  while (isBlank(value.charCodeAt(start))) start++;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

/** A blank or a tab. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function withQuery(publicUrl: string, { multiValueQueryStringParameters }: ProxyEvent): string {
  const known = new URL(publicUrl).searchParams;
  const added = pairs(multiValueQueryStringParameters ?? null)
    .filter(([name]) => !known.has(name))
    .map((pair) => pair.map((text) => encodeURIComponent(wellFormed(text))).join('='));
  return added.length === 0 ? publicUrl : `${publicUrl}${publicUrl.includes('?') ? '&' : '?'}${added.join('&')}`;
}

/** Without halves of surrogate pairs, for which there is no encoding. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function pairs(map: Readonly<Record<string, readonly string[] | undefined>> | null): readonly (readonly [string, string])[] {
  return Object.entries(map ?? {}).flatMap(([name, values]) => (values ?? []).map((value) => [name, value] as const));
}
