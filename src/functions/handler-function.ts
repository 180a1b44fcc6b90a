import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DataDomain, IFoundation, ServiceKeyGrants } from '../foundation';
import { acknowledgeInPacks } from '../private/nag';
import { DeadLetterQueue, EncryptedLogGroup } from '../storage';

/** The handlers, bundled when the package was built. */
const BUNDLES = join(__dirname, '..', '..', 'assets');

/** What Lambda does with a network in the role's name (AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
const INTERFACES = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** What Lambda does to read a stream (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB": execution role permissions). */
const READING = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** `namesNoResource` of a function that has `allowStream`. */
export const LISTS_STREAMS = 'DynamoDB lists streams';

/** Where a function connects from. */
export interface FunctionNetwork {
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/** Properties of a `HandlerFunction`. */
export interface HandlerFunctionProps {
  readonly foundation: IFoundation;
  /** Folder of the handler below `assets`, such as `webhooks/receive`. */
  readonly bundle: string;
  readonly description: string;
  /** Default: `Role of a function: ` and the description. */
  readonly roleDescription?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: Duration;
  readonly reservedConcurrentExecutions: number;
  /** MiB. Default: 256. */
  readonly memorySize?: number;
  /** Where an event goes that was handed over without waiting for the answer; absent where that does not happen. */
  readonly undelivered?: DeadLetterQueue;
  /** Why nothing has to wait for a function without that. Default: event source mappings alone invoke it. */
  readonly neverDeferred?: string;
  /** What it does besides writing traces without naming a resource, since AWS takes none there, such as `DynamoDB lists streams`. */
  readonly namesNoResource?: string;
  /** Absent for a function that is in no VPC. */
  readonly network?: FunctionNetwork;
  /** Why it is in no VPC. Default: it calls AWS alone. */
  readonly outsideVpc?: string;
}

/** A function with a role and a log of its own, all right below `scope`: `Function`, `Role`, `Log`. */
export class HandlerFunction {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;
  public readonly log: EncryptedLogGroup;

  constructor(private readonly scope: Construct, props: HandlerFunctionProps) {
    const { foundation, network, undelivered } = props;
    this.log = new EncryptedLogGroup(scope, 'Log', { foundation });
    this.role = new iam.Role(scope, 'Role', {
      description: props.roleDescription ?? `Role of a function: ${props.description}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.log.grantWrite(this.role);
    undelivered?.encryptionKey.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    const key = foundation.key(DataDomain.DATA);
    ServiceKeyGrants.of(key).lambda();
    if (network) this.allowInterfaces();

    this.function = new lambda.Function(scope, 'Function', {
      description: props.description,
      code: lambda.Code.fromAsset(join(BUNDLES, props.bundle)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: { ...props.environment },
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
      (this.function.node.defaultChild as lambda.CfnFunction).vpcConfig = network;
    }
    this.acknowledge(props);
  }

  /** Lets the function do some things with one resource. */
  public allow(actions: string[], resourceArn: string): void {
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resourceArn] }));
  }

  /** Lets Lambda read a stream for the function; `LISTS_STREAMS` says so to other packs, and the key of its table is another grant. */
  public allowStream(streamArn: string): void {
    this.allow(READING, streamArn);
    this.allow(['dynamodb:ListStreams'], '*'); // takes no resource (Service Authorization Reference)
  }

  /**
   * Lambda makes the interfaces in the role's name, and the code has the role's credentials: what they allow is denied to it (AWS Lambda Developer
   * Guide, "Using source function ARN to control function access behavior").
   */
  private allowInterfaces(): void {
    const { account, partition, region } = Stack.of(this.scope);
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
  private acknowledge({ network, namesNoResource, outsideVpc, undelivered, neverDeferred }: HandlerFunctionProps): void {
    const policy = this.role.node.findChild('DefaultPolicy');
    acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
    const unnamed = [
      'AWS X-Ray takes trace segments', ...namesNoResource === undefined ? [] : [namesNoResource],
      ...network ? ['Lambda makes network interfaces, which the code itself may not'] : [],
    ];
    acknowledgeInPacks(policy, 'IAMNoWildcardPermissions', `these actions support no other resource than *: ${unnamed.join('; ')}`, 'Resource::*');
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
