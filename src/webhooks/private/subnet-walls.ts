import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledgeInPacks } from '../../private/nag';

/** What is not the public internet and could be reached by a route that somebody adds later: private use, shared and link-local addresses. */
const INTERNAL = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'];

/** Ports that answers come to (Amazon VPC User Guide, "Ephemeral ports": those of AWS Lambda functions and of NAT gateways). */
const EPHEMERAL = { from: 1024, to: 65_535 };

const HTTPS = { from: 443, to: 443 };

const WHY = 'a security group cannot deny: this list keeps the sender from internal addresses whatever routes, peers or groups are added later, which is '
  + 'the wall behind the one in its code';

/** The network ACL of the subnets that webhooks are sent from: HTTPS to the public internet and its answers, and nothing internal. */
export function wallOff(scope: Construct, vpcId: string, subnets: readonly ec2.CfnSubnet[]): void {
  const wall = new ec2.CfnNetworkAcl(scope, 'Wall', { vpcId });
  acknowledgeInPacks(wall, 'VPCNoNACLs', WHY);
  for (const egress of [true, false]) {
    const direction = egress ? 'Out' : 'In';
    INTERNAL.forEach((cidrBlock, index) => addEntry(scope, `${direction}Internal${index}`, {
      networkAclId: wall.ref, egress, cidrBlock, ruleNumber: 100 + index, ruleAction: 'deny', protocol: -1,
    }));
    addEntry(scope, `${direction}Public`, {
      networkAclId: wall.ref, egress, cidrBlock: '0.0.0.0/0', ruleNumber: 200, ruleAction: 'allow', protocol: 6, portRange: egress ? HTTPS : EPHEMERAL,
    });
  }
  subnets.forEach((subnet, index) => new ec2.CfnSubnetNetworkAclAssociation(scope, `Walled${index}`, { networkAclId: wall.ref, subnetId: subnet.ref }));
}

function addEntry(scope: Construct, id: string, props: ec2.CfnNetworkAclEntryProps): void {
  acknowledgeInPacks(new ec2.CfnNetworkAclEntry(scope, id, props), 'VPCNoNACLs', WHY);
}
