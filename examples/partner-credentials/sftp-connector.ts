import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { foundation, secrets, storage } from '../../src';
import { acknowledgeOwnPolicy } from '../shared/role-policy';

/** The SFTP server of a partner. */
export interface PartnerServer {
  readonly url: string;
  /** Our user there. */
  readonly userName: string;
  /** Keys by which the server proves that it is the partner's, as the partner told us on another way. */
  readonly hostKeys: string[];
}

/** Properties of an `SftpConnector`. */
export interface SftpConnectorProps {
  readonly foundation: foundation.IFoundation;
  readonly server: PartnerServer;
  /** The versions of the key pair that it signs in with, in this order. */
  readonly stages: readonly string[];
}

/** A connector of AWS Transfer Family, with a role by which it reaches what it needs, and a log. */
export class SftpConnector extends Construct {
  public readonly connectorId: string;
  /** What it acts as. */
  public readonly accessRole: iam.Role;
  private readonly connector: transfer.CfnConnector;

  constructor(scope: Construct, id: string, { foundation: shared, server, stages }: SftpConnectorProps) {
    super(scope, id);

    this.accessRole = this.role('AccessRole', 'What a connector reaches a partner with');
    const loggingRole = this.role('LoggingRole', 'Writes the log of a connector');
    this.connector = new transfer.CfnConnector(this, 'Resource', {
      accessRole: this.accessRole.roleArn,
      loggingRole: loggingRole.roleArn,
      url: server.url,
      securityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2024-03',
      sftpConfig: { trustedHostKeys: server.hostKeys },
    });
    this.connector.addPropertyOverride('SftpConfig.OrderedUserSecretVersionStages', stages);
    // The CDK's validation knows the property; the schema of cfn-lint 1.51 is older.
    this.connector.addMetadata('cfn-lint', { config: { ignore_checks: ['E3002'] } });
    this.connectorId = this.connector.attrConnectorId;

    // The name that a connector logs under (AWS Transfer Family User Guide, "CloudWatch log structure for SFTP connectors").
    const log = new storage.EncryptedLogGroup(this, 'Log', { foundation: shared, logGroupName: `/aws/transfer/${this.connectorId}` });
    log.grantWrite(loggingRole);
    acknowledgeOwnPolicy(loggingRole);
  }

  /** Has it sign in with a key pair, whose function needs the connector: so it learns of the secret last. */
  public signInWith(keyPair: secrets.RotatingSecret): void {
    this.connector.addPropertyOverride('SftpConfig.UserSecretId', keyPair.secret.secretArn);
    keyPair.grantRead(this.accessRole);
    acknowledgeOwnPolicy(this.accessRole);
    // It may read the secret from its first connection on.
    this.connector.node.addDependency(this.accessRole.node.findChild('DefaultPolicy'));
  }

  /** Not the one connector, which would have to be there before its role (User Guide, "Cross-service confused deputy prevention"). */
  private role(id: string, description: string): iam.Role {
    const { account } = Stack.of(this);
    const connectors = Stack.of(this).formatArn({ service: 'transfer', resource: 'connector', resourceName: '*' });
    return new iam.Role(this, id, {
      description,
      assumedBy: new iam.ServicePrincipal('transfer.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': connectors } },
      }),
    });
  }
}
