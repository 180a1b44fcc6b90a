import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledgeInPacks } from '../../private/nag';

/**
 * What is not the public internet and could be reached by a route that somebody adds later: private use, shared and link-local addresses, and those
 * for benchmarking and reserved ones, which networks of AWS may have as well (Amazon VPC User Guide, "VPC CIDR blocks").
 */
const INTERNAL = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '198.18.0.0/15', '240.0.0.0/4'];

/** Ports that answers come to (Amazon VPC User Guide, "Ephemeral ports": those of AWS Lambda functions and of NAT gateways). */
const EPHEMERAL = { from: 1024, to: 65_535 };

const HTTPS = { from: 443, to: 443 };

const WHY = 'a security group cannot deny: this list keeps the sender from internal addresses whatever routes, peers or groups are added later, which is '
  + 'the wall behind the one in its code';

/** "Fragmentation needed and don't fragment was set" (RFC 792; RFC 1191). */
const TOO_LARGE = { type: 3, code: 4 };

/** The network ACL of the subnets that webhooks are sent from: HTTPS to the public internet and its answers, and nothing internal. */
export function wallOff(scope: Construct, vpcId: string, subnets: readonly ec2.CfnSubnet[]): void {
  const wall = new ec2.CfnNetworkAcl(scope, 'Wall', { vpcId });
  acknowledgeInPacks(wall, 'VPCNoNACLs', WHY);
  for (const egress of [true, false]) {
    const direction = egress ? 'Out' : 'In';
    // Before what is denied: the NAT gateway says so from an internal address. Who talks to peers over the internet "must add" it in both directions,
    // or larger bodies vanish on the way (Amazon VPC User Guide, "Path MTU Discovery").
    addEntry(scope, `${direction}TooLarge`, {
      networkAclId: wall.ref, egress, cidrBlock: '0.0.0.0/0', ruleNumber: 90, ruleAction: 'allow', protocol: 1, icmp: TOO_LARGE,
    });
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
