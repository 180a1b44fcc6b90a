import { CfnDeletionPolicy, Names, Stack } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AuditTrailAttributes } from './audit-trail-attributes';
import { AuditTrailProps } from './audit-trail-props';
import { IAuditTrail } from './audit-trail-ref';
import { EventSelectors } from './private/event-selectors';
import { ImportedTrail } from './private/imported-trail';
import { TrailAlarms } from './private/trail-alarms';
import { allowDelivery, createLogRole } from './private/trail-delivery';
import { objectPrefixOf, requireOrganizationId } from './private/trail-keys';
import { TrailInsights } from './trail-insights';
import { Foundation, ServiceKeyGrants } from '../foundation';
import { DataKey } from '../foundation/private/data-key';
import { ConfigurationError, requireMatch } from '../private';
import { EncryptedLogGroup, EvidenceBucket } from '../storage';

/** AWS CloudTrail User Guide, "Naming requirements for CloudTrail resources, Amazon S3 buckets, and KMS keys". */
const TRAIL_NAME = /^(?=.{3,128}$)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;

/**
 * A record of who did what in an account or an organization: of every Region, tamper-proof, watched.
 *
 * It records each call that manages resources, those of AWS KMS included, each reading of the record itself, calls that a VPC endpoint denied, and
 * what is done with the data that it is told to record. Files are signed by CloudTrail and kept in a bucket that nobody can change; events also go
 * to a log group, which detections read. Both have a key that encrypts nothing else. Alarms go off when either falls silent.
 *
 * An account needs one, in one Region. It outlives the stack: deleting that does not end the record.
 *
 * @example
 * declare const landing: storage.LandingBucket;
 * declare const payments: storage.IntegrationTable;
 * const trail = new audit.AuditTrail(this, 'Trail', { buckets: [landing.bucket] });
 * trail.recordTable(payments.table);
 */
export class AuditTrail extends Construct implements IAuditTrail {
  /** Refers to a trail that is there already, such as that of an organization or a landing zone. Nothing of it is changed. */
  public static fromTrailAttributes(scope: Construct, id: string, attributes: AuditTrailAttributes): IAuditTrail {
    return new ImportedTrail(scope, id, attributes);
  }

  public readonly trailArn: string;
  public readonly bucket: s3.IBucket;
  public readonly objectPrefix: string;
  public readonly logGroup: logs.ILogGroup;
  public readonly encryptionKey?: kms.IKey;
  public readonly organizationId?: string;

  /** Name of the trail. */
  public readonly trailName: string;

  private readonly evidence: EvidenceBucket;
  private readonly selectors: EventSelectors;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);

    const { endpointServices = ['kms', 's3', 'secretsmanager'], insights, logRetention = logs.RetentionDays.THIRTEEN_MONTHS } = props;
    this.trailName = props.trailName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    requireMatch(this, 'trailName', this.trailName, TRAIL_NAME, 'from 3 to 128 letters, digits and single . _ or - between them', "write for example 'audit-trail'");
    requireOrganizationId(this, props.organizationId);
    for (const service of endpointServices) {
      requireMatch(this, 'endpointServices', service, /^[a-z0-9-]+$/, 'the first part of an event source', "write for example 'kms'");
    }
    this.requireYear(logRetention);

    const foundation = props.foundation ?? Foundation.of(this);
    this.organizationId = props.organizationId;
    this.objectPrefix = objectPrefixOf(props.organizationId);
    this.trailArn = Stack.of(this).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: this.trailName });
    const encryptionKey = props.encryptionKey ?? new DataKey(this, 'Key', { description: `Encrypts the trail ${this.node.path}`, services: ['s3'] });
    this.encryptionKey = encryptionKey;
    ServiceKeyGrants.of(encryptionKey).cloudtrail(this.trailArn);

    this.evidence = new EvidenceBucket(this, 'Bucket', { foundation, encryptionKey, retention: props.retention });
    this.bucket = this.evidence.bucket;
    allowDelivery(this.evidence, this.trailArn, props.organizationId);
    const log = new EncryptedLogGroup(this, 'Log', { foundation, encryptionKey, retention: logRetention });
    this.logGroup = log.logGroup;
    const logRole = createLogRole(this, log);

    this.selectors = new EventSelectors(this, this.bucket.arnForObjects(''), endpointServices);
    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName: this.trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      isOrganizationTrail: props.organizationId === undefined ? undefined : true,
      enableLogFileValidation: true,
      kmsKeyId: encryptionKey.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: logRole.roleArn,
      advancedEventSelectors: this.selectors.render(),
      insightSelectors: insights && insightSelectors(insights),
    });
    // CloudTrail tries both ways of delivery when the trail is made.
    trail.node.addDependency(this.evidence, logRole);
    // Deleting the stack must not end the record; one that another replaces must not go on beside it.
    trail.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    trail.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
    new TrailAlarms(this, 'Alarms', { foundation, bucket: this.bucket, objectPrefix: this.objectPrefix, log, insights: insights !== undefined });

    for (const bucket of props.buckets ?? []) this.recordBucket(bucket);
    for (const table of props.tables ?? []) this.recordTable(table);
    for (const handler of props.functions ?? []) this.recordFunction(handler);
  }

  /**
   * Records what is done with the objects of a bucket.
   *
   * @param prefix start of the keys that count; by default each object does
   */
  public recordBucket(bucket: s3.IBucket, prefix: string = ''): void {
    if (bucket === this.bucket) {
      throw new ConfigurationError(this, "'bucket' must be another than the trail's own, got that; reading it is recorded already, and recording each delivery never ends");
    }
    this.selectors.record('buckets', bucket.arnForObjects(prefix));
  }

  /** Records what is done with the items of a table, and with its stream, in its own Region. */
  public recordTable(table: dynamodb.ITable): void {
    this.selectors.record('tables', table.tableArn);
  }

  /** Records each invocation of a function, and of all of its versions where one of them or an alias is given. */
  public recordFunction(handler: lambda.IFunction): void {
    // Events name the function, and have the version or alias in the parameters of the request: the ARN of an alias alone would select none.
    if ('lambda' in handler) this.selectors.record('functions', (handler as lambda.IVersion).lambda.functionArn);
    this.selectors.record('functions', handler.functionArn);
  }

  /** Lets `grantee` list and read the files. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.evidence.grantRead(grantee, this.objectPrefix);
  }

  private requireYear(retention: logs.RetentionDays): void {
    if (retention < logs.RetentionDays.ONE_YEAR) {
      throw new ConfigurationError(this, `'logRetention' must be at least ONE_YEAR, got ${retention} days; PCI DSS 4.0.1, 10.5.1, asks for twelve months of history`);
    }
  }
}

function insightSelectors(insights: TrailInsights): cloudtrail.CfnTrail.InsightSelectorProperty[] {
  const eventCategories = insights === TrailInsights.MANAGEMENT ? ['Management'] : ['Management', 'Data'];
  return ['ApiCallRateInsight', 'ApiErrorRateInsight'].map((insightType) => ({ insightType, eventCategories }));
}
