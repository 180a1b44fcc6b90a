import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { HostKeyOptions } from './host-key-options';
import { SftpEndpoint } from './sftp-endpoint';
import { SftpUsers } from './sftp-users';
import { Waiver } from '../core';
import { IFoundation } from '../foundation';
import { LandingBucket } from '../storage';

/** Properties of an `SftpServer`. */
export interface SftpServerProps {
  /** Where the server is reached. */
  readonly endpoint: SftpEndpoint;

  /** Where partners upload files to. */
  readonly incoming: LandingBucket;

  /**
   * Where partners download files from.
   *
   * @default - partners download nothing
   */
  readonly outgoing?: LandingBucket;

  /**
   * Who tells the server which partners there are. Another kind replaces the server, and with it its host keys.
   *
   * @default SftpUsers.identityProvider()
   */
  readonly users?: SftpUsers;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Takes algorithms of FIPS 140 alone: no Curve25519 of itself, and no Ed25519.
   *
   * @default false
   */
  readonly fips?: boolean;

  /**
   * Takes what was strong in 2024, for partners whose software knows nothing newer. Waives control `SFTP-SECURITY-POLICY`.
   *
   * The policy is then `TransferSecurityPolicy-2024-01`, in FIPS mode `TransferSecurityPolicy-FIPS-2024-05`: no key exchange that withstands
   * quantum computers.
   *
   * @default - `TransferSecurityPolicy-2025-03`, in FIPS mode `TransferSecurityPolicy-FIPS-2025-03`
   */
  readonly allowOlderAlgorithms?: Waiver;

  /**
   * What a client is shown before it authenticates: up to 4096 characters of ASCII.
   *
   * @default - that authorized partners alone may connect, and that everything is logged
   */
  readonly banner?: string;

  /**
   * Name by which partners connect, such as `sftp.example.com`.
   *
   * @default - the addresses, or what DNS name AWS gives the endpoint
   */
  readonly customHostname?: string;

  /**
   * Zone in which that name is made to lead to the server.
   *
   * @default - nothing is made; see to the records yourself
   */
  readonly hostedZone?: route53.IHostedZone;

  /**
   * How host keys are made and rotated.
   *
   * @default - a key of each type, a new one each year, published 30 days before
   */
  readonly hostKeys?: HostKeyOptions;

  /**
   * Ports that partners connect to, of 22, 2222, 2223 and 22000. Each needs a rule for each network.
   *
   * @default [22]
   */
  readonly ports?: number[];

  /**
   * Rules that the account lets a security group have, for IPv4 and for IPv6 each; from 1 to 1000. Synthesis fails above it.
   *
   * @default 60
   */
  readonly networkRuleQuota?: number;

  /**
   * How long it is kept who connected and what they did, a year at least.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Failed logins in five minutes, under any name, that raise an alarm.
   *
   * @default 100
   */
  readonly maxAuthFailures?: number;

  /**
   * Failed logins in five minutes, under the name of one partner, that raise an alarm.
   *
   * @default 5
   */
  readonly maxPartnerAuthFailures?: number;

  /**
   * Clients in five minutes with which the server agrees on no algorithms, that raise an alarm.
   *
   * @default 20
   */
  readonly maxKexFailures?: number;

  /**
   * Refused connections in five minutes that raise an alarm.
   *
   * @default 20
   */
  readonly maxRejectedConnections?: number;

  /**
   * Errors in five minutes that raise an alarm.
   *
   * @default 10
   */
  readonly maxErrors?: number;
}
