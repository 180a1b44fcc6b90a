import { createHash, createPublicKey, randomUUID } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { Signer, signer, token } from './tokens';
import { claims, event, ISSUERS, NOW, RSA, World } from './world';
import { dpop } from '../../../src/runtime/api/dpop';
import { thumbprintOf } from '../../../src/runtime/api/jwk-thumbprint';

type Changes = Readonly<Record<string, unknown>>;

export const ORIGIN = 'https://api.example.com';
export const PATH = '/v1/orders/4711';

/** A client's key pair, whose JWK has the public members alone. */
export function clientKey(alg = 'ES256'): Signer {
  return signer(alg, 'client', { kid: undefined, use: undefined, alg: undefined });
}

export const CLIENT = clientKey();

/** The hash of a token that a proof names. */
export const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The thumbprint of a client's key, as a token bound to it has it as `jkt`. */
export const jktOf = ({ privateKey }: Signer) => thumbprintOf(createPublicKey(privateKey)).toString('base64url');

/** A token that is bound to a key of a client. */
export const boundToken = (key = CLIENT, changes: Changes = {}) => token(RSA, claims({ cnf: { jkt: jktOf(key) }, ...changes }));

/** Claims of a good proof for a token; undefined removes one. */
export function proofClaims(text: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { jti: randomUUID(), htm: 'GET', htu: `${ORIGIN}${PATH}`, iat: NOW / 1000, ath: hashOf(text), ...changes };
}

/** A proof as a client makes it; `header` replaces or, with undefined, removes what it would write. */
export function proof(text: string, changes: Changes = {}, header: Changes = {}, key = CLIENT): string {
  return token(key, proofClaims(text, changes), { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk, ...header });
}

/** What the gateway hands over for a token and a proof. */
export function proven(text: string, proofs: string | string[] | undefined, changes: Changes = {}): APIGatewayRequestAuthorizerEvent {
  const list = [proofs ?? []].flat();
  return event(undefined, {
    headers: { Authorization: `DPoP ${text}`, ...list.length > 0 && { DPoP: list[list.length - 1] } },
    multiValueHeaders: { Authorization: [`DPoP ${text}`], ...list.length > 0 && { DPoP: list } },
    requestContext: { httpMethod: 'GET', resourcePath: '/orders/{id}', path: PATH },
    ...changes,
  });
}

/** An authorizer of bound tokens, and the marks of proofs that were used. */
export class DpopWorld extends World {
  public readonly marks = new Map<string, number>();
  /** What marking does instead. */
  public fault: Error | undefined;

  constructor(origins: readonly string[] = [ORIGIN, 'https://orders.example.org:8443']) {
    super(ISSUERS, dpop(origins, {
      now: () => new Date(this.milliseconds),
      takeOnce: async (id, expires) => {
        if (this.fault) throw this.fault;
        if (this.marks.has(id)) return false;
        this.marks.set(id, expires);
        return true;
      },
    }));
  }
}
