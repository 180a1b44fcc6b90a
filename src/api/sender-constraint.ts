import { Construct } from 'constructs';
import { IFoundation } from '../foundation';
import { BoundConstraint } from './private/bound-constraint';
import { bindDpop } from './private/dpop';

/** Properties of `SenderConstraint.dpop`. */
export interface DpopProps {
  /**
   * Where clients reach the APIs, from 1 to 10: scheme, host and, if it is not 443, port, as in `https://api.example.com`. A proof is for a URI
   * there, and what a request says of its host counts for nothing.
   */
  readonly origins: string[];
}

/** What whoever sends an access token has to prove besides having it, so that a token that leaks is of no use. */
export class SenderConstraint {
  /**
   * Tokens are bound to the client certificate of the connection, `cnf` with `x5t#S256` (RFC 8705, 3).
   *
   * An API that asks for such tokens needs an `ApiDomain` with a trust store, or else synthesis fails: it would refuse everybody.
   */
  public static mutualTls(): SenderConstraint {
    return new SenderConstraint('mutualTls', () => ({ environment: { SENDER_CONSTRAINT: 'mutual-tls' }, overMutualTls: true }));
  }

  /**
   * Tokens are bound to a key of the client, `cnf` with `jkt`, and come with a proof that is made for each request anew: DPoP (RFC 9449).
   *
   * A table of the authorizer's marks each proof as used, which costs a write for each request. Nonces of the server (RFC 9449, 9) are not asked
   * for.
   */
  public static dpop(props: DpopProps): SenderConstraint {
    return new SenderConstraint('dpop', (scope, foundation) => bindDpop(scope, foundation, props.origins));
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'mutualTls' | 'dpop',
    private readonly bind: (scope: Construct, foundation: IFoundation) => BoundConstraint,
  ) {}

  /** @internal */
  public _bind(scope: Construct, foundation: IFoundation): BoundConstraint {
    return this.bind(scope, foundation);
  }
}
