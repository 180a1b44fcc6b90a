import { RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { PartnerOptions } from './partner-options';
import { BoundEndpoint } from './private/bound-endpoint';
import { BoundUsers } from './private/bound-users';
import { EndpointFacts } from './private/endpoint-facts';
import { HostKeys } from './private/host-keys';
import { createRecords, hostNameTags } from './private/host-name';
import { PartnerNetworks } from './private/partner-networks';
import { LogOfServerAlarms } from './private/server-alarms';
import { requireServer } from './private/server-checks';
import { createServerDashboard } from './private/server-dashboard';
import { alertOnChanges, alertOnFailures } from './private/server-events';
import { limitsOf } from './private/server-limits';
import { allowDelivery, serverLog } from './private/server-log';
import { trafficMetric } from './private/traffic-metric';
import { SftpPartner } from './sftp-partner';
import { SftpServerProps } from './sftp-server-props';
import { SftpUsers } from './sftp-users';
import { Foundation, IFoundation } from '../foundation';
import { DeadLetterQueue, EncryptedLogGroup } from '../storage';

const BANNER = 'For authorized partners only. Connections and what is done in them are logged. Disconnect now if you are not authorized.';

/**
 * An SFTP server that all partners of an environment share: SFTP alone, in a VPC, with the strongest algorithms that AWS has.
 *
 * Its security group lets nobody in until a partner is added, and then that partner's networks. It knows no partner by itself either: `users` tells it.
 * The server, its addresses, its groups and its log outlive the stack. AWS bills a server by the hour, whether or not it is used, and the same for one
 * partner as for fifty.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * const server = new sftp.SftpServer(this, 'Sftp', {
 *   endpoint: sftp.SftpEndpoint.internetFacing({ vpc }),
 *   incoming: new sftp.SftpLanding(this, 'Landing').incoming,
 * });
 * server.addPartner('acme', {
 *   keys: [
 *     sftp.PartnerKey.of('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKYtHdX6n0kfZ30JCP98YnxLuNmUwAkEb7CtrXHu5aRa', {
 *       expires: new Date('2027-06-30T00:00:00Z'),
 *     }),
 *   ],
 *   networks: ['203.0.113.0/28'],
 * });
 */
export class SftpServer extends Construct {
  /** Id of the server, such as `s-0123456789abcdef0`. */
  public readonly serverId: string;

  public readonly serverArn: string;

  /** The underlying server, for whatever this construct does not cover. */
  public readonly resource: transfer.CfnServer;

  /** Fixed public addresses that partners connect to; empty for a server that faces no internet by itself. */
  public readonly addresses: string[];

  /** The group that clients come in by. Partners' networks are let in there; add others yourself. */
  public readonly securityGroup: ec2.ISecurityGroup;

  /** Where it is logged who connected, and what they did. */
  public readonly log: EncryptedLogGroup;

  /** One page on which the server is seen. */
  public readonly dashboard: cloudwatch.Dashboard;

  /** Parameter with the public host keys and their fingerprints, those in use and the next, as JSON: for partners' known hosts. */
  public readonly hostKeyParameter: ssm.IStringParameter;

  /** Fingerprints of the host keys that were in use at the last deployment that changed their types, in the order of the types. */
  public readonly hostKeyFingerprints: string[];

  private readonly foundation: IFoundation;
  private readonly undelivered: DeadLetterQueue;
  private readonly endpoint: BoundEndpoint;
  private readonly users: BoundUsers;
  private readonly alarms: LogOfServerAlarms;
  private readonly hostKeys: HostKeys;

  constructor(scope: Construct, id: string, props: SftpServerProps) {
    super(scope, id);

    const { customHostname, fips = false, hostedZone, incoming, outgoing, ports = [22], networkRuleQuota = 60, banner = BANNER } = props;
    const limits = limitsOf(props);
    requireServer(this, { banner, customHostname, hostedZone, ports, networkRuleQuota, limits });
    const securityPolicyName = securityPolicy(fips, props.allowOlderAlgorithms !== undefined);
    props.allowOlderAlgorithms?.applyTo(this, 'SFTP-SECURITY-POLICY', `Aging::${securityPolicyName}`);

    this.foundation = props.foundation ?? Foundation.of(this);
    this.log = serverLog(this, this.foundation, props.logRetention);
    const delivery = allowDelivery(this, this.log);
    this.endpoint = props.endpoint._bind({ scope: this, ports });
    this.users = (props.users ?? SftpUsers.identityProvider())._bind({ scope: this, foundation: this.foundation, incoming, outgoing });
    this.resource = new transfer.CfnServer(this, 'Resource', {
      domain: 'S3',
      protocols: ['SFTP'],
      endpointType: 'VPC',
      endpointDetails: this.endpoint.details,
      ipAddressType: this.endpoint.ipAddressType,
      identityProviderType: this.users.identityProviderType,
      identityProviderDetails: this.users.details,
      securityPolicyName,
      structuredLogDestinations: [this.log.logGroup.logGroupArn],
      preAuthenticationLoginBanner: banner,
      // Clients set times of what they uploaded, and would report a failure although the file is there: S3 keeps no such times.
      protocolDetails: { setStatOption: 'ENABLE_NO_OP' },
      // Else a partner finds no directory until somebody has put an empty object there by that name (AWS Transfer Family User Guide, "Implementing
      // logical directories": root directory requirements).
      s3StorageOptions: { directoryListingOptimization: 'ENABLED' },
      tags: this.endpoint.namesHost ? hostNameTags(customHostname, hostedZone) : undefined,
    });
    if (this.endpoint.behindProxy) {
      // Newer than the oldest CDK that the library works with.
      this.resource.addPropertyOverride('ProtocolDetails.ProxyConfig.SftpMode', 'PROXY_PROTOCOL_V2_ENFORCED');
    }
    // A deployment that fails takes back the server that it made, which would cost money for nothing.
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.resource.node.addDependency(delivery, ...this.endpoint.comesAfter ?? []);
    this.serverId = this.resource.attrServerId;
    this.serverArn = this.resource.attrArn;
    this.addresses = [...this.endpoint.addresses];
    this.securityGroup = this.endpoint.gate;

    this.undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation: this.foundation });
    this.alarms = new LogOfServerAlarms(this, 'Alarms', this.foundation, this.log, limits);
    this.hostKeys = new HostKeys(this, 'HostKeys', {
      foundation: this.foundation,
      undelivered: this.undelivered,
      alarms: this.alarms,
      serverId: this.serverId,
      serverArn: this.serverArn,
      fips,
      options: props.hostKeys ?? {},
    });
    this.hostKeyParameter = this.hostKeys.parameter;
    this.hostKeyFingerprints = this.hostKeys.fingerprints;
    this.dashboard = createServerDashboard(this, this.alarms, {
      files: [this.metricFilesIn(), this.metricFilesOut()], bytes: [this.metricBytesIn(), this.metricBytesOut()],
    });

    const expected: iam.IRole[] = [this.hostKeys.handler.role];
    alertOnFailures(this, this.foundation, this.serverId);
    alertOnChanges(this, this.foundation, this.serverId, () => expected);
    this.endpoint.attach(() => this.facts());
    if (customHostname !== undefined && hostedZone) {
      createRecords(this, customHostname, hostedZone, this.endpoint.targets(() => this.facts()), this.hostKeys.made);
    }
    this.users.attach({
      serverId: this.serverId,
      serverArn: this.serverArn,
      resource: this.resource,
      log: this.log,
      hostKeys: this.hostKeys.made,
      networks: new PartnerNetworks(this, { gate: this.endpoint.gate, ports, takesIpv6: this.endpoint.takesIpv6, quota: networkRuleQuota }),
      alarms: this.alarms,
      dashboard: this.dashboard,
      expectChangesBy: (role) => { expected.push(role); },
    });
  }

  /** Id of the server's VPC endpoint, which a function looks up that is made when this is first asked for. */
  public get endpointId(): string {
    return this.facts().endpointId;
  }

  /** Name of that endpoint in DNS, which leads to its private addresses; looked up as `endpointId` is. */
  public get endpointDnsName(): string {
    return this.facts().dnsName;
  }

  /** Adds a partner, whose networks are let in. */
  public addPartner(name: string, options: PartnerOptions): SftpPartner {
    return this.users.addPartner(name, options);
  }

  /** Function that operators invoke to add, change, suspend and list partners. */
  public get operatorFunction(): lambda.IFunction {
    return this.users.operatorFunction;
  }

  /** Lets `grantee` invoke that function. */
  public grantManagePartners(grantee: iam.IGrantable): iam.Grant {
    return this.users.grantManagePartners(grantee);
  }

  /** Lets `grantee` read the public host keys. */
  public grantReadHostKeys(grantee: iam.IGrantable): iam.Grant {
    return this.hostKeys.grantRead(grantee);
  }

  /** Lets `grantee` have host keys rotated before their time, and say that partners know the next ones or must not get them. */
  public grantOperateHostKeys(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.hostKeys.handler.function.functionArn] });
  }

  /** Failed logins in five minutes, under any name. */
  public metricAuthFailures(): cloudwatch.Metric {
    return this.alarms.authFailures;
  }

  /** Clients in five minutes with which the server agreed on no algorithms. */
  public metricKexFailures(): cloudwatch.Metric {
    return this.alarms.kexFailures;
  }

  /** Refused connections in five minutes. */
  public metricRejectedConnections(): cloudwatch.Metric {
    return this.alarms.rejectedConnections;
  }

  /** Files that partners uploaded in five minutes. */
  public metricFilesIn(): cloudwatch.Metric {
    return trafficMetric('FilesIn', this.serverId);
  }

  /** Files that partners downloaded in five minutes. */
  public metricFilesOut(): cloudwatch.Metric {
    return trafficMetric('FilesOut', this.serverId);
  }

  /** Bytes that partners uploaded in five minutes. */
  public metricBytesIn(): cloudwatch.Metric {
    return trafficMetric('BytesIn', this.serverId);
  }

  /** Bytes that partners downloaded in five minutes. */
  public metricBytesOut(): cloudwatch.Metric {
    return trafficMetric('BytesOut', this.serverId);
  }

  private facts(): EndpointFacts {
    return this.node.tryFindChild('Endpoint') as EndpointFacts | undefined ?? new EndpointFacts(this, 'Endpoint', {
      foundation: this.foundation,
      undelivered: this.undelivered,
      serverId: this.serverId,
      serverArn: this.serverArn,
      subnetIds: this.endpoint.subnetIds,
    });
  }
}

function securityPolicy(fips: boolean, older: boolean): string {
  if (older) return fips ? 'TransferSecurityPolicy-FIPS-2024-05' : 'TransferSecurityPolicy-2024-01';
  return fips ? 'TransferSecurityPolicy-FIPS-2025-03' : 'TransferSecurityPolicy-2025-03';
}
