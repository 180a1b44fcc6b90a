import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { HostedDatabase } from './private/hosted-database';

/**
 * A database whose users a function of AWS rotates.
 *
 * @example
 * declare const cluster: rds.DatabaseCluster;
 * const database = secrets.RotatedDatabase.cluster(cluster);
 */
export class RotatedDatabase {
  /** A cluster of Amazon Aurora, or a Multi-AZ cluster. An imported one needs its `engine`. */
  public static cluster(cluster: rds.IDatabaseCluster): RotatedDatabase {
    return new RotatedDatabase(cluster, cluster.engine?.engineType);
  }

  /** An instance of Amazon RDS. An imported one needs its `engine`. */
  public static instance(instance: rds.IDatabaseInstance): RotatedDatabase {
    return new RotatedDatabase(instance, instance.engine?.engineType);
  }

  private constructor(
    private readonly database: ec2.IConnectable & secretsmanager.ISecretAttachmentTarget,
    private readonly engineType: string | undefined,
  ) {}

  /** @internal */
  public _bind(): HostedDatabase {
    return { target: this.database, connections: this.database.connections, engineType: this.engineType };
  }
}
