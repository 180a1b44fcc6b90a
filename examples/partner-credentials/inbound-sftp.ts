import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { foundation, secrets, storage } from '../../src';

/** A partner whose system signs in to our SFTP server with a password. */
export interface PasswordPartner {
  /** Name of the user, which is also the name of the construct. */
  readonly userName: string;
  /** First day on which its contract no longer holds. */
  readonly contractEnds: string;
}

/** Properties of `InboundSftp`. */
export interface InboundSftpProps {
  readonly foundation: foundation.IFoundation;
  readonly partners: readonly PasswordPartner[];
}

/** What partners sign in with at our SFTP server: passwords that rotate, and a table of verifiers by which the server checks them. */
export class InboundSftp extends Construct {
  /** What the identity provider of the server reads. It has no password. */
  public readonly verifiers: storage.IntegrationTable;
  /** One for each partner, in their order. */
  public readonly passwords: readonly secrets.RotatingSecret[];

  constructor(scope: Construct, id: string, props: InboundSftpProps) {
    super(scope, id);
    this.verifiers = new storage.IntegrationTable(this, 'Verifiers', {
      foundation: props.foundation,
      partitionKey: { name: 'holder', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'credential', type: dynamodb.AttributeType.STRING },
    });
    const { table, encryptionKey: tableKey } = this.verifiers;
    this.passwords = props.partners.map(({ userName, contractEnds }) => new secrets.RotatingSecret(this, userName, {
      foundation: props.foundation,
      strategy: secrets.RotationStrategy.sftpPassword({ table, tableKey, userName }),
      expires: contractEnds,
    }));
  }
}
