import { CfnTag } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct, IDependable } from 'constructs';
import { RecordTargets } from './bound-endpoint';

/**
 * Tags by which Transfer Family shows a host name (AWS Transfer Family User Guide, "Working with custom hostnames"). CloudFormation takes no keys that
 * begin with `aws:`, which older servers have there.
 */
export function hostNameTags(customHostname: string | undefined, zone: route53.IHostedZone | undefined): CfnTag[] {
  if (customHostname === undefined) return [];
  return [
    { key: 'transfer:customHostname', value: customHostname },
    ...zone ? [{ key: 'transfer:route53HostedZoneId', value: `/hostedzone/${zone.hostedZoneId}` }] : [],
  ];
}

/** Has a host name lead to an endpoint, once that shows who it is: a client that came earlier would learn the key that AWS made. */
export function createRecords(
  scope: Construct, customHostname: string, zone: route53.IHostedZone, { ipv4, ipv6 }: RecordTargets, hostKeys: IDependable,
): void {
  const record = { zone, recordName: `${customHostname}.` };
  new route53.ARecord(scope, 'Ipv4Record', { ...record, target: ipv4 }).node.addDependency(hostKeys);
  if (ipv6) new route53.AaaaRecord(scope, 'Ipv6Record', { ...record, target: ipv6 }).node.addDependency(hostKeys);
}
