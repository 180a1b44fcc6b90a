import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { BoundCredentials } from './bound-credentials';
import { BoundEgress, egressProperties } from './bound-egress';
import { IFoundation } from '../../foundation';
import { acknowledgeInPacks } from '../../private/nag';
import { grantOnSecret } from '../../secrets/private/kept-secret';
import { EncryptedLogGroup } from '../../storage';

/** Properties of a `ConnectorResource`. */
export interface ConnectorResourceProps {
  readonly foundation: IFoundation;
  readonly egress: BoundEgress;
  readonly hostKeys: string[];
  readonly securityPolicy: string;
  readonly maxConnections: number;
}

const OWN_POLICY = 'the policy belongs to this one role, is written by its grants and is reviewed with it';

/** A connector with the role by which it reaches what it needs, and the log that it writes, right below `scope`. */
export class ConnectorResource {
  public readonly connectorId: string;
  public readonly connectorArn: string;
  public readonly accessRole: iam.Role;
  public readonly log: EncryptedLogGroup;
  public readonly resource: transfer.CfnConnector;
  private readonly loggingRole: iam.Role;

  constructor(private readonly scope: Construct, private readonly props: ConnectorResourceProps) {
    this.accessRole = this.role('AccessRole', 'What a connector reaches a partner with');
    this.loggingRole = this.role('LoggingRole', 'Writes the log of a connector');
    this.resource = new transfer.CfnConnector(scope, 'Resource', {
      accessRole: this.accessRole.roleArn,
      loggingRole: this.loggingRole.roleArn,
      securityPolicyName: props.securityPolicy,
      ...egressProperties(scope, props.egress),
    });
    this.connectorId = this.resource.attrConnectorId;
    this.connectorArn = Stack.of(scope).formatArn({ service: 'transfer', resource: 'connector', resourceName: this.connectorId });
    // The CDK's validation knows the newest properties; the schema of cfn-lint 1.51 is older.
    this.resource.addMetadata('cfn-lint', { config: { ignore_checks: ['E3002'] } });

    // The name that a connector logs under (AWS Transfer Family User Guide, "CloudWatch log structure for SFTP connectors"). It would make a group
    // without a key that keeps everything for ever; so this one is there before anything is transferred.
    this.log = new EncryptedLogGroup(scope, 'Log', { foundation: props.foundation, logGroupName: `/aws/transfer/${this.connectorId}` });
    // User Guide, "Configure CloudWatch logging role", without making groups.
    this.log.logGroup.grant(this.loggingRole, 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents');
    acknowledgeInPacks(this.loggingRole.node.findChild('DefaultPolicy'), 'IAMNoInlinePolicy', OWN_POLICY);
  }

  /** Has it sign in with a secret, whose function may need the connector: so it learns of it last. */
  public signInWith({ secret, encryptionKey }: BoundCredentials, stages: readonly string[] | undefined): void {
    this.resource.sftpConfig = {
      userSecretId: secret.secretArn,
      trustedHostKeys: this.props.hostKeys,
      maxConcurrentConnections: this.props.maxConnections,
    };
    if (stages) this.resource.addPropertyOverride('SftpConfig.OrderedUserSecretVersionStages', stages);
    // Less than reading a secret at large: a connector never describes it (User Guide, "Create an SFTP connector").
    grantOnSecret(secret, encryptionKey, this.accessRole, ['secretsmanager:GetSecretValue'], ['kms:Decrypt']);
    const policy = this.accessRole.node.findChild('DefaultPolicy');
    acknowledgeInPacks(policy, 'IAMNoInlinePolicy', OWN_POLICY);
    // It may read the secret from its first connection on.
    this.resource.node.addDependency(policy);
  }

  /** Has something wait until the connector can connect, and logs where it should. */
  public precede(user: Construct): void {
    user.node.addDependency(this.resource, this.log, this.loggingRole);
  }

  /** Not the one connector, which would have to be there before its role (User Guide, "Cross-service confused deputy prevention"). */
  private role(id: string, description: string): iam.Role {
    const { account } = Stack.of(this.scope);
    const connectors = Stack.of(this.scope).formatArn({ service: 'transfer', resource: 'connector', resourceName: '*' });
    return new iam.Role(this.scope, id, {
      description,
      assumedBy: new iam.ServicePrincipal('transfer.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': connectors } },
      }),
    });
  }
}
