import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allStreams } from './scheduled-questions';
import { Question } from '../../formats/review-question';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { DeadLetterQueue, EvidenceBucket } from '../../storage';

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** How long the events of a window are waited for, until a search finds them. */
const SETTLE_MINUTES = 30;

/** Systems Manager makes up the ids of OpsItems; they begin so (AWS Systems Manager API Reference, `OpsItem`). */
export function opsItems(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'ssm', resource: 'opsitem', resourceName: 'oi-*' });
}

/** Properties of a `ReviewDigest`. */
export interface ReviewDigestProps {
  readonly foundation: IFoundation;
  readonly reviewName: string;
  /** Without the `:*` at its end. */
  readonly logGroupArn: string;
  readonly evidence: EvidenceBucket;
  readonly every: Duration;
  readonly acknowledgeWithin: Duration;
  readonly lateEvents: Duration;
  /** Names of questions of the catalog. */
  readonly catalog: readonly string[];
  readonly own: readonly Question[];
  /** The review as descriptions name it. */
  readonly name: string;
}

/** Writes the reports of a review, and sees to it that they are acknowledged. */
export class ReviewDigest extends HandlerConstruct {
  public readonly alarms: OutcomeAlarms;
  /** Start of the keys of what the review keeps. */
  public readonly prefix: string;

  constructor(scope: Construct, id: string, props: ReviewDigestProps) {
    const { foundation, evidence, name } = props;
    const undelivered = new DeadLetterQueue(scope, 'Undelivered', { foundation });
    const prefix = `access-reviews/${props.reviewName}/`;
    super(scope, id, {
      foundation,
      bundle: 'audit/digest',
      description: 'Digests a trail into reports that somebody has to acknowledge',
      environment: {
        REVIEW_NAME: props.reviewName,
        LOG_GROUP_ARN: props.logGroupArn,
        EVIDENCE_BUCKET: evidence.bucket.bucketName,
        EVIDENCE_PREFIX: prefix,
        EVERY_DAYS: String(props.every.toDays()),
        SETTLE_MINUTES: String(SETTLE_MINUTES),
        LATE_HOURS: String(props.lateEvents.toHours()),
        ACKNOWLEDGE_DAYS: String(props.acknowledgeWithin.toDays()),
        QUESTIONS: JSON.stringify(props.catalog),
        OWN_QUESTIONS: JSON.stringify(props.own),
      },
      timeout: Duration.minutes(15),
      // Two at once would ask the same, and one of them find its report written.
      reservedConcurrentExecutions: 1,
      undelivered,
      namesNoResource: 'Systems Manager makes and searches OpsItems, CloudWatch Logs ends queries',
    });
    this.prefix = prefix;
    this.allowEvidence(evidence);
    this.allowQueries(props.logGroupArn);
    this.allowItems();
    runRegularly(this, 'Hourly', HOUR, this.function, undelivered, { description: 'Has a trail digested, and reports acknowledged', task: 'review' });
    runRegularly(this, 'Daily', DAY, this.function, undelivered, { description: 'Has the chain of reports followed', task: 'verify' });
    this.alarms = this.watch(foundation, name);
  }

  private allowEvidence(evidence: EvidenceBucket): void {
    const { bucket, encryptionKey } = evidence;
    const objects = bucket.arnForObjects(`${this.prefix}*`);
    evidence.grantRecord(this.role, this.prefix);
    this.allow(['s3:GetObject'], objects);
    this.acknowledge('the function keeps the reports of one review below one prefix', objects);
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: { StringEquals: { 's3:prefix': this.prefix } },
    }));
    encryptionKey.grant(this.role, 'kms:Decrypt');
  }

  private allowQueries(logGroupArn: string): void {
    const streams = allStreams(logGroupArn);
    this.allow(['logs:GetQueryResults', 'logs:StartQuery'], streams);
    this.acknowledge('a policy names one log group with all its streams', streams);
    this.allow(['logs:StopQuery'], '*'); // takes no resource (Service Authorization Reference)
  }

  private allowItems(): void {
    const items = opsItems(this);
    this.allow(['ssm:CreateOpsItem', 'ssm:DescribeOpsItems'], '*'); // take no resource (Service Authorization Reference)
    this.allow(['ssm:GetOpsItem', 'ssm:UpdateOpsItem'], items);
    this.acknowledge('Systems Manager makes up the ids of OpsItems, so that those of reports are known only once they are there', items);
  }

  /** Says to other rule packs why a resource has a wildcard. */
  private acknowledge(reason: string, resource: string): void {
    acknowledgeInPacks(this.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions', reason, `Resource::${spelledInPacks(Stack.of(this), resource)}`);
  }

  private watch(foundation: IFoundation, name: string): OutcomeAlarms {
    const alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: 'SecureIntegrations/Audit', name });
    const hourly = { period: HOUR };
    // Runs are not on the minute: an hour without one does not end what lasts.
    const lasting = { evaluationPeriods: 2 };
    alarms.alarm('Overdue', alarms.outcomes(this, 'OverdueReviews', 'overdue').with(hourly),
      'nobody has acknowledged a report in time. Read it, see to what it found, and resolve its OpsItem; the log of the function names both.', lasting);
    alarms.alarm('Missing', alarms.outcomes(this, 'MissingDigests', 'digest-missing').with(hourly),
      'the report of a time is missing, whose next is due. Read in the log of the function which questions are not answered, and why.', lasting);
    alarms.alarm('NotCounted', alarms.outcomes(this, 'ResolutionsNotCounted', 'not-counted'),
      'a report was acknowledged by somebody who is in its findings, by the function itself or by the root user; its OpsItem is open again. Ask who and why.');
    alarms.alarm('BrokenChain', alarms.outcomes(this, 'BrokenChains', 'broken-chain'),
      'a report is not one that this review wrote, or does not follow on the one before it. Find out from the trail who wrote it.');
    alarms.alarm('Fault', alarms.outcomes(this, 'Faults', 'fault'), 'a run failed in part and is made up for by the next. Read why in the log of the function.');
    alarms.alarm('Error', alarms.ofFunction(this, 'Errors'), 'the function failed as a whole. Read why in its log; the next run makes up for it.');
    alarms.unattended('Unattended', alarms.outcomes(this, 'Runs', 'reviewed').with(hourly), 3,
      'no run has ended well for three hours, so that nothing is reviewed. See whether the rule of the function is enabled and its dead-letter queue empty.');
    alarms.unattended('Unverified', alarms.outcomes(this, 'Verifications', 'verified').with({ period: DAY }), 2,
      'nothing has followed the chain of reports for two days. See whether the rule of the function is enabled and its dead-letter queue empty.');
    return alarms;
  }
}
