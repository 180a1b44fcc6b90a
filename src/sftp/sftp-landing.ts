import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { guardIncoming } from './private/incoming-policy';
import { LandingAlarms, landingWidgets } from './private/landing-alarms';
import { LandingEvents } from './private/landing-events';
import { MalwareRouter, MalwareSweep, QUEUE_INDEX } from './private/malware-gate';
import { createScanPlan, ScanRole } from './private/scan-plan';
import { UploadTarget } from './upload-target';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireDays, requireInteger, requireSeconds } from '../private';
import { DeadLetterQueue, IntegrationQueue, IntegrationTable, LandingBucket } from '../storage';

/** Days that a version stays in a `LandingBucket` after it expired or was overwritten, and a week for what S3 does late. */
const AFTER_RETENTION_DAYS = 30 + 7;

/** Properties of an `SftpLanding`. */
export interface SftpLandingProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Where files are told of that were found clean.
   *
   * @default - a queue that is created, `uploads`
   */
  readonly target?: UploadTarget;

  /**
   * How long a file may wait for its scan before an alarm says so, from 5 minutes to 7 days. GuardDuty promises no time: small files take seconds,
   * large ones and archives longer.
   *
   * @default Duration.hours(1)
   */
  readonly scanDeadline?: Duration;

  /**
   * How long an upload is kept, clean or not, from 1 to 3650 days.
   *
   * @default Duration.days(90)
   */
  readonly incomingRetention?: Duration;

  /**
   * How long the clean copy of an upload is kept, from 1 to 3650 days.
   *
   * @default Duration.days(90)
   */
  readonly cleanRetention?: Duration;

  /**
   * How often the release of a clean file is tried before it is left to a person, from 1 to 100: after a minute, twice as long each time, an hour at
   * most.
   *
   * @default 12, which is some six hours
   */
  readonly maxAttempts?: number;

  /**
   * Files that are released at the same time, from 1 to 1000; as many invocations are reserved from the account's concurrency.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;
}

/**
 * Where files of partners arrive: a bucket that is the quarantine, and one that has what Amazon GuardDuty found clean.
 *
 * Exactly the version that was scanned is copied, and told of once it is there; everything else stays, cannot be read, and alerts. A file that is not
 * scanned by a deadline alerts, too. Consumers read the version that an event names, from the clean bucket, and have nothing to do with the other.
 *
 * GuardDuty takes a price for each object and each gigabyte that it scans, and tags cost as those of S3 do; a clean file is stored twice. What it
 * cannot scan, such as an encrypted archive or a file over 100 GB, is never released.
 *
 * Buckets, table and queues outlive the stack.
 *
 * @example
 * declare const consumer: iam.IRole;
 * const landing = new sftp.SftpLanding(this, 'Landing');
 * landing.uploads!.grantConsume(consumer);
 * landing.clean.grantReadDelivered(consumer);
 */
export class SftpLanding extends Construct {
  /** Where partners upload; nobody reads there what was not found clean. Give it to a server as `incoming`. */
  public readonly incoming: LandingBucket;

  /** What was found clean, under the keys that it was uploaded under. */
  public readonly clean: LandingBucket;

  /** The queue of events, where no target was given. */
  public readonly uploads?: IntegrationQueue;

  /** What is known of each version. Written by the functions alone; alarms tell ids, of which it has the keys. */
  public readonly scans: IntegrationTable;

  /** The function that has stuck files released, for operators to invoke with `{ "task": "redrive" }`. */
  public readonly redriveFunction: lambda.Function;

  /** One page on which the landing is seen. */
  public readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, props: SftpLandingProps = {}) {
    super(scope, id);

    const scanDeadline = props.scanDeadline ?? Duration.hours(1);
    const incomingRetention = props.incomingRetention ?? Duration.days(90);
    const cleanRetention = props.cleanRetention ?? Duration.days(90);
    const maxAttempts = props.maxAttempts ?? 12;
    const maxConcurrency = props.maxConcurrency ?? 10;
    requireSeconds(this, 'scanDeadline', scanDeadline, 300, Duration.days(7).toSeconds());
    requireDays(this, 'incomingRetention', incomingRetention, 1, 3650);
    requireDays(this, 'cleanRetention', cleanRetention, 1, 3650);
    // The functions are told sums of it, and numbers of seconds, which deployment cannot compute.
    requireKnown(this, { scanDeadline, incomingRetention });
    requireInteger(this, 'maxAttempts', maxAttempts, 1, 100);
    requireInteger(this, 'maxConcurrency', maxConcurrency, 1, 1000);

    const foundation = props.foundation ?? Foundation.of(this);
    this.incoming = new LandingBucket(this, 'Incoming', { foundation, retention: incomingRetention });
    this.clean = new LandingBucket(this, 'Clean', { foundation, retention: cleanRetention });
    this.scans = this.createScans(foundation);
    if (!props.target) this.uploads = new IntegrationQueue(this, 'Uploads', { foundation });
    const target = (props.target ?? UploadTarget.queue(this.uploads!.queue))._bind(this);

    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    const keepDays = incomingRetention.toDays() + AFTER_RETENTION_DAYS;
    const common = { foundation, incoming: this.incoming, clean: this.clean, scans: this.scans, target, maxAttempts, keepDays, undelivered };
    const router = new MalwareRouter(this, 'Router', maxConcurrency, common);
    const sweep = new MalwareSweep(this, 'Sweep', common);
    this.redriveFunction = sweep.function;

    const scanner = new ScanRole(this, 'Scanner', this.incoming);
    guardIncoming(this.incoming, { scanner: scanner.role, releasers: [router.role, sweep.role] });
    const plan = createScanPlan(this, scanner, this.incoming);
    router.heed(plan, scanDeadline);
    new LandingEvents(this, 'Events', { foundation, bucket: this.incoming.bucket, plan, router: router.function, undelivered });

    const alarms = new LandingAlarms(this, 'Alarms', { foundation, name: this.node.path, router, sweep });
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: Names.uniqueResourceName(this, { maxLength: 200, separator: '-' }), widgets: landingWidgets(alarms),
    });
  }

  /** Lets `grantee`, an operator, have stuck files released. It invokes the function; it reads no file. */
  public grantRedrive(grantee: iam.IGrantable): iam.Grant {
    // The L2 lets every version and alias be invoked as well.
    return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.redriveFunction.functionArn] });
  }

  private createScans(foundation: IFoundation): IntegrationTable {
    const scans = new IntegrationTable(this, 'Scans', {
      foundation, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, timeToLiveAttribute: 'expires',
    });
    scans.addIndex({
      indexName: QUEUE_INDEX,
      partitionKey: { name: 'queue', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'dueAt', type: dynamodb.AttributeType.NUMBER },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
    return scans;
  }
}

function requireKnown(scope: Construct, durations: Readonly<Record<string, Duration>>): void {
  for (const [prop, duration] of Object.entries(durations)) {
    if (!duration.isUnresolved()) continue;
    throw new ConfigurationError(scope, `'${prop}' must be known at synthesis, got an unresolved token; write the duration down`);
  }
}
