import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct, IDependable } from 'constructs';
import { EndpointFacts } from './endpoint-facts';

/** What a server tells the endpoint it is made with, before it exists itself. */
export interface EndpointContext {
  /** The server's construct. */
  readonly scope: Construct;
  /** Ports that clients connect to. */
  readonly ports: readonly number[];
}

/** Where a host name of a server leads. */
export interface RecordTargets {
  readonly ipv4: route53.RecordTarget;
  /** Absent where IPv6 does not reach the server. */
  readonly ipv6?: route53.RecordTarget;
}

/** An endpoint in the server's tree. */
export interface BoundEndpoint {
  readonly details: transfer.CfnServer.EndpointDetailsProperty;
  /** One for each zone. */
  readonly subnetIds: readonly string[];
  /** What has to be there before the server is. */
  readonly comesAfter?: readonly IDependable[];
  /** Absent for IPv4 alone. */
  readonly ipAddressType?: 'DUALSTACK';
  /** The group that clients come in by. */
  readonly gate: ec2.SecurityGroup;
  /** Whether IPv6 reaches the server. */
  readonly takesIpv6: boolean;
  /** Whether connections come by a load balancer that says in a header whose they are. */
  readonly behindProxy: boolean;
  /** Whether Transfer Family shows a host name of its own for it. */
  readonly namesHost: boolean;
  /** Fixed public addresses. */
  readonly addresses: readonly string[];
  /** Called once, as soon as the server is there. */
  attach(facts: () => EndpointFacts): void;
  /** Where a host name leads. */
  targets(facts: () => EndpointFacts): RecordTargets;
}
