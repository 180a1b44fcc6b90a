import { Duration } from 'aws-cdk-lib';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IncidentRegime } from './incident-regime';
import { Authorization, IntegrationApi } from '../api';
import { IFoundation } from '../foundation';
import { EvidenceBucket } from '../storage';

/** Who is paged if nobody acknowledges an incident. */
export interface EscalationLevel {
  /** Topic that the pages go to. Give it subscribers who wake somebody up. One that is imported needs its key, `fromTopicAttributes({ keyArn })`. */
  readonly topic: sns.ITopic;

  /** After the report, in whole minutes. The first level is paged at 0 minutes as a rule. */
  readonly after: Duration;
}

/** How staff report by e-mail. */
export interface MailReports {
  /**
   * Addresses that reports are sent to, such as `incidents@report.example.com`.
   *
   * The domain has to be verified in Amazon SES, and its MX record has to name the inbound endpoint of the Region, one that receives mail.
   */
  readonly recipients: string[];

  /** Domains that staff write from. Mail that DMARC does not prove to come from one of them is no report. */
  readonly senderDomains: string[];

  /** Rule set that gets the rule. One rule set of the account's Region is active, and CloudFormation cannot make it so. */
  readonly ruleSet: ses.IReceiptRuleSet;
}

/** Properties of an `IncidentIntake`. */
export interface IncidentIntakeProps {
  /** API that gets the routes. */
  readonly api: IntegrationApi;

  /** Laws and contracts whose clocks each report starts. Responders dismiss what does not apply, and say why. */
  readonly regimes: IncidentRegime[];

  /** Who may read incidents and act on them. With tokens, they need a scope that is enough for no reporter. */
  readonly responders: Authorization;

  /**
   * Who may report. Let it be anybody on the staff.
   *
   * @default - whom the API lets call
   */
  readonly reporters?: Authorization;

  /**
   * Path of the routes, without parameters.
   *
   * @default '/incidents'
   */
  readonly path?: string;

  /**
   * Who is paged, from the first level to the last, each later than the one before.
   *
   * @default - the foundation's alert topic at once, and again after 15 minutes
   */
  readonly escalation?: EscalationLevel[];

  /**
   * How often the last level is paged again until somebody acknowledges, from 5 minutes to a day.
   *
   * @default Duration.hours(1)
   */
  readonly repeatEvery?: Duration;

  /**
   * How long before each deadline the first level is warned, from a minute to 60 days.
   *
   * @default - 7 days, 24 hours and 4 hours, as far as the period is longer
   */
  readonly warnBefore?: Duration[];

  /**
   * Reports by e-mail.
   *
   * @default - none
   */
  readonly mail?: MailReports;

  /**
   * Bucket that keeps a copy of everything that happened to each incident. The text of a report is never in it.
   *
   * @default - a bucket for that alone is created
   */
  readonly evidence?: EvidenceBucket;

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;
}
