import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IDependable } from 'constructs';
import { ConfigurationError } from '../../private';

/** An endpoint with Elastic IPs has at most three subnets, and we take no more for any (AWS Transfer Family User Guide, "Create a server in a VPC"). */
const MAX_ZONES = 3;

/** Where an endpoint is. */
export interface EndpointSubnets {
  /** One in each of two or three zones. */
  readonly subnetIds: string[];
  /** What leads to them from the internet, if that is made in the app, too. */
  readonly routes: IDependable;
}

/** The subnets of an endpoint. */
export function endpointSubnets(
  scope: Construct, vpc: ec2.IVpc, chosen: ec2.SubnetSelection | undefined, byDefault: ec2.SubnetSelection,
): EndpointSubnets {
  const { internetConnectivityEstablished: routes, subnetIds, subnets } = vpc.selectSubnets({ ...chosen ?? byDefault, onePerAz: true });
  if (Token.isUnresolved(subnetIds)) {
    throw new ConfigurationError(scope, "'subnets' must be known by number at synthesis, got a list that is a token; name them with ec2.Subnet.fromSubnetAttributes");
  }
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size;
  if (zones < 2) {
    throw new ConfigurationError(scope, `'subnets' must be in at least 2 availability zones, got ${zones}; choose subnets of two or three zones, `
      + 'so that the server outlives the failure of one');
  }
  if (chosen && subnetIds.length > MAX_ZONES) {
    throw new ConfigurationError(scope, `'subnets' must be at most ${MAX_ZONES}, got ${subnetIds.length}; choose those of three zones`);
  }
  return { subnetIds: subnetIds.slice(0, MAX_ZONES), routes };
}
