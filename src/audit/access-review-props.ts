import { Duration, Size } from 'aws-cdk-lib';
import { IAuditTrail } from './audit-trail-ref';
import { ReviewQuestion } from './review-question';
import { IFoundation } from '../foundation';
import { EvidenceBucket } from '../storage';

/** Properties of an `AccessReview`. */
export interface AccessReviewProps {
  /** Whose events are reviewed. Its log group has to be in the account and Region of the review. */
  readonly trail: IAuditTrail;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Where reports and acknowledgements are kept. Several reviews may share one.
   *
   * @default - one is created, which keeps them for 400 days
   */
  readonly evidence?: EvidenceBucket;

  /**
   * Name of the review in reports, keys and OpsItems. Another name begins another chain of reports.
   *
   * @default - made of the path of the construct
   */
  readonly reviewName?: string;

  /**
   * How much time one report is about, from 1 to 31 days; it ends at midnight UTC, of 7 days on a Sunday.
   *
   * PCI DSS 4.0.1, 10.4.1, asks for daily reviews.
   *
   * @default Duration.days(1)
   */
  readonly every?: Duration;

  /**
   * How long after the end of a report somebody has to have acknowledged it, from 1 to 31 days. Then an alarm goes off until somebody does.
   *
   * @default Duration.days(3)
   */
  readonly acknowledgeWithin?: Duration;

  /**
   * How long after its time an event may reach the log group and still be reported, from 1 hour to 14 days. Each question searches so much more of the
   * log.
   *
   * @default Duration.days(1)
   */
  readonly lateEvents?: Duration;

  /**
   * Questions beside those of the catalog, eight at most.
   *
   * @default - those of the catalog alone
   */
  readonly questions?: ReviewQuestion[];

  /**
   * Accounts whose files Athena searches. Those of an organization have to be named.
   *
   * @default - the account of the stack
   */
  readonly athenaAccounts?: string[];

  /**
   * Regions whose files Athena searches.
   *
   * @default - every commercial Region that the CDK knows
   */
  readonly athenaRegions?: string[];

  /**
   * What one query of Athena may scan, from 10 MiB; it is cancelled beyond.
   *
   * @default Size.gibibytes(100)
   */
  readonly athenaScanLimit?: Size;
}
