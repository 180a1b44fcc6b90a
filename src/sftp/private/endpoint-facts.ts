import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { DeadLetterQueue } from '../../storage';

/** Properties of `EndpointFacts`. */
export interface EndpointFactsProps {
  readonly foundation: IFoundation;
  readonly undelivered: DeadLetterQueue;
  readonly serverId: string;
  readonly serverArn: string;
  /** Those that the endpoint is in: what is looked up changes with them. */
  readonly subnetIds: readonly string[];
}

/** What CloudFormation does not tell of a server's endpoint: its id, its name in DNS, its private addresses. A function looks them up. */
export class EndpointFacts extends Construct {
  /** Id of the VPC endpoint. */
  public readonly endpointId: string;

  /** Name of the endpoint in DNS, which leads to its private addresses. */
  public readonly dnsName: string;

  /** Its private addresses, in the order of the subnets. */
  public readonly privateAddresses: string[];

  constructor(scope: Construct, id: string, { foundation, undelivered, serverId, serverArn, subnetIds }: EndpointFactsProps) {
    super(scope, id);

    const lookup = new HandlerFunction(this, {
      foundation,
      bundle: 'sftp/endpoint-facts',
      description: 'Looks up the endpoint of one SFTP server, at deployments',
      environment: {},
      timeout: Duration.minutes(10),
      reservedConcurrentExecutions: 1,
      undelivered,
      namesNoResource: 'Amazon EC2 describes endpoints and network interfaces',
    });
    lookup.allow(['transfer:DescribeServer'], serverArn);
    // Neither can be told which resource to describe (Service Authorization Reference, "Amazon EC2").
    lookup.allow(['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'], '*');

    const facts = new CustomResource(this, 'Resource', {
      serviceToken: lookup.function.functionArn,
      resourceType: 'Custom::SftpEndpoint',
      // Longer than the function may take, twice over: Lambda tries again when it is stopped by its time.
      serviceTimeout: Duration.minutes(25),
      properties: { ServerId: serverId, SubnetIds: subnetIds },
    });
    // What it may do must hold before it is asked, and as long as it is.
    facts.node.addDependency(lookup.role.node.findChild('DefaultPolicy'));
    this.endpointId = facts.getAttString('EndpointId');
    this.dnsName = facts.getAttString('DnsName');
    this.privateAddresses = subnetIds.map((_, index) => facts.getAttString(`PrivateIp${index}`));
  }
}
