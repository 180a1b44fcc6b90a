import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

/** Headers of a request as API Gateway hands them over, both ways. */
export type RequestHeaders = Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'multiValueHeaders'>;

/** Why a request bears no token. */
export type BearerRefusal = 'no-bearer-token' | 'several-tokens';

/** RFC 6750, 2.1; the scheme's case does not matter (RFC 9110, 11.1). */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The token that a request bears in its one `Authorization` header, or why there is none.
 *
 * A request that has the header twice is refused: what was verified here might not be what the integration reads.
 */
export function bearerToken({ headers, multiValueHeaders }: RequestHeaders): { readonly token: string } | { readonly refused: BearerRefusal } {
  const single = authorizationOf(headers);
  const multiple = authorizationOf(multiValueHeaders);
  if (single.length > 1 || multiple.length > 1 || new Set([...single, ...multiple]).size > 1) return { refused: 'several-tokens' };

  const [value] = [...single, ...multiple];
  const token = typeof value === 'string' ? BEARER.exec(value)?.[1] : undefined;
  return token === undefined ? { refused: 'no-bearer-token' } : { token };
}

/** Every value of the header; API Gateway keeps the case in which a client wrote a name. */
function authorizationOf(headers: Readonly<Record<string, unknown>> | null | undefined): unknown[] {
  return Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === 'authorization').flatMap(([, value]) => value);
}
