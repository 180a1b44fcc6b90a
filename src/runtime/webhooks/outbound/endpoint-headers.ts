/** Headers that an endpoint may ask for in addition, by names in lower case. */
export type EndpointHeaders = Readonly<Record<string, string>>;

const MAX_HEADERS = 16;

/** Headers of applications; none that HTTP, TLS or the signature has a meaning for. */
const NAME = /^x-[a-z0-9]+(?:-[a-z0-9]+)*$/;
const MAX_NAME_LENGTH = 64;

/** Visible characters with single blanks between: no line end, no tab, nothing beyond ASCII (RFC 9110, 5.5). */
const VALUE = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const MAX_VALUE_LENGTH = 1024;

/** What proxies, clouds and frameworks act on: the token of the metadata service of EC2 is asked for by `x-aws-ec2-metadata-token-ttl-seconds`. */
const MEANINGFUL = /^x-(?:amz|aws|amzn|goog|google|ms|forwarded|original|rewrite|real|client|cluster|remote|http|method|envoy|host|accel|sendfile|webhook)(?:-|$)/;

/** Reads the headers of an endpoint, which a customer wrote; undefined for any that is not allowed. */
export function tryEndpointHeaders(given: Readonly<Record<string, unknown>>): EndpointHeaders | undefined {
  const pairs = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
  const distinct = new Set(pairs.map(([name]) => name)).size === pairs.length;
  return distinct && pairs.length <= MAX_HEADERS && pairs.every(isAllowed) ? Object.fromEntries(pairs) as EndpointHeaders : undefined;
}

function isAllowed([name, value]: readonly [string, unknown]): boolean {
  return name.length <= MAX_NAME_LENGTH && NAME.test(name) && !MEANINGFUL.test(name)
    && typeof value === 'string' && value.length <= MAX_VALUE_LENGTH && VALUE.test(value);
}
