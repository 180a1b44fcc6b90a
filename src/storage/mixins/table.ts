import { Mixin, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { amended, ConfigurationError, guardAgainstUndoing, RenderedResource, rendersTo, valueAt } from '../../private';

type Replica = dynamodb.CfnGlobalTable.ReplicaSpecificationProperty;

/**
 * Encrypts a table with customer-managed keys. Applies control `TABLE-CMK`.
 *
 * DynamoDB uses the key on behalf of whoever reads or writes: grant them its use too, as an L2 does only for the key that it was given.
 *
 * @example
 * new dynamodb.CfnGlobalTable(this, 'Orders', tableProps).with(new storage.mixins.TableEncryption(key));
 */
export class TableEncryption extends Mixin {
  /**
   * @param key the key that encrypts a table, or the replica of a global table in the region of the stack
   * @param replicaKeys the keys of the other replicas of a global table, by region
   */
  constructor(private readonly key: kms.IKey, private readonly replicaKeys: { [region: string]: kms.IKey } = {}) {
    super();
  }

  public supports(construct: IConstruct): boolean {
    return isTable(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!isTable(construct)) return;
    if (dynamodb.CfnGlobalTable.isCfnGlobalTable(construct)) {
      construct.sseSpecification = { sseEnabled: true, sseType: 'KMS' };
      amendReplicas(construct, (replica) => ({ ...replica, sseSpecification: { kmsMasterKeyId: this.keyOf(construct, replica).keyArn } }));
    } else {
      construct.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: this.key.keyArn };
    }
    guardAgainstUndoing(construct, {
      control: 'TABLE-CMK',
      mixin: 'storage.mixins.TableEncryption',
      demand: "'SSESpecification' must be enabled and name the key",
      holds: (rendered) => valueAt(rendered.Properties, 'SSESpecification.SSEEnabled') === true
        && settingsOf(construct, rendered, 'SSESpecification.KMSMasterKeyId').every((id) => this.isKey(construct, id)),
    });
  }

  private keyOf(table: dynamodb.CfnGlobalTable, replica: Replica): kms.IKey {
    // A replica names its region as the stack does, by literal or by the pseudo parameter.
    if (rendersTo(table, Stack.of(table).resolve(replica.region), Stack.of(table).region)) return this.key;
    const key = this.replicaKeys[replica.region];
    if (key) return key;
    throw new ConfigurationError(table, `'replicaKeys' must have a key for each replica, got none for '${replica.region}'; a KMS key serves one region`);
  }

  private isKey(table: dynamodb.CfnTable | dynamodb.CfnGlobalTable, id: unknown): boolean {
    return [this.key, ...Object.values(this.replicaKeys)].some((key) => rendersTo(table, id, key.keyArn));
  }
}

/**
 * Lets a table be restored to any second of the last 35 days. Applies control `TABLE-PITR`.
 *
 * A recovery period that the table states is kept. The backups are billed by the size of the table.
 */
export class TablePointInTimeRecovery extends Mixin {
  public supports(construct: IConstruct): boolean {
    return isTable(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!isTable(construct)) return;
    const enable = <T extends object>(specification: T | undefined) => ({ ...specification, pointInTimeRecoveryEnabled: true });
    if (dynamodb.CfnGlobalTable.isCfnGlobalTable(construct)) {
      amendReplicas(construct, ({ pointInTimeRecoverySpecification: before, ...replica }) =>
        ({ ...replica, pointInTimeRecoverySpecification: enable(before as object | undefined) }));
    } else {
      construct.pointInTimeRecoverySpecification = amended<dynamodb.CfnTable.PointInTimeRecoverySpecificationProperty>(
        construct.pointInTimeRecoverySpecification, enable);
    }
    guardAgainstUndoing(construct, {
      control: 'TABLE-PITR',
      mixin: 'storage.mixins.TablePointInTimeRecovery',
      demand: "'PointInTimeRecoveryEnabled' must be true",
      holds: (rendered) => settingsOf(construct, rendered, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled').every((value) => value === true),
    });
  }
}

/** Makes DynamoDB refuse to delete a table until somebody allows it. Applies control `TABLE-DELETION-PROTECTION`. */
export class TableDeletionProtection extends Mixin {
  public supports(construct: IConstruct): boolean {
    return isTable(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!isTable(construct)) return;
    if (dynamodb.CfnGlobalTable.isCfnGlobalTable(construct)) {
      amendReplicas(construct, (replica) => ({ ...replica, deletionProtectionEnabled: true }));
    } else {
      construct.deletionProtectionEnabled = true;
    }
    guardAgainstUndoing(construct, {
      control: 'TABLE-DELETION-PROTECTION',
      mixin: 'storage.mixins.TableDeletionProtection',
      demand: "'DeletionProtectionEnabled' must be true",
      holds: (rendered) => settingsOf(construct, rendered, 'DeletionProtectionEnabled').every((value) => value === true),
    });
  }
}

/** Keeps a table and its items when the stack drops or replaces it. Applies control `TABLE-RETAIN`. */
export class TableRetain extends Mixin {
  public supports(construct: IConstruct): boolean {
    return isTable(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!isTable(construct)) return;
    construct.applyRemovalPolicy(RemovalPolicy.RETAIN);
    guardAgainstUndoing(construct, {
      control: 'TABLE-RETAIN',
      mixin: 'storage.mixins.TableRetain',
      demand: "'DeletionPolicy' and 'UpdateReplacePolicy' must be Retain",
      holds: ({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    });
  }
}

function isTable(construct: IConstruct): construct is dynamodb.CfnTable | dynamodb.CfnGlobalTable {
  return dynamodb.CfnTable.isCfnTable(construct) || dynamodb.CfnGlobalTable.isCfnGlobalTable(construct);
}

/** Changes each replica, those included that an L2 adds later. */
function amendReplicas(table: dynamodb.CfnGlobalTable, change: (replica: Replica) => Replica): void {
  table.replicas = amended<Replica[]>(table.replicas as Replica[], (replicas = []) => replicas.map(change));
}

/** A setting that a table has itself, and a global table on each replica; a list that only deployment tells counts as one that lacks it. */
function settingsOf(table: dynamodb.CfnTable | dynamodb.CfnGlobalTable, { Properties }: RenderedResource, path: string): readonly unknown[] {
  if (dynamodb.CfnTable.isCfnTable(table)) return [valueAt(Properties, path)];
  const replicas = Properties?.Replicas;
  return Array.isArray(replicas) ? replicas.map((replica) => valueAt(replica, path)) : [undefined];
}
