import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { headerOf, SEVERAL } from './bearer';
import { judgeProof, Proof, ProvenRequest, WINDOW_SECONDS } from './dpop-proof';
import { tryNormalUri } from './http-uri';
import { boundTo, SenderConstraint } from './sender-constraint';
import { Unavailable } from './unavailable';
import type { AccessToken } from './verdict';

/** What verifying proofs needs of the world. */
export interface DpopPorts {
  now(): Date;

  /**
   * Marks a proof as used, and answers whether this was the first time.
   *
   * @param proof hash of its key and its `jti`
   * @param expiresSeconds second since the Unix epoch from which the mark may be dropped
   */
  takeOnce(proof: string, expiresSeconds: number): Promise<boolean>;
}

/**
 * Takes tokens that are bound to a key alone, each with a proof that was made with the key for this one request (RFC 9449).
 *
 * Such a token comes as `Authorization: DPoP`; sent as a bearer token it is refused, which would be the downgrade that RFC 9449, 7.2, warns of.
 * A proof is used up by the first request that it is good for, also if the answer to that is lost: a client makes a new one for each attempt
 * (RFC 9449, 4.2). Without a place to mark it, no token passes.
 *
 * @param origins where clients reach the APIs, as in `https://api.example.com`
 */
export function dpop(origins: readonly string[], ports: DpopPorts): SenderConstraint {
  return {
    scheme: 'DPoP',
    refusalOf: async (token, text, event) => {
      const key = boundTo(token.confirmation, 'jkt');
      if (typeof key === 'string') return key;
      const header = headerOf(event, 'dpop');
      if (header === undefined) return 'no-proof';
      if (header === SEVERAL) return 'several-proofs';

      const verdict = judgeProof(header, requestOf(event, text, token), ports.now());
      if ('refused' in verdict) return verdict.refused;
      if (!timingSafeEqual(verdict.proof.thumbprint, key)) return 'proof-by-another-key';
      return await take(verdict.proof, token) ? undefined : 'proof-replayed';
    },
  };

  /** The URI is made of what was configured, and of the path that API Gateway saw; a host is never what a request says. */
  function requestOf({ requestContext }: APIGatewayRequestAuthorizerEvent, token: string, { issuer }: AccessToken): ProvenRequest {
    const { httpMethod, path } = requestContext;
    if (typeof path !== 'string' || !path.startsWith('/')) throw new Unavailable('unusable-event', issuer, 'the event names no path');
    // A path has neither, so one that was decoded is part of it, and no query or fragment that a proof may leave out.
    const encoded = path.replace(/[?#]/g, encodeURIComponent);
    return { method: httpMethod, uris: origins.flatMap((origin) => tryNormalUri(`${origin}${encoded}`) ?? []), token };
  }

  /** Kept for as long as the proof could be good: it may say that it is made as far in the future as in the past. */
  async function take({ jti, thumbprint }: Proof, { issuer }: AccessToken): Promise<boolean> {
    const id = createHash('sha256').update(thumbprint).update(jti).digest('base64url');
    const expires = Math.ceil(ports.now().getTime() / 1000) + 2 * WINDOW_SECONDS;
    try {
      return await ports.takeOnce(id, expires);
    } catch (cause) {
      throw new Unavailable('proofs-unavailable', issuer, 'whether the proof is new is not known', { cause }, (cause as Error).name);
    }
  }
}
