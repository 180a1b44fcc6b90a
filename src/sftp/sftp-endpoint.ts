import { BoundEndpoint, EndpointContext } from './private/bound-endpoint';
import { bindInternal } from './private/internal-endpoint';
import { bindInternetFacing } from './private/internet-facing-endpoint';
import { bindLoadBalancer } from './private/load-balancer-endpoint';
import { InternalOptions, InternetFacingOptions, LoadBalancerOptions } from './sftp-endpoint-options';

/**
 * Where an `SftpServer` is reached. Each is in a VPC, behind a security group that lets the partners' networks in and nothing else.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * const endpoint = sftp.SftpEndpoint.internetFacing({ vpc });
 */
export abstract class SftpEndpoint {
  /**
   * Fixed public addresses, one for each zone. IPv4 alone, since an endpoint with Elastic IPs takes no IPv6.
   *
   * AWS bills each address by the hour.
   */
  public static internetFacing(options: InternetFacingOptions): SftpEndpoint {
    return made((context) => bindInternetFacing(context, options));
  }

  /** Private addresses, for partners who come by VPN, Direct Connect or a peered network. */
  public static internal(options: InternalOptions): SftpEndpoint {
    return made((context) => bindInternal(context, options));
  }

  /**
   * A Network Load Balancer of its own, for routes that end at one, and for IPv6 from the internet. Prefer the others: a load balancer costs more,
   * and adds a hop.
   *
   * The server takes connections from that load balancer alone, and each must say by PROXY protocol version 2 whose it is, so that the partners'
   * networks still hold.
   */
  public static behindLoadBalancer(options: LoadBalancerOptions): SftpEndpoint {
    return made((context) => bindLoadBalancer(context, options));
  }

  /** @internal */
  public abstract _bind(context: EndpointContext): BoundEndpoint;
}

function made(bind: (context: EndpointContext) => BoundEndpoint): SftpEndpoint {
  class Made extends SftpEndpoint {
    public _bind(context: EndpointContext): BoundEndpoint {
      return bind(context);
    }
  }
  return new Made();
}
