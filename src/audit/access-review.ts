import { ArnFormat, Duration, Names, Size, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AccessReviewProps } from './access-review-props';
import { opsItems, ReviewDigest } from './private/review-digest';
import { ScheduledQuestions } from './private/scheduled-questions';
import { TrailSearch } from './private/trail-search';
import { Question } from '../formats/review-question';
import { REVIEW_QUESTIONS } from '../formats/review-questions';
import { DataDomain, Foundation } from '../foundation';
import { ConfigurationError, requireDays, requireInteger, requireMatch } from '../private';
import { EvidenceBucket, LandingBucket } from '../storage';

/** An environment may have 4 KB in all (AWS Lambda Developer Guide, "Lambda quotas"). */
const MAX_OWN_QUESTIONS = 8;
const MAX_OWN_BYTES = 2500;

/**
 * A regular review of who did what, that somebody does: a report of each day, which somebody other than those in its findings has to acknowledge.
 *
 * Each report answers a list of questions from the log group of a trail, names the hash of the one before it, and is kept in a bucket where nobody
 * can change it. An OpsItem is open until somebody resolves it; who resolved it is kept, too. Alarms go off when a report is missing or not
 * acknowledged in time. Events count by when they reached the log group, so that each is in one report, if it came within
 * `lateEvents`.
 *
 * Athena answers the same questions of the files of the trail, as far back as those go. What would be a finding CloudWatch Logs asks by itself, too,
 * in scheduled queries.
 *
 * Each question searches the log of two days, one of them of 31, which costs by the gigabyte. Evidence, results, keys and logs outlive the stack.
 *
 * @example
 * declare const trail: audit.IAuditTrail;
 * declare const reviewer: iam.IRole;
 * const review = new audit.AccessReview(this, 'Review', { trail });
 * review.grantAcknowledge(reviewer);
 */
export class AccessReview extends Construct {
  /** Where reports and acknowledgements are kept. */
  public readonly evidence: EvidenceBucket;

  /** Name of the review in reports, keys and OpsItems. */
  public readonly reviewName: string;

  /** The function that digests the trail. */
  public readonly digestFunction: lambda.IFunction;

  /** Where results of Athena and of scheduled queries are, for 90 days. */
  public readonly results: LandingBucket;

  /** Work group of Athena in which the trail is searched. */
  public readonly workGroupName: string;

  /** Alarms on the review. */
  public readonly alarms: cloudwatch.Alarm[];

  private readonly digest: ReviewDigest;
  private readonly search: TrailSearch;

  constructor(scope: Construct, id: string, props: AccessReviewProps) {
    super(scope, id);

    const { trail, every = Duration.days(1), acknowledgeWithin = Duration.days(3), lateEvents = Duration.days(1) } = props;
    requireDays(this, 'every', every, 1, 31);
    requireDays(this, 'acknowledgeWithin', acknowledgeWithin, 1, 31);
    this.requireHours(lateEvents);
    this.reviewName = props.reviewName ?? Names.uniqueResourceName(this, { maxLength: 60, separator: '-' });
    requireMatch(this, 'reviewName', this.reviewName, /^[A-Za-z0-9][\w.-]{0,99}$/, 'letters, digits, dots, hyphens and underscores, 100 at most',
      "write for example 'daily-review'");
    const scanLimit = props.athenaScanLimit ?? Size.gibibytes(100);
    requireInteger(this, 'athenaScanLimit', scanLimit.toBytes(), Size.mebibytes(10).toBytes(), Number.MAX_SAFE_INTEGER);
    const own = this.ownQuestions(props);
    const accounts = this.accountsOf(props);

    const foundation = props.foundation ?? Foundation.of(this);
    this.evidence = props.evidence ?? new EvidenceBucket(this, 'Evidence', { foundation });
    this.results = new LandingBucket(this, 'Results', { foundation, encryptionKey: foundation.key(DataDomain.AUDIT) });
    const logGroupArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: trail.logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.digest = new ReviewDigest(this, 'Digest', {
      foundation,
      reviewName: this.reviewName,
      logGroupArn,
      evidence: this.evidence,
      every,
      acknowledgeWithin,
      lateEvents,
      catalog: REVIEW_QUESTIONS.map((question) => question.id),
      own,
      name: this.node.path,
    });
    const questions = [...REVIEW_QUESTIONS, ...own];
    new ScheduledQuestions(this, 'Scheduled', {
      foundation,
      reviewName: this.reviewName,
      logGroupArn,
      logKey: trail.encryptionKey ?? foundation.key(DataDomain.AUDIT),
      results: this.results,
      questions: questions.filter(({ finding }) => finding),
    });
    this.search = new TrailSearch(this, 'Search', { trail, results: this.results, questions, accounts, regions: props.athenaRegions, scanLimit });
    this.digestFunction = this.digest.function;
    this.workGroupName = this.search.workGroupName;
    this.alarms = this.digest.alarms.alarms;
  }

  /** Lets `grantee` read reports, and resolve the OpsItems of the account: Systems Manager makes up their ids. */
  public grantAcknowledge(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['ssm:GetOpsItem', 'ssm:UpdateOpsItem'], resourceArns: [opsItems(this)] })
      .combine(iam.Grant.addToPrincipal({ grantee, actions: ['ssm:DescribeOpsItems'], resourceArns: ['*'] }))
      .combine(this.evidence.grantRead(grantee, this.digest.prefix));
  }

  /** Lets `grantee` search the trail in Athena: all of it, whatever the questions. */
  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return this.search.grantQuery(grantee);
  }

  private ownQuestions({ questions = [] }: AccessReviewProps): readonly Question[] {
    const own = questions.map((question) => question._bind(this));
    requireInteger(this, 'questions', own.length, 0, MAX_OWN_QUESTIONS);
    const ids = [...REVIEW_QUESTIONS, ...own].map((question) => question.id);
    const twice = ids.find((each, index) => ids.indexOf(each) !== index);
    if (twice !== undefined) {
      throw new ConfigurationError(this, `'questions' must be named once each, got ${twice} twice; choose another name than those of the catalog`);
    }
    const bytes = Buffer.byteLength(JSON.stringify(own));
    if (bytes > MAX_OWN_BYTES) {
      throw new ConfigurationError(this, `'questions' must have ${MAX_OWN_BYTES} bytes in all, got ${bytes}; ask less, or in a review of its own`);
    }
    return own;
  }

  private accountsOf({ trail, athenaAccounts }: AccessReviewProps): string[] {
    const accounts = athenaAccounts ?? (trail.organizationId === undefined ? [Stack.of(this).account] : []);
    if (accounts.length === 0) {
      throw new ConfigurationError(this, "'athenaAccounts' must name the accounts of the organization to search, got none; name at least one");
    }
    for (const account of accounts) requireMatch(this, 'athenaAccounts', account, /^\d{12}$/, 'ids of accounts', "write for example '111122223333'");
    return accounts;
  }

  private requireHours(lateEvents: Duration): void {
    if (Token.isUnresolved(lateEvents)) return;
    const hours = lateEvents.toHours({ integral: false });
    if (!Number.isInteger(hours) || hours < 1 || hours > 336) {
      throw new ConfigurationError(this, `'lateEvents' must be between 1 hour and 14 days, got ${hours} hours; CloudWatch Logs takes no older event`);
    }
  }
}
