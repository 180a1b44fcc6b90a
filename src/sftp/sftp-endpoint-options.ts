import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SftpAddress } from './sftp-address';

/** Options of `SftpEndpoint.internetFacing`. */
export interface InternetFacingOptions {
  /** The network that the server is in. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets with a route from the internet, in two or three zones. A change stops the server for minutes.
   *
   * @default - the public subnets of the first three zones
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Elastic IP addresses that partners connect to, one for each subnet. A change stops the server for minutes.
   *
   * @default - an address for each subnet, which outlives the stack
   */
  readonly addresses?: SftpAddress[];
}

/** Options of `SftpEndpoint.internal`. */
export interface InternalOptions {
  /** The network that the server is in. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets in two or three zones. A change stops the server for minutes.
   *
   * @default - the private subnets of the first three zones
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Takes IPv6 as well, for which the subnets must have it. It can be chosen only when the server is created.
   *
   * @default false
   */
  readonly dualStack?: boolean;
}

/** Options of `SftpEndpoint.behindLoadBalancer`. */
export interface LoadBalancerOptions {
  /** The network that the server and its load balancer are in. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets of the server, in two or three zones. A change stops the server for minutes.
   *
   * @default - the private subnets of the first three zones
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Subnets of the load balancer, in the same zones.
   *
   * @default - the public subnets if it faces the internet, else those of the server
   */
  readonly loadBalancerSubnets?: ec2.SubnetSelection;

  /**
   * Faces the internet.
   *
   * @default false
   */
  readonly internetFacing?: boolean;

  /**
   * The load balancer takes IPv6 as well, for which its subnets must have it. The server itself is reached by IPv4, and told the client's address.
   *
   * @default false
   */
  readonly dualStack?: boolean;
}
