import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DataDomain, IFoundation, ServiceKeyGrants } from '../../foundation';
import { acknowledgeInPacks } from '../../private/nag';
import { DeadLetterQueue, EncryptedLogGroup } from '../../storage';
import { ISenderNetwork } from '../sender-network-ref';

/** The handlers, bundled when the package was built. */
const BUNDLES = join(__dirname, '..', '..', '..', 'assets', 'webhooks');

/** What Lambda does with a network in the role's name (AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
const INTERFACES = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** Properties of a `WebhookFunction`. */
export interface WebhookFunctionProps {
  readonly foundation: IFoundation;
  /** Folder of the handler below `assets/webhooks`. */
  readonly bundle: string;
  readonly description: string;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
  readonly reservedConcurrentExecutions: number;
  readonly memorySize?: number;
  /** Where an event goes that was handed over without waiting for the answer; absent where that does not happen. */
  readonly undelivered?: DeadLetterQueue;
  /** Why nothing has to wait for a function without that. Default: event source mappings alone invoke it. */
  readonly neverDeferred?: string;
  /** Where it connects from; absent for one that is in no VPC. */
  readonly network?: ISenderNetwork;
  /** Why it is in no VPC. Default: it calls AWS alone. */
  readonly outsideVpc?: string;
}

/** One function of a sender or an inbox, with a role and a log of its own. */
export class WebhookFunction extends Construct {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;
  public readonly log: EncryptedLogGroup;

  constructor(scope: Construct, id: string, props: WebhookFunctionProps) {
    super(scope, id);

    const { foundation, network, undelivered } = props;
    this.log = new EncryptedLogGroup(this, 'Log', { foundation });
    this.role = new iam.Role(this, 'Role', {
      description: `Role of a function: ${props.description}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.log.grantWrite(this.role);
    undelivered?.encryptionKey.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const key = foundation.key(DataDomain.DATA);
    ServiceKeyGrants.of(key).lambda();
    if (network) this.allowInterfaces();

    this.function = new lambda.Function(this, 'Function', {
      description: props.description,
      code: lambda.Code.fromAsset(join(BUNDLES, props.bundle)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: props.environment,
      environmentEncryption: key,
      deadLetterQueue: undelivered?.queue,
      logGroup: this.log.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      memorySize: props.memorySize ?? 256,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      role: this.role,
      timeout: props.timeout,
      tracing: lambda.Tracing.ACTIVE,
    });
    if (network) {
      // On the L1: the L2 wants a VPC, and asks it for more than the network tells.
      (this.function.node.defaultChild as lambda.CfnFunction).vpcConfig = {
        subnetIds: network.subnetIds, securityGroupIds: [network.securityGroup.securityGroupId],
      };
    }
    this.acknowledge(props);
  }

  /** Lets the function do some things with one resource. */
  public allow(actions: string[], resourceArn: string): void {
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resourceArn] }));
  }

  /**
   * Lambda makes the interfaces in the role's name, and the code has the role's credentials: what they allow is denied to it (AWS Lambda Developer
   * Guide, "Using source function ARN to control function access behavior").
   */
  private allowInterfaces(): void {
    const { account, partition, region } = Stack.of(this);
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: INTERFACES, resources: ['*'] }));
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: INTERFACES,
      resources: ['*'],
      // A pattern, since the function needs the role first.
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': `arn:${partition}:lambda:${region}:${account}:function:*` } },
    }));
  }

  /** Says to other rule packs why the function is as it is. */
  private acknowledge({ network, outsideVpc, undelivered, neverDeferred }: WebhookFunctionProps): void {
    const policy = this.role.node.findChild('DefaultPolicy');
    acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions',
      'X-Ray takes trace segments, DynamoDB lists streams and Lambda makes network interfaces without naming a resource; the function itself may not do the last',
      'Resource::*');
    if (!network) {
      acknowledgeInPacks(this.function, 'LambdaInsideVPC', outsideVpc
        ?? 'the function calls AWS over TLS and reaches nothing inside a network, so a VPC would add a route and no barrier');
    }
    if (!undelivered) {
      acknowledgeInPacks(this.function, 'LambdaDLQ', neverDeferred
        ?? 'event source mappings alone invoke the function; what it fails on goes to the dead-letter queue of its source');
    }
  }
}
