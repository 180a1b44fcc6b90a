import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { PartnerServer, SftpConnector } from './sftp-connector';
import { foundation, secrets, storage } from '../../src';
import { acknowledgeStar } from '../shared/role-policy';

/** Properties of `OutboundSftp`. */
export interface OutboundSftpProps {
  readonly foundation: foundation.IFoundation;
  readonly server: PartnerServer;
  /** Where whoever deals with the partner hears of a key that the partner has to install. */
  readonly bus: events.IEventBus;
}

/** Below which the statements lie that the partner lets us fetch. */
const PREFIX = 'statements/';

/**
 * A connector that fetches files from a partner's SFTP server, and signs in with a key pair that rotates. A second connector, which transfers
 * nothing, tries a new key before it becomes current.
 */
export class OutboundSftp extends Construct {
  constructor(scope: Construct, id: string, props: OutboundSftpProps) {
    super(scope, id);
    const { server, foundation: shared } = props;

    const connector = new SftpConnector(this, 'Connector', { foundation: shared, server, stages: ['AWSCURRENT', 'AWSPREVIOUS'] });
    const probe = new SftpConnector(this, 'Probe', { foundation: shared, server, stages: ['AWSPENDING'] });
    const keyPair = new secrets.RotatingSecret(this, 'KeyPair', {
      foundation: shared,
      strategy: secrets.RotationStrategy.sftpConnectorKeyPair({
        userName: server.userName, connectorId: connector.connectorId, probeConnectorId: probe.connectorId, bus: props.bus,
      }),
      rotateEvery: Duration.days(60),
      overlap: Duration.days(7),
    });
    connector.signInWith(keyPair);
    probe.signInWith(keyPair);

    // "Read and write access to the parent directory of the file location" (AWS Transfer Family API Reference, CreateConnector, AccessRole).
    const statements = new storage.LandingBucket(this, 'Statements', { foundation: shared, retention: Duration.days(400) });
    statements.grantDeliver(connector.accessRole, PREFIX);
    statements.grantRead(connector.accessRole, PREFIX);
    acknowledgeStar(connector.accessRole, statements.bucket.arnForObjects(`${PREFIX}*`),
      `the names of statements are the partner's choice, so the connector may use whatever lies under ${PREFIX}, and nothing else`);
  }
}
