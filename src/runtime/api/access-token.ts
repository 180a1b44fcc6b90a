import { decomposeUnverifiedJwt, DecomposedJwt } from 'aws-jwt-verify/jwt';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import { Algorithm } from './algorithms';
import { ClaimRefusal, refusalOf, scopesOf } from './claims';
import { IssuerKeys } from './issuer-keys';
import type { Issuer } from './issuers';
import { fits, VerificationKey } from './key-set';

/** What the API learns of a verified access token. */
export interface AccessToken {
  readonly issuer: string;
  /** Whom the token is about; the client, for a token that names no one else. */
  readonly subject: string;
  /** Empty if the issuer does not say. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The key that whoever sends the token has to prove (`cnf`; RFC 7800, 3), of any shape; undefined for a token that anybody may send. */
  readonly confirmation?: unknown;
}

/** Why a token is refused, as the log names it. */
export type Refusal =
  | ClaimRefusal
  | 'token-too-large'
  | 'malformed-token'
  | 'unsupported-header'
  | 'unknown-issuer'
  | 'algorithm'
  | 'unknown-key'
  | 'bad-signature'
  | 'unusable-subject';

/** A verified access token, or why there is none; `issuer` only if it is a configured one. */
export type Verdict = { readonly token: AccessToken } | { readonly refused: Refusal; readonly issuer?: string };

/** An issuer and its keys. */
export interface TrustedIssuer extends Issuer {
  readonly keys: Pick<IssuerKeys, 'withId'>;
}

/** API Gateway's limit for all headers together is 10,240 bytes (Developer Guide, "Quotas for configuring and running a REST API"). */
const MAX_TOKEN_LENGTH = 8 * 1024;

/** Critical extensions, of which none is understood (RFC 7515, 4.1.11), and keys that a token brings along (RFC 7515, 4.1.2 to 4.1.6). */
const UNSUPPORTED_HEADERS = ['crit', 'jku', 'jwk', 'x5u', 'x5c'];

/** A subject has at most 255 ASCII characters (OpenID Connect Core 1.0, 2), a client id printable ones (RFC 6749, A.1). */
const IDENTIFIER = /^[\x20-\x7e]{1,255}$/;

/**
 * Judges a token. Never throws for what a caller sent.
 *
 * What a token says of itself chooses nothing: its `iss` must be configured, its `alg` must be one that was configured for that issuer and
 * must fit the key, and the key comes from the issuer alone.
 *
 * @throws KeysUnavailable if the issuer's keys could not be fetched.
 */
export async function judge(text: string, issuers: ReadonlyMap<string, TrustedIssuer>, now: Date): Promise<Verdict> {
  if (text.length > MAX_TOKEN_LENGTH) return { refused: 'token-too-large' };
  const jwt = tryDecompose(text);
  if (!jwt) return { refused: 'malformed-token' };
  if (UNSUPPORTED_HEADERS.some((name) => name in jwt.header)) return { refused: 'unsupported-header' };
  const trusted = issuers.get(jwt.payload.iss ?? '');
  if (!trusted) return { refused: 'unknown-issuer' };

  const { issuer, audiences } = trusted;
  const key = await keyFor(jwt, trusted);
  if (typeof key === 'string') return { refused: key, issuer };
  if (!isSignedWith(key, text, issuer)) return { refused: 'bad-signature', issuer };

  const refused = refusalOf(jwt.header, jwt.payload, audiences, now);
  if (refused) return { refused, issuer };
  return tokenOf(jwt.payload, issuer);
}

/** What the API learns of claims that are in order. */
export function tokenOf(payload: JwtPayload, issuer: string): Verdict {
  const who = whoOf(payload);
  if (!who) return { refused: 'unusable-subject', issuer };
  const bound = 'cnf' in payload ? { confirmation: payload.cnf } : {};
  return { token: { issuer, ...who, scopes: scopesOf(payload), ...bound } };
}

function tryDecompose(text: string): DecomposedJwt | undefined {
  try {
    return decomposeUnverifiedJwt(text);
  } catch {
    return undefined;
  }
}

/** The algorithm is checked before any key is looked for, so that a token which can never pass costs no request. */
async function keyFor({ header }: DecomposedJwt, { algorithms, keys }: TrustedIssuer): Promise<VerificationKey | 'algorithm' | 'unknown-key'> {
  const algorithm: Algorithm | undefined = algorithms.find((known) => known === header.alg);
  if (!algorithm) return 'algorithm';
  const named = header.kid ? await keys.withId(header.kid) : [];
  if (named.length === 0) return 'unknown-key';
  return named.find((key) => fits(key, algorithm)) ?? 'algorithm';
}

function isSignedWith({ jwk, key }: VerificationKey, text: string, issuer: string): boolean {
  try {
    // The library reads the system's clock and knows no token without `aud`: an endless grace and no audience leave both to `refusalOf`.
    verifyJwtSync(text, jwk, { issuer, audience: null, graceSeconds: Infinity }, () => key);
    return true;
  } catch {
    return false;
  }
}

/** `client_id` is standard (RFC 9068, 2.2); Keycloak, Auth0 and Entra ID write `azp`, Okta `cid`. */
function whoOf({ sub, client_id: standard, azp, cid }: JwtPayload): { readonly subject: string; readonly clientId: string } | undefined {
  const clientId = standard ?? azp ?? cid ?? '';
  const subject = sub ?? clientId;
  if (typeof clientId !== 'string' || (clientId !== '' && !IDENTIFIER.test(clientId))) return undefined;
  if (typeof subject !== 'string' || !IDENTIFIER.test(subject)) return undefined;
  return { subject, clientId };
}
