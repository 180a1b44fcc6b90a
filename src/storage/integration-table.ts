import { RemovalPolicy, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataDomain, Foundation, IFoundation, ServiceKeyGrants } from '../foundation';
import { acknowledge, ConfigurationError } from '../private';

/** `Scan` is missing on purpose: reading everything is not the task of an integration. */
const READ_ACTIONS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem', 'dynamodb:DescribeTable'];
const WRITE_ACTIONS = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:DescribeTable'];

/** An action without a wildcard. */
const SINGLE_ACTION = /^dynamodb:[A-Za-z]+$/;

/** Properties of an `IntegrationTable`. */
export interface IntegrationTableProps {
  /** Attribute that says in which partition an item is. */
  readonly partitionKey: dynamodb.Attribute;

  /**
   * Attribute that orders the items of a partition.
   *
   * @default - each partition has one item
   */
  readonly sortKey?: dynamodb.Attribute;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Key that encrypts every item, index, stream and backup.
   *
   * @default - the foundation's key for data
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Attribute with the second since the Unix epoch from which an item may be deleted. DynamoDB does so within a few days.
   *
   * @default - items do not expire
   */
  readonly timeToLiveAttribute?: string;

  /**
   * What the table's stream tells of each change.
   *
   * @default - the table has no stream
   */
  readonly stream?: dynamodb.StreamViewType;
}

/**
 * A table of an integration: encrypted, paid by request, restorable to each second of the last 35 days, protected against deletion.
 *
 * It outlives the stack. It lives in one Region: the resource type of tables in several Regions is another one, which most scanners,
 * cdk-nag among them, do not judge.
 *
 * @example
 * declare const worker: iam.IRole;
 * const deliveries = new storage.IntegrationTable(this, 'Deliveries', {
 *   partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
 *   timeToLiveAttribute: 'expires',
 * });
 * deliveries.grantReadWrite(worker);
 */
export class IntegrationTable extends Construct {
  /** The underlying table, for whatever this construct does not cover. */
  public readonly table: dynamodb.ITable;

  /** Key that encrypts the table. */
  public readonly encryptionKey: kms.IKey;

  private readonly resource: dynamodb.Table;

  constructor(scope: Construct, id: string, props: IntegrationTableProps) {
    super(scope, id);

    this.encryptionKey = props.encryptionKey ?? (props.foundation ?? Foundation.of(this)).key(DataDomain.DATA);
    // Whoever deploys the table lets DynamoDB make the grants that it keeps the table with; no other statement covers the deployment.
    ServiceKeyGrants.of(this.encryptionKey).dynamodb();

    this.resource = new dynamodb.Table(this, 'Resource', {
      partitionKey: props.partitionKey,
      sortKey: props.sortKey,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      timeToLiveAttribute: props.timeToLiveAttribute,
      stream: props.stream,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = this.resource;

    for (const pack of ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5']) {
      acknowledge(this.resource, pack, `${pack}-DynamoDBInBackupPlan`,
        'the table can be restored to each second of the last 35 days, refuses to be deleted, and outlives its stack; plans of AWS Backup select resources by tag for a whole account, outside of this stack');
    }
  }

  /** Adds a global secondary index; the grants of this construct cover it, whenever they were made. */
  public addIndex(index: dynamodb.GlobalSecondaryIndexProps): void {
    this.resource.addGlobalSecondaryIndex(index);
  }

  /**
   * Lets `grantee` do single things and use the key, for example `grant(handler, 'dynamodb:PutItem')`: less than the grants below, which are
   * made for a general reader or writer.
   *
   * @param actions actions of DynamoDB, spelled out
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    const unfit = actions.filter((action) => !Token.isUnresolved(action) && !SINGLE_ACTION.test(action));
    if (actions.length === 0 || unfit.length > 0) {
      throw new ConfigurationError(this,
        `'actions' must be single actions of DynamoDB, got ${unfit.join(', ') || 'none'}; spell out what the grantee does, such as dynamodb:PutItem`);
    }
    return this.grantWithKey(grantee, actions);
  }

  /** Lets `grantee` get and query items, in the table and its indexes. Not `Scan`: who needs it has `grant(grantee, 'dynamodb:Scan')`. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.grantWithKey(grantee, READ_ACTIONS);
  }

  /** Lets `grantee` put, update and delete items. */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grantWithKey(grantee, WRITE_ACTIONS);
  }

  /** Lets `grantee` get, query, put, update and delete items. */
  public grantReadWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grantWithKey(grantee, [...new Set([...READ_ACTIONS, ...WRITE_ACTIONS])]);
  }

  /**
   * The key's part is decryption alone, for writers too: DynamoDB decrypts the table key on behalf of the caller, and generates it by a grant
   * of its own ("Amazon DynamoDB Developer Guide", "Encryption at rest: usage notes").
   */
  private grantWithKey(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return this.resource.grant(grantee, ...actions).combine(this.encryptionKey.grantDecrypt(grantee));
  }
}
