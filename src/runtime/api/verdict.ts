import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { ClaimRefusal, scopesOf } from './claims';

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
  | 'inactive'
  | 'unsupported-token-type'
  | 'unsupported-header'
  | 'unknown-issuer'
  | 'algorithm'
  | 'unknown-key'
  | 'bad-signature'
  | 'unusable-subject';

/** A verified access token, or why there is none; `issuer` only if it is a configured one. */
export type Verdict = { readonly token: AccessToken } | { readonly refused: Refusal; readonly issuer?: string };

/** API Gateway's limit for all headers together is 10,240 bytes (Developer Guide, "Quotas for configuring and running a REST API"). */
export const MAX_TOKEN_LENGTH = 8 * 1024;

/** A subject has at most 255 ASCII characters (OpenID Connect Core 1.0, 2), a client id printable ones (RFC 6749, A.1). */
const IDENTIFIER = /^[\x20-\x7e]{1,255}$/;

/** What the API learns of claims that are in order. */
export function tokenOf(payload: JwtPayload, issuer: string): Verdict {
  const who = whoOf(payload);
  if (!who) return { refused: 'unusable-subject', issuer };
  const bound = 'cnf' in payload ? { confirmation: payload.cnf } : {};
  return { token: { issuer, ...who, scopes: scopesOf(payload), ...bound } };
}

/** `client_id` is standard (RFC 9068, 2.2); Keycloak, Auth0 and Entra ID write `azp`, Okta `cid`. */
function whoOf({ sub, client_id: standard, azp, cid }: JwtPayload): { readonly subject: string; readonly clientId: string } | undefined {
  const clientId = standard ?? azp ?? cid ?? '';
  const subject = sub ?? clientId;
  if (typeof clientId !== 'string' || (clientId !== '' && !IDENTIFIER.test(clientId))) return undefined;
  if (typeof subject !== 'string' || !IDENTIFIER.test(subject)) return undefined;
  return { subject, clientId };
}
