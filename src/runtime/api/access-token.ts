import type { DecomposedJwt } from 'aws-jwt-verify/jwt';
import { algorithmOf } from './algorithms';
import { refusalOf } from './claims';
import { IssuerKeys } from './issuer-keys';
import type { Issuer } from './issuers';
import { isSignedWith, tryDecompose, UNSUPPORTED_HEADERS } from './jwt';
import { fits, VerificationKey } from './key-set';
import { MAX_TOKEN_LENGTH, tokenOf, Verdict } from './verdict';

/** An issuer and its keys. */
export interface TrustedIssuer extends Issuer {
  readonly keys: Pick<IssuerKeys, 'withId'>;
}

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
  if (['jwk', ...UNSUPPORTED_HEADERS].some((name) => name in jwt.header)) return { refused: 'unsupported-header' };
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

/** The algorithm is checked before any key is looked for, so that a token which can never pass costs no request. */
async function keyFor({ header }: DecomposedJwt, { algorithms, keys }: TrustedIssuer): Promise<VerificationKey | 'algorithm' | 'unknown-key'> {
  const algorithm = algorithmOf(header, algorithms);
  if (!algorithm) return 'algorithm';
  const named = header.kid ? await keys.withId(header.kid) : [];
  if (named.length === 0) return 'unknown-key';
  return named.find((key) => fits(key, algorithm)) ?? 'algorithm';
}
