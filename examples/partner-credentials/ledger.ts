import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { foundation, secrets } from '../../src';

/** The network and the database of the ledger, which another team keeps. */
export interface LedgerDatabase {
  readonly vpcId: string;
  readonly availabilityZones: string[];
  readonly privateSubnetIds: string[];
  readonly clusterIdentifier: string;
  readonly securityGroupId: string;
  /** Complete ARN of the secret that Amazon RDS made for the master user. */
  readonly masterSecretArn: string;
  /** Key that encrypts it. */
  readonly masterKeyArn: string;
}

/** Properties of `LedgerAccess`. */
export interface LedgerAccessProps {
  readonly foundation: foundation.IFoundation;
  readonly database: LedgerDatabase;
}

/** Passwords of the ledger: that of the master user, which RDS rotates and we watch, and that of the user we sign in with. */
export class LedgerAccess extends Construct {
  /** Who reads it signs in to the ledger, before a rotation and after it. */
  public readonly user: secrets.DatabaseUserSecret;

  constructor(scope: Construct, id: string, { foundation: shared, database }: LedgerAccessProps) {
    super(scope, id);

    const { availabilityZones, privateSubnetIds, vpcId } = database;
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', { vpcId, availabilityZones, privateSubnetIds });
    const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(this, 'Cluster', {
      clusterIdentifier: database.clusterIdentifier,
      engine: rds.DatabaseClusterEngine.AURORA_POSTGRESQL,
      port: 5432,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this, 'ClusterGroup', database.securityGroupId, { mutable: false })],
    });
    const masterSecret = secretsmanager.Secret.fromSecretAttributes(this, 'MasterSecret', {
      secretCompleteArn: database.masterSecretArn,
      encryptionKey: kms.Key.fromKeyArn(this, 'MasterKey', database.masterKeyArn),
    });

    new secrets.MasterUserSecret(this, 'Master', { foundation: shared, secret: masterSecret });
    this.user = new secrets.DatabaseUserSecret(this, 'User', {
      foundation: shared, database: secrets.RotatedDatabase.cluster(cluster), masterSecret, username: 'settlement', databaseName: 'ledger', vpc,
    });
  }
}
