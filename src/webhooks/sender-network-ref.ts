import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';

/** A network from which webhooks are sent. */
export interface ISenderNetwork extends IConstruct {
  /** Ids of the subnets that the sender's network interfaces are in. */
  readonly subnetIds: string[];

  /** Group of those interfaces: nothing comes in, and HTTPS alone goes out. */
  readonly securityGroup: ec2.ISecurityGroup;
}
