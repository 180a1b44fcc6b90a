import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RotatedDatabase } from './rotated-database';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { requireMatch } from '../private';
import { requireCompleteArn } from './private/complete-arn';
import { HostedDatabase, rotationTypeOf } from './private/hosted-database';
import { grantReadOfKept, keepSecret } from './private/kept-secret';
import { watchRotation } from './private/rotation-watch';
import { requireInterval, rotationRules } from './private/times';

/** Makes the function of AWS (AWS CloudFormation Template Reference, "AWS::SecretsManager transform"). */
const TRANSFORM = 'AWS::SecretsManager-2024-09-16';

/** Characters that connection strings, shells or engines take for something else. */
const EXCLUDED = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\';

/** Properties of a `DatabaseUserSecret`. */
export interface DatabaseUserSecretProps {
  /** The database, in `vpc`. */
  readonly database: RotatedDatabase;

  /**
   * Name of the user, which an administrator makes with the password of the secret. Up to 26 letters, digits and underscores, so that the name
   * of the second user, which has `_clone` behind it, fits each engine.
   */
  readonly username: string;

  /** The secret of the master user, who makes the second user and sets passwords; an imported one has its complete ARN. */
  readonly masterSecret: secretsmanager.ISecret;

  /** Where the function of AWS runs: it has to reach the database, AWS Secrets Manager, and, for a password that RDS manages, Amazon RDS. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets of the function.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The database in which the user signs in.
   *
   * @default - that of the engine
   */
  readonly databaseName?: string;

  /**
   * Characters that no password has.
   *
   * @default - those that connection strings and shells take for something else
   */
  readonly excludeCharacters?: string;

  /**
   * Time between two rotations, from 1 to 90 days. They take place between midnight and four o'clock, UTC; the first one that long after the
   * deployment.
   *
   * @default Duration.days(30)
   */
  readonly rotateEvery?: Duration;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;
}

/**
 * The password of an application's database user, rotated between two users by a function of AWS: who read it before a rotation signs in with
 * it until the next one, so connections are never refused. Watches that it is rotated.
 *
 * Make the user, with the password of the secret and the rights that the application needs, before the first rotation. The function connects
 * by TLS only. It is made, with its role and permission, when the stack is deployed, by a transform of AWS in a nested stack: neither this
 * library nor any checker sees it before, and nothing can be set on it but what this construct sets. The secret outlives the stack.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const cluster: rds.DatabaseCluster;
 * const orders = new secrets.DatabaseUserSecret(this, 'OrdersUser', {
 *   database: secrets.RotatedDatabase.cluster(cluster),
 *   masterSecret: cluster.secret!,
 *   username: 'orders',
 *   vpc,
 * });
 */
export class DatabaseUserSecret extends Construct implements ec2.IConnectable {
  /** The underlying secret, for whatever this construct does not cover. */
  public readonly secret: secretsmanager.ISecret;

  /** Key that encrypts the secret. */
  public readonly encryptionKey: kms.IKey;

  /** What the function of AWS may connect to: the database, and TLS servers. */
  public readonly connections: ec2.Connections;

  /** The function that looks each hour whether the secret is rotated. */
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: DatabaseUserSecretProps) {
    super(scope, id);

    const rotateEvery = props.rotateEvery ?? Duration.days(30);
    requireInterval(this, rotateEvery);
    requireMatch(this, 'username', props.username, /^(?!.*_clone$)[a-z]\w{0,25}$/i, 'a letter and up to 25 letters, digits and underscores, without _clone at the end',
      'choose a name that the second user can have, too');
    requireCompleteArn(this, 'masterSecret', props.masterSecret);
    const database = props.database._bind();
    const rotationType = rotationTypeOf(this, database);

    const foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = foundation.key(DataDomain.SECRETS);
    const secret = keepSecret(this, {
      encryptionKey: this.encryptionKey,
      description: `Rotated by a function of AWS for ${this.node.path}`,
      initially: {
        // Without `ssl` the function of AWS tries again without TLS, and sends the password in clear text.
        secretStringTemplate: Stack.of(this).toJsonString({
          username: props.username, dbname: props.databaseName, ssl: true, masterarn: props.masterSecret.secretArn,
        }),
        generateStringKey: 'password',
        passwordLength: 32,
        excludeCharacters: props.excludeCharacters ?? EXCLUDED,
      },
    });
    this.secret = secret;
    this.connections = this.connect(props.vpc, database);
    this.rotate(secret.attach(database.target), rotationType, rotateEvery, props);
    this.function = watchRotation(this, { foundation, secret, rotateEvery });
  }

  /** Lets `grantee`, of the secret's account, read each version of the secret. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return grantReadOfKept(this, this.secret, this.encryptionKey, grantee);
  }

  private connect(vpc: ec2.IVpc, database: HostedDatabase): ec2.Connections {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, allowAllOutbound: false, description: 'Function of AWS that rotates one database user' });
    group.connections.allowToDefaultPort(database, 'Sets and tries passwords');
    group.connections.allowToAnyIpv4(ec2.Port.tcp(443), 'AWS Secrets Manager, and Amazon RDS');
    return group.connections;
  }

  /** On the L1: the L2 knows no window, rotates at once, and writes a policy for the master secret. */
  private rotate(secret: secretsmanager.ISecret, rotationType: string, rotateEvery: Duration, props: DatabaseUserSecretProps): void {
    const { excludeCharacters, masterSecret, vpc, vpcSubnets } = props;
    Stack.of(this).addTransform(TRANSFORM);
    const schedule = new secretsmanager.CfnRotationSchedule(this, 'Rotation', {
      secretId: secret.secretArn,
      hostedRotationLambda: {
        rotationType,
        excludeCharacters: excludeCharacters ?? EXCLUDED,
        kmsKeyArn: this.encryptionKey.keyArn,
        masterSecretArn: masterSecret.secretArn,
        masterSecretKmsKeyArn: masterSecret.encryptionKey?.keyArn,
        vpcSecurityGroupIds: this.connections.securityGroups.map(({ securityGroupId }) => securityGroupId).join(','),
        vpcSubnetIds: vpc.selectSubnets(vpcSubnets).subnetIds.join(','),
      },
      rotationRules: rotationRules(rotateEvery),
      // The function signs in with the present password first, so somebody has to have made the user.
      rotateImmediatelyOnUpdate: false,
    });
    schedule.node.addDependency(this.secret);
  }
}
