import { Construct } from 'constructs';
import { BoundConstraint } from './private/bound-constraint';
import { IFoundation } from '../foundation';

/** What whoever sends an access token has to prove besides having it, so that a token that leaks is of no use. */
export class SenderConstraint {
  /**
   * Tokens are bound to the client certificate of the connection, `cnf` with `x5t#S256` (RFC 8705, 3).
   *
   * An API that asks for such tokens needs an `ApiDomain` with a trust store, or else synthesis fails: it would refuse everybody.
   */
  public static mutualTls(): SenderConstraint {
    return new SenderConstraint(() => ({ environment: { SENDER_CONSTRAINT: 'mutual-tls' }, overMutualTls: true }));
  }

  private constructor(private readonly bind: (scope: Construct, foundation: IFoundation) => BoundConstraint) {}

  /** @internal */
  public _bind(scope: Construct, foundation: IFoundation): BoundConstraint {
    return this.bind(scope, foundation);
  }
}
