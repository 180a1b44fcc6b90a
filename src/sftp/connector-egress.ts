import { BoundEgress } from './private/bound-egress';

/** Options of `ConnectorEgress.vpcLattice`. */
export interface ConnectorLatticeOptions {
  /**
   * ARN of the resource configuration of Amazon VPC Lattice that leads to the server. It may be shared by another account.
   *
   * Its resource gateway decides from which network, and so from which addresses, connections are made.
   */
  readonly resourceConfigurationArn: string;

  /**
   * Port on which the server listens.
   *
   * @default 22
   */
  readonly port?: number;
}

/**
 * How a connector reaches the server of a partner.
 *
 * @example
 * const egress = sftp.ConnectorEgress.serviceManaged('sftp://sftp.acme.example');
 */
export class ConnectorEgress {
  /**
   * Over the internet, from addresses of AWS Transfer Family which stay the same, `connector.egressAddresses`: the partner may let in those alone.
   * Every connector of the account and Region has them.
   *
   * @param url `sftp://` and the name or IPv4 address of the server, with its port where that is not 22
   */
  public static serviceManaged(url: string): ConnectorEgress {
    return new ConnectorEgress({ kind: 'service-managed', url });
  }

  /** Through a VPC: to a server that is not on the internet, or from addresses of one's own. */
  public static vpcLattice(options: ConnectorLatticeOptions): ConnectorEgress {
    return new ConnectorEgress({ kind: 'vpc-lattice', resourceConfigurationArn: options.resourceConfigurationArn, port: options.port ?? 22 });
  }

  private constructor(private readonly bound: BoundEgress) {}

  /** @internal */
  public _bind(): BoundEgress {
    return this.bound;
  }
}
