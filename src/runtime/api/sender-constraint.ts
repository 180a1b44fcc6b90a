import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Scheme } from './bearer';
import type { ProofRefusal } from './dpop-proof';
import type { AccessToken } from './verdict';

/** Why a token is refused that itself is in order, as the log names it. */
export type SenderRefusal =
  | 'sender-constrained'
  | 'not-sender-constrained'
  | 'no-client-certificate'
  | 'wrong-client-certificate'
  | ProofRefusal;

/** What whoever sends a token has to prove besides having it. */
export interface SenderConstraint {
  /** How such tokens are sent. */
  readonly scheme: Scheme;

  /** Why a verified token is refused, whose text is `text`; undefined if the request proves that it comes from whom the token is for. */
  refusalOf(token: AccessToken, text: string, event: APIGatewayRequestAuthorizerEvent): Promise<SenderRefusal | undefined>;
}

/**
 * Takes tokens that anybody may send.
 *
 * A token that is bound to a key (RFC 7800, 3) is refused, since nothing here verifies the proof, and to take it for a bearer token would be a
 * downgrade (RFC 9449, 7.2).
 */
export const BEARER: SenderConstraint = {
  scheme: 'Bearer',
  refusalOf: async ({ confirmation }) => confirmation === undefined ? undefined : 'sender-constrained',
};

/** A SHA-256 hash in base64url without padding (RFC 4648, 5). */
const HASH = /^[A-Za-z0-9_-]{43}$/;

/**
 * The hash of the key that a token is bound to by one method, or why it is not.
 *
 * A token that names anything else beside is bound in a way that is not verified, and is refused too.
 *
 * @param method member of `cnf`: `x5t#S256` (RFC 8705, 3.1) or `jkt` (RFC 9449, 6.1)
 */
export function boundTo(confirmation: unknown, method: 'x5t#S256' | 'jkt'): Buffer | 'sender-constrained' | 'not-sender-constrained' {
  if (confirmation === undefined) return 'not-sender-constrained';
  const members = Object.entries(confirmation ?? {});
  const [[name, hash] = []] = members;
  if (members.length !== 1 || name !== method || typeof hash !== 'string' || !HASH.test(hash)) return 'sender-constrained';
  return Buffer.from(hash, 'base64url');
}
