import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** A group that lets nobody in yet, and nothing out. It outlives the stack, since the server is in it, and does too. */
export function endpointGroup(scope: Construct, vpc: ec2.IVpc, id: string, description: string): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, id, {
    vpc,
    description,
    allowAllOutbound: false,
    // In the group itself: a rule of its own could be missing while a group is there.
    disableInlineRules: false,
  });
  group.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return group;
}
