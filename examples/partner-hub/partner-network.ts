import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { foundation, storage } from '../../src';
import { acknowledge } from '../shared/acknowledge';
import { acknowledgeOwnPolicy } from '../shared/role-policy';

const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Properties of a `PartnerNetwork`. */
export interface PartnerNetworkProps {
  readonly foundation: foundation.IFoundation;
}

/** A small network with nothing in it but what partners connect to. */
export class PartnerNetwork extends Construct {
  public readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, props: PartnerNetworkProps) {
    super(scope, id);

    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.10.0.0/25'),
      maxAzs: 2,
      natGateways: 0,
      // No instance would get an address of the internet by itself.
      subnetConfiguration: [{ name: 'Edge', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 27, mapPublicIpOnLaunch: false }],
    });
    this.vpc = vpc;
    this.recordFlows(vpc, props.foundation);

    acknowledge(vpc.node.defaultChild!, [...PACKS, 'NIST.800.53.R4'].map((pack) => `${pack}-VPCDefaultSecurityGroupClosed`),
      'nothing is in the default group, which CloudFormation cannot change');
    for (const subnet of vpc.publicSubnets) {
      acknowledge(subnet.node.findChild('DefaultRoute'), PACKS.map((pack) => `${pack}-VPCNoUnrestrictedRouteToIGW`),
        'partners reach the server from the internet; the server\'s group says which of their networks may');
    }
  }

  /** Has every connection recorded, accepted or refused. */
  private recordFlows(vpc: ec2.Vpc, common: foundation.IFoundation): void {
    const log = new storage.EncryptedLogGroup(this, 'Flows', { foundation: common });
    const role = new iam.Role(this, 'FlowsRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': vpc.stack.account } },
      }),
    });
    vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(log.logGroup, role) });
    acknowledgeOwnPolicy(role);
  }
}
