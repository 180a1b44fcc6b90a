import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { ID_TOKEN_CLAIMS, isMeantFor, refusalByTime } from './claims';
import { Refusal, tokenOf, Verdict } from './verdict';

/** Whose tokens are asked about, and for whom they have to be. */
export interface IntrospectedIssuer {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

/** What an answer must not say otherwise of a token, in small letters; what it leaves out is as RFC 7662, 2.2, lets it. */
const ACCESS_TOKENS: ReadonlyArray<readonly [string, readonly string[], Refusal]> = [
  // RFC 6749, 7.1; a token that is sent in another way is bound to something.
  ['token_type', ['bearer'], 'unsupported-token-type'],
  // Ory Hydra and Amazon Cognito tell kinds of tokens apart so, Keycloak by `typ`; refresh tokens have scopes as well.
  ['token_use', ['access', 'access_token'], 'not-an-access-token'],
  ['typ', ['bearer', 'jwt', 'at+jwt'], 'not-an-access-token'],
];

/**
 * Judges what an issuer answers about a token (RFC 7662, 2.2), as strictly as the claims of a JWT: an `exp`, an audience of ours, no ID token.
 *
 * `iss` may be missing, since it is the issuer who answers. Undefined for an answer that is none.
 */
export function tryVerdict(answer: unknown, { issuer, audiences }: IntrospectedIssuer, now: Date): Verdict | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const claims = answer as Readonly<Record<string, unknown>>;
  if (claims.active === false) return { refused: 'inactive', issuer };
  if (claims.active !== true || !isPayload(claims)) return undefined;

  const refused = (claims.iss === undefined || claims.iss === issuer ? undefined : 'unknown-issuer')
    ?? refusalByTime(claims, now.getTime() / 1000)
    ?? (isMeantFor(audiences, claims) ? undefined : 'wrong-audience')
    ?? ACCESS_TOKENS.find(([name, known]) => claims[name] !== undefined && !isAmong(known, claims[name]))?.[2]
    ?? (ID_TOKEN_CLAIMS.some((name) => name in claims) ? 'not-an-access-token' : undefined);
  return refused ? { refused, issuer } : tokenOf(claims, issuer);
}

function isAmong(known: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && known.includes(value.toLowerCase());
}

/** Times are numbers, names are text (RFC 7662, 2.2). */
function isPayload(claims: Readonly<Record<string, unknown>>): claims is JwtPayload {
  const { exp, nbf, iat, aud, scope } = claims;
  return [exp, nbf, iat].every((time) => time === undefined || Number.isFinite(time))
    && [aud].flat().every((name) => name === undefined || typeof name === 'string')
    && (scope === undefined || typeof scope === 'string');
}
