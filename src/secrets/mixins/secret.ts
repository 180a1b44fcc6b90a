import { Mixin, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { amended, ConfigurationError, guardAgainstUndoing, rendersTo, valueAt } from '../../private';

type Replica = secretsmanager.CfnSecret.ReplicaRegionProperty;

/**
 * Encrypts a secret with customer-managed keys. Applies control `SECRET-CMK`.
 *
 * Secrets Manager uses the key on behalf of whoever reads or writes: grant them its use too, as an L2 does only for the key that it was given.
 * A value that exists already stays under its old key until the next rotation.
 *
 * @example
 * new secretsmanager.CfnSecret(this, 'Token', { generateSecretString: {} }).with(new secrets.mixins.SecretEncryption(key));
 */
export class SecretEncryption extends Mixin {
  /**
   * @param key the key that encrypts the secret in the Region of its stack
   * @param replicaKeys the keys of its replicas, by Region
   */
  constructor(private readonly key: kms.IKey, private readonly replicaKeys: { [region: string]: kms.IKey } = {}) {
    super();
  }

  public supports(construct: IConstruct): construct is secretsmanager.CfnSecret {
    return secretsmanager.CfnSecret.isCfnSecret(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.kmsKeyId = this.key.keyArn;
    if (construct.replicaRegions !== undefined) {
      construct.replicaRegions = amended<Replica[]>(construct.replicaRegions as Replica[],
        (replicas = []) => replicas.map((replica) => ({ ...replica, kmsKeyId: this.keyOf(construct, replica).keyArn })));
    }
    guardAgainstUndoing(construct, {
      control: 'SECRET-CMK',
      mixin: 'secrets.mixins.SecretEncryption',
      demand: "'KmsKeyId' must name the key, also that of each replica",
      holds: ({ Properties }) => rendersTo(construct, Properties?.KmsKeyId, this.key.keyArn)
        && this.encryptsReplicas(construct, Properties?.ReplicaRegions),
    });
  }

  private keyOf(secret: secretsmanager.CfnSecret, { region }: Replica): kms.IKey {
    const key = this.replicaKeys[region];
    if (key) return key;
    throw new ConfigurationError(secret, `'replicaKeys' must have a key for each replica, got none for '${region}'; a KMS key serves one Region`);
  }

  private encryptsReplicas(secret: secretsmanager.CfnSecret, replicas: unknown): boolean {
    if (replicas === undefined) return true;
    return Array.isArray(replicas) && replicas.every((replica) =>
      Object.values(this.replicaKeys).some((key) => rendersTo(secret, valueAt(replica, 'KmsKeyId'), key.keyArn)));
  }
}

/** Keeps a secret when the stack drops or replaces it. Applies control `SECRET-RETAIN`. */
export class SecretRetain extends Mixin {
  public supports(construct: IConstruct): construct is secretsmanager.CfnSecret {
    return secretsmanager.CfnSecret.isCfnSecret(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.applyRemovalPolicy(RemovalPolicy.RETAIN);
    guardAgainstUndoing(construct, {
      control: 'SECRET-RETAIN',
      mixin: 'secrets.mixins.SecretRetain',
      demand: "'DeletionPolicy' and 'UpdateReplacePolicy' must be Retain",
      holds: ({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    });
  }
}

/** Has Secrets Manager refuse a policy that lets everybody in. Applies control `SECRET-BLOCK-PUBLIC-POLICY`. */
export class SecretBlockPublicPolicy extends Mixin {
  public supports(construct: IConstruct): construct is secretsmanager.CfnResourcePolicy {
    return secretsmanager.CfnResourcePolicy.isCfnResourcePolicy(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.blockPublicPolicy = true;
    guardAgainstUndoing(construct, {
      control: 'SECRET-BLOCK-PUBLIC-POLICY',
      mixin: 'secrets.mixins.SecretBlockPublicPolicy',
      demand: "'BlockPublicPolicy' must be true",
      holds: ({ Properties }) => Properties?.BlockPublicPolicy === true,
    });
  }
}
