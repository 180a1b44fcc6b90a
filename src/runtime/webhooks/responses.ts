/** What API Gateway takes from a proxy integration. */
export interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer that nothing on the way keeps or takes for a page. */
export function responseOf(statusCode: number, contentType: string, body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return { statusCode, headers: { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers }, body };
}

/** 200, since some senders take no other status of success; it says no more of a new event than of a duplicate. */
export const RECEIVED = responseOf(200, 'application/json', '{"message":"Received"}');

export const REFUSED = responseOf(401, 'application/json', '{"message":"Unauthorized"}');

/** Retry-After (RFC 9110, 10.2.3) in seconds, when keys may be read again. */
export const FAULT = responseOf(503, 'application/json', '{"message":"Service Unavailable"}', { 'retry-after': '30' });
