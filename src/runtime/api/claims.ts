import type { JwtHeader, JwtPayload } from 'aws-jwt-verify/jwt-model';

/** Why claims are refused, as the log names it. */
export type ClaimRefusal = 'expired' | 'not-yet-valid' | 'wrong-audience' | 'not-an-access-token';

/** Clocks may differ by so much, either way (RFC 7519, 4.1.4: "some small leeway, usually no more than a few minutes"). */
const TOLERANCE_SECONDS = 30;

/** What only ID tokens carry (OpenID Connect Core 1.0, 2 and 3.1.3.6). */
export const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'];

/** Letters and marks of a scope (RFC 6749, 3.3). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Why the claims of a token, whose signature has been verified, are refused; undefined if they are in order. */
export function refusalOf(header: JwtHeader, payload: JwtPayload, audiences: readonly string[], now: Date): ClaimRefusal | undefined {
  return refusalByTime(payload, now.getTime() / 1000)
    ?? (isMeantFor(audiences, payload) ? undefined : 'wrong-audience')
    ?? (isAccessToken(header, payload) ? undefined : 'not-an-access-token');
}

/** The scopes of a token: `scope` (RFC 9068, 2.2.3), or `scp` as Microsoft Entra ID (text) and Okta (array) write it. */
export function scopesOf({ scope, scp }: JwtPayload): readonly string[] {
  const lists = [scope, scp].flat().map((list) => typeof list === 'string' ? list.split(' ') : []);
  return [...new Set(lists.flat())].filter((one) => SCOPE.test(one));
}

/** An `exp` is required (RFC 9068, 2.2); `nbf` and `iat` count where present. */
export function refusalByTime({ exp, nbf, iat }: JwtPayload, nowSeconds: number): ClaimRefusal | undefined {
  if (exp === undefined || exp + TOLERANCE_SECONDS <= nowSeconds) return 'expired';
  if (Math.max(nbf ?? 0, iat ?? 0) - TOLERANCE_SECONDS > nowSeconds) return 'not-yet-valid';
  return undefined;
}

/** Cognito's access tokens name their client, and no `aud` unless bound to a resource (Developer Guide, "Understanding the access token"). */
export function isMeantFor(audiences: readonly string[], { aud, token_use: use, client_id: client }: JwtPayload): boolean {
  const named = aud === undefined && use === 'access' ? client : aud;
  return [named].flat().some((name) => typeof name === 'string' && audiences.includes(name));
}

/** A token says what it is by its type, by `token_use` (Cognito) or by bearing scopes; nothing may say that it is something else. */
function isAccessToken(header: JwtHeader, payload: JwtPayload): boolean {
  const type = typeOf(header);
  if (type !== undefined && type !== 'jwt' && type !== 'at+jwt') return false; // Explicit typing (RFC 8725, 3.11)
  if (payload.token_use !== undefined && payload.token_use !== 'access') return false;
  if (ID_TOKEN_CLAIMS.some((claim) => claim in payload)) return false;
  return type === 'at+jwt' || payload.token_use === 'access' || scopesOf(payload).length > 0;
}

/** The media type without the prefix that may be left out (RFC 7515, 4.1.9); access tokens have `at+jwt` (RFC 9068, 2.1). */
function typeOf({ typ }: JwtHeader): unknown {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
}
