import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

/** Headers of a request as API Gateway hands them over, both ways. */
export type RequestHeaders = Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'multiValueHeaders'>;

/** How a token is sent. */
export type Scheme = 'Bearer' | 'DPoP';

/** Why a request bears no token. */
export type BearerRefusal = 'no-bearer-token' | 'no-dpop-token' | 'several-tokens';

/** RFC 6750, 2.1, and RFC 9449, 7.1; the scheme's case does not matter (RFC 9110, 11.1). */
const SCHEMES = {
  Bearer: { credentials: /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i, missing: 'no-bearer-token' },
  DPoP: { credentials: /^DPoP +([A-Za-z0-9._~+/-]+=*)$/i, missing: 'no-dpop-token' },
} as const;

/**
 * The token that a request bears in its one `Authorization` header, or why there is none.
 *
 * A request that has the header twice is refused: what was verified here might not be what the integration reads.
 */
export function bearerToken(request: RequestHeaders, scheme: Scheme = 'Bearer'): { readonly token: string } | { readonly refused: BearerRefusal } {
  const { credentials, missing } = SCHEMES[scheme];
  const value = headerOf(request, 'authorization');
  if (value === SEVERAL) return { refused: 'several-tokens' };
  const token = value === undefined ? undefined : credentials.exec(value)?.[1];
  return token === undefined ? { refused: missing } : { token };
}

/** What stands for a header that a request has more than once. */
export const SEVERAL = Symbol('several values');

/** The one value of a header, whose name is given in lower case; undefined for one that is missing or no text. */
export function headerOf({ headers, multiValueHeaders }: RequestHeaders, name: string): string | typeof SEVERAL | undefined {
  const single = valuesOf(headers, name);
  const multiple = valuesOf(multiValueHeaders, name);
  if (single.length > 1 || multiple.length > 1 || new Set([...single, ...multiple]).size > 1) return SEVERAL;
  const [value] = [...single, ...multiple];
  return typeof value === 'string' ? value : undefined;
}

/** Every value of the header; API Gateway keeps the case in which a client wrote a name. */
function valuesOf(headers: Readonly<Record<string, unknown>> | null | undefined, wanted: string): unknown[] {
  return Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === wanted).flatMap(([, value]) => value);
}
