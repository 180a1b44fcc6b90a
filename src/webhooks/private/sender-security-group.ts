import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * Lets HTTPS out, and nothing in.
 *
 * Names are resolved all the same: no security group stops a request to the VPC's own resolver (Amazon VPC User Guide, "Security groups").
 */
export function createSecurityGroup(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, allowAllOutbound: false, description: 'Functions that send webhooks' });
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Endpoints of customers, and AWS');
  return group;
}
