import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** A network of your own that webhooks are sent from. */
export interface SenderNetworkAttributes {
  /** The network. */
  readonly vpc: ec2.IVpc;

  /**
   * Its subnets: with a route out by NAT, and without one to anything internal.
   *
   * @default - the private subnets with egress
   */
  readonly subnets?: ec2.SubnetSelection;
}
