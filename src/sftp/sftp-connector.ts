import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ConnectorRetrieveOptions, ConnectorSendOptions } from './connector-transfer-options';
import { BoundCredentials } from './private/bound-credentials';
import { trustedHostKeys } from './private/connector-host-keys';
import { ConnectorResource, ConnectorResourceProps } from './private/connector-resource';
import { requireTransfer } from './private/transfer-checks';
import { Transfers } from './private/transfers';
import { SftpConnectorProps } from './sftp-connector-props';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger, requireSeconds } from '../private';
import { EncryptedLogGroup } from '../storage';

/** AWS Transfer Family User Guide, "Security policies for AWS Transfer Family SFTP connectors". */
const POLICY = 'TransferSFTPConnectorSecurityPolicy-2024-03';
const FIPS_POLICY = 'TransferSFTPConnectorSecurityPolicy-FIPS-2024-10';

/**
 * Sends files to the SFTP server of a partner and retrieves them from there, on a schedule, each file once.
 *
 * It connects to a server that proves its identity by one of the pinned keys, and to no other. Its role reads one secret and the folders that are
 * transferred. What it did with each file is in a table; files that fail, or that begin and do not finish, raise an alarm.
 *
 * A connector costs nothing by the hour; a call and each gigabyte do. Table, queues, secret and logs outlive the stack. An account has 100 connectors
 * per Region, of which one with a rotating key pair takes two.
 *
 * @example
 * declare const partners: events.IEventBus;
 * declare const outbox: storage.LandingBucket;
 * const acme = new sftp.SftpConnector(this, 'Acme', {
 *   egress: sftp.ConnectorEgress.serviceManaged('sftp://sftp.acme.example'),
 *   trustedHostKeys: ['ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU='],
 *   credentials: sftp.ConnectorCredentials.rotatingKeyPair({ userName: 'our-company', bus: partners }),
 * });
 * acme.addSend('Invoices', { outbox, prefix: 'invoices/acme', remoteDirectory: '/in', schedule: events.Schedule.rate(Duration.minutes(15)) });
 */
export class SftpConnector extends Construct {
  /** Id of the connector. */
  public readonly connectorId: string;

  /** ARN of the connector. */
  public readonly connectorArn: string;

  /** Addresses that connections come from, for the partner to let in; absent with VPC Lattice, where the network of the resource gateway tells. */
  public readonly egressAddresses?: string[];

  /** What the connector reads and writes with. */
  public readonly accessRole: iam.IRole;

  /** What the connector signs in with. */
  public readonly secret: secretsmanager.ISecret;

  /** Where the connector writes what happens on the line. */
  public readonly log: EncryptedLogGroup;

  private readonly foundation: IFoundation;
  private readonly connector: ConnectorResource;
  private readonly credentials: BoundCredentials;
  private readonly finishWithin: Duration;

  constructor(scope: Construct, id: string, props: SftpConnectorProps) {
    super(scope, id);

    const maxConnections = props.maxConcurrentConnections ?? 1;
    this.finishWithin = props.finishWithin ?? Duration.hours(2);
    requireInteger(this, 'maxConcurrentConnections', maxConnections, 1, 5);
    requireSeconds(this, 'finishWithin', this.finishWithin, Duration.minutes(5).toSeconds(), Duration.days(7).toSeconds());
    const egress = props.egress._bind();
    const hostKeys = trustedHostKeys(this, props.trustedHostKeys, egress);

    this.foundation = props.foundation ?? Foundation.of(this);
    const common: ConnectorResourceProps = {
      foundation: this.foundation, egress, hostKeys, securityPolicy: props.fips ? FIPS_POLICY : POLICY, maxConnections,
    };
    this.connector = new ConnectorResource(this, common);
    const { resource, connectorId, connectorArn, accessRole, log } = this.connector;

    let probe: ConnectorResource | undefined;
    this.credentials = props.credentials._bind({
      scope: this,
      foundation: this.foundation,
      connectorId,
      addProbe: () => {
        // One connection is what it tries a key with.
        probe = new ConnectorResource(new Construct(this, 'Probe'), { ...common, maxConnections: 1 });
        return probe.connectorId;
      },
    });
    this.connector.signInWith(this.credentials, this.credentials.stages);
    probe?.signInWith(this.credentials, ['AWSPENDING']);
    for (const each of [this.connector, probe]) if (this.credentials.rotator) each?.precede(this.credentials.rotator);

    this.connectorId = connectorId;
    this.connectorArn = connectorArn;
    this.egressAddresses = egress.kind === 'service-managed' ? resource.attrServiceManagedEgressIpAddresses : undefined;
    this.accessRole = accessRole;
    this.secret = this.credentials.secret;
    this.log = log;
  }

  /**
   * The function that makes transfers, of a connector that has any. Operators invoke it with `{ "task": "release", "file": "send /<bucket>/<key>" }`
   * to have a file sent or retrieved again, whatever is known of it.
   */
  public get transferFunction(): lambda.Function {
    const transfers = this.tryTransfers();
    if (!transfers) throw new ConfigurationError(this, "'transferFunction' must be asked for once there is a transfer, got none; use addSend or addRetrieve first");
    return transfers.handler.function;
  }

  /**
   * Sends what is put into a folder of a bucket, each version of an object once. Ten files go with a call, 500 with a run.
   *
   * A file that fails is tried again, by the next run and then later and later, for two weeks. One whose transfer may have begun, and of which nothing is heard, is not: the
   * alarm `Unfinished` goes off, and an operator releases it.
   *
   * @param id name of the transfer; renaming one has nothing sent again
   */
  public addSend(id: string, options: ConnectorSendOptions): void {
    const { outbox, prefix, remoteDirectory, schedule } = options;
    const transfer = {
      kind: 'send' as const, name: id, bucket: outbox.bucket.bucketName, prefix, ...remoteDirectory === undefined ? {} : { remote: remoteDirectory },
    };
    requireTransfer(this, transfer, this.tryTransfers()?.transfers ?? []);
    this.transfers().send(transfer, outbox, schedule);
  }

  /**
   * Retrieves what lies in a directory of the partner, each file once for a path, time of change and size. A file is left alone until it has not changed
   * for a minute, since SFTP does not tell when one is complete: agree on renaming a file once it is.
   *
   * What the partner delivers is not checked here for malware: give the inbox one that is, or check before you use it.
   *
   * @param id name of the transfer; renaming one has nothing retrieved again
   */
  public addRetrieve(id: string, options: ConnectorRetrieveOptions): void {
    const { inbox, prefix, remoteDirectory, removeRetrieved, schedule } = options;
    const transfer = {
      kind: 'retrieve' as const,
      name: id,
      bucket: inbox.bucket.bucketName,
      prefix,
      remote: remoteDirectory,
      remove: removeRetrieved ?? false,
    };
    requireTransfer(this, transfer, this.tryTransfers()?.transfers ?? []);
    this.transfers().retrieve(transfer, inbox, schedule);
  }

  /** Lets `grantee`, an operator, have a file released, and a transfer run before its schedule. */
  public grantOperate(grantee: iam.IGrantable): iam.Grant {
    // The L2 lets every version and alias be invoked as well.
    return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.transferFunction.functionArn] });
  }

  private tryTransfers(): Transfers | undefined {
    return this.node.tryFindChild('Transfers') as Transfers | undefined;
  }

  private transfers(): Transfers {
    return this.tryTransfers() ?? new Transfers(this, 'Transfers', {
      foundation: this.foundation, connector: this.connector, credentials: this.credentials, name: this.node.path, finishWithin: this.finishWithin,
    });
  }
}
