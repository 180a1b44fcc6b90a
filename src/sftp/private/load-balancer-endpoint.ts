import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as targets from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as route53Targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { BoundEndpoint, EndpointContext } from './bound-endpoint';
import { EndpointFacts } from './endpoint-facts';
import { endpointGroup } from './endpoint-group';
import { endpointSubnets } from './endpoint-subnets';
import { acknowledgeInPacks } from '../../private/nag';
import { LoadBalancerOptions } from '../sftp-endpoint-options';

/** The port of the server behind the load balancer. */
const SSH = 22;

/**
 * As long as the server lets a session be idle (AWS Transfer Family User Guide, "Transferring files over a server endpoint using a client"). A load
 * balancer forgets a connection after 350 seconds else, and the server may take longer to rename a large file.
 */
const IDLE = Duration.minutes(30);

/** An endpoint behind a Network Load Balancer. */
export function bindLoadBalancer({ scope, ports }: EndpointContext, options: LoadBalancerOptions): BoundEndpoint {
  const { dualStack = false, vpc } = options;
  const { subnetIds } = endpointSubnets(scope, vpc, options.subnets, {});
  const gate = endpointGroup(scope, vpc, 'LoadBalancerSecurityGroup', 'Partners of the SFTP server, at its load balancer');
  const group = endpointGroup(scope, vpc, 'SecurityGroup', 'The load balancer of the SFTP server');
  // The server believes the header, so that whoever else could connect could claim any address (AWS Transfer Family User Guide, "Working with
  // Network Load Balancers").
  group.addIngressRule(gate, ec2.Port.tcp(SSH), 'SFTP from the load balancer');
  gate.addEgressRule(group, ec2.Port.tcp(SSH), 'SFTP to the server, and checks of its health');
  const balancer = loadBalancer(scope, gate, options);
  return {
    details: { vpcId: vpc.vpcId, subnetIds, securityGroupIds: [group.securityGroupId] },
    subnetIds,
    gate,
    takesIpv6: dualStack,
    behindProxy: true,
    namesHost: false,
    addresses: [],
    attach: (facts) => listen(scope, balancer, vpc, ports, facts()),
    targets() {
      const alias = route53.RecordTarget.fromAlias(new route53Targets.LoadBalancerTarget(balancer));
      return { ipv4: alias, ...dualStack && { ipv6: alias } };
    },
  };
}

function loadBalancer(scope: Construct, gate: ec2.SecurityGroup, options: LoadBalancerOptions): elb.NetworkLoadBalancer {
  const { dualStack, internetFacing = false, loadBalancerSubnets, subnets, vpc } = options;
  const balancer = new elb.NetworkLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    vpcSubnets: loadBalancerSubnets ?? (internetFacing ? { subnetType: ec2.SubnetType.PUBLIC } : subnets),
    internetFacing,
    ipAddressType: dualStack ? elb.IpAddressType.DUAL_STACK : elb.IpAddressType.IPV4,
    securityGroups: [gate],
    crossZoneEnabled: true,
    deletionProtection: true,
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: true,
  });
  // What is protected from deletion cannot go with its stack, nor with a deployment that failed.
  balancer.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledgeInPacks(balancer, 'ELBLoggingEnabled',
    'a Network Load Balancer logs connections of TLS listeners alone, and this one has none (Elastic Load Balancing, "Access logs for your Network Load '
    + 'Balancer"); the server logs each connection with the address of the client');
  return balancer;
}

function listen(
  scope: Construct, balancer: elb.NetworkLoadBalancer, vpc: ec2.IVpc, ports: readonly number[], { privateAddresses }: EndpointFacts,
): void {
  const group = new elb.NetworkTargetGroup(scope, 'Targets', {
    vpc,
    port: SSH,
    protocol: elb.Protocol.TCP,
    targetType: elb.TargetType.IP,
    targets: privateAddresses.map((address) => new targets.IpTarget(address, SSH)),
    // The header tells whose a connection is. With the client's address on the packets instead, answers could miss the load balancer.
    proxyProtocolV2: true,
    preserveClientIp: false,
    // A session over a target that leaves ends now rather than hangs.
    connectionTermination: true,
    healthCheck: { protocol: elb.Protocol.TCP, port: String(SSH) },
  });
  for (const port of ports) {
    const listener = balancer.addListener(`Port${port}`, { port, protocol: elb.Protocol.TCP, tcpIdleTimeout: IDLE, defaultTargetGroups: [group] });
    acknowledgeInPacks(listener, 'ELBv2ACMCertificateRequired', 'SFTP is encrypted and authenticated by SSH from end to end, which knows no certificate of TLS');
  }
}
