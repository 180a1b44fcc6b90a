import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct, IDependable } from 'constructs';
import { IFoundation } from '../../foundation';
import { EncryptedLogGroup, LandingBucket } from '../../storage';
import { PartnerOptions } from '../partner-options';
import { SftpPartner } from '../sftp-partner';

/** What a server tells the users it is made with, before it exists itself. */
export interface UsersContext {
  /** The server's construct; what users need is made below it. */
  readonly scope: Construct;
  readonly foundation: IFoundation;
  readonly incoming: LandingBucket;
  /** Absent where partners fetch nothing. */
  readonly outgoing?: LandingBucket;
}

/** The users of one server, who know where its files are. */
export interface BoundUsers {
  /** As `AWS::Transfer::Server` spells it. */
  readonly identityProviderType: 'AWS_LAMBDA' | 'SERVICE_MANAGED';
  /** Absent for a server that manages users itself. */
  readonly details?: transfer.CfnServer.IdentityProviderDetailsProperty;
  /** Function that operators invoke to add, change, suspend and list partners. */
  readonly operatorFunction: lambda.IFunction;
  /** Called once, as soon as the server is there. */
  attach(server: AttachedServer): void;
  /** Called after `attach` alone. */
  addPartner(name: string, options: PartnerOptions): SftpPartner;
  /** Lets `grantee` invoke it. */
  grantManagePartners(grantee: iam.IGrantable): iam.Grant;
}

/** Networks from which a server's endpoint takes connections. */
export interface AllowedNetworks {
  /**
   * Lets a partner's networks reach the server.
   *
   * @param scope what an error names
   * @param partner whom the description of the rule names
   * @param networks CIDRs that were validated, IPv4 or IPv6
   */
  allow(scope: Construct, partner: string, networks: readonly string[]): void;
}

/** Alarms of one server that go to the foundation's alerts. */
export interface ServerAlarms {
  /** An alarm on failed logins of one partner, made below `scope` as `Failures`. */
  partner(scope: Construct, name: string): cloudwatch.Alarm;
}

/** What a server tells its users, once it exists. */
export interface AttachedServer {
  readonly serverId: string;
  readonly serverArn: string;
  readonly resource: transfer.CfnServer;
  readonly log: EncryptedLogGroup;
  /** There once the server shows its own host keys, before which no partner should learn who it is. */
  readonly hostKeys: IDependable;
  readonly networks: AllowedNetworks;
  readonly alarms: ServerAlarms;
  /** Where rows of widgets can be added. */
  readonly dashboard: cloudwatch.Dashboard;
  /** Tells that calls to Transfer Family by this role are no reason for an alert, such as imports and deletions of keys by a function. */
  expectChangesBy(role: iam.IRole): void;
}
