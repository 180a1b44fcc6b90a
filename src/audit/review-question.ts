import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isQuestion, Question, QUERY_TEXT } from '../formats/review-question';
import { isTrailField, TRAIL_FIELDS } from '../formats/trail-fields';
import { ConfigurationError, requireDays, requireMatch } from '../private';

/** What a `ReviewQuestion` asks. */
export interface ReviewQuestionOptions {
  /** The question, as a report prints it, for example `Who exported customers?`; 200 letters at most. */
  readonly title: string;

  /** Service whose events it is about, for example `dynamodb.amazonaws.com`. */
  readonly eventSource: string;

  /** Names of the events that it is about, for example `ExportTableToPointInTime`. */
  readonly eventNames: string[];

  /**
   * Fields by which answers are apart, eight at most, for example `requestParameters.tableName`. An error names the fields that there are.
   *
   * @default - who, from which address
   */
  readonly groupBy?: string[];

  /**
   * Whether any answer is a finding: somebody has to account for it, and cannot acknowledge a report in which they are. `groupBy` then has
   * `userIdentity.arn`.
   *
   * @default false
   */
  readonly isFinding?: boolean;

  /**
   * Asks only what happens for the first time in so many days, from 1 to 90. It searches as many days of the log each time, which costs accordingly.
   *
   * @default - everything that happens is asked
   */
  readonly newWithin?: Duration;
}

/**
 * A question of an access review, beside those of the catalog.
 *
 * @example
 * const exports = audit.ReviewQuestion.of('table-exports', {
 *   title: 'Who exported tables?',
 *   eventSource: 'dynamodb.amazonaws.com',
 *   eventNames: ['ExportTableToPointInTime'],
 *   groupBy: ['userIdentity.arn', 'resources.0.ARN'],
 *   isFinding: true,
 * });
 */
export class ReviewQuestion {
  /**
   * A question about events of one service.
   *
   * @param id name of the question in reports: lower-case letters, digits and hyphens, 40 at most
   */
  public static of(id: string, options: ReviewQuestionOptions): ReviewQuestion {
    return new ReviewQuestion(id, options);
  }

  private constructor(private readonly id: string, private readonly options: ReviewQuestionOptions) {}

  /**
   * The question as the function reads it.
   *
   * @internal
   */
  public _bind(scope: IConstruct): Question {
    const { title, eventSource, eventNames, groupBy = ['userIdentity.arn', 'sourceIPAddress'], isFinding = false, newWithin } = this.options;
    requireMatch(scope, 'id', this.id, /^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, 40 at most', "write for example 'table-exports'");
    requireMatch(scope, 'title', title, /^[^\n]{1,200}$/, 'one line of 200 letters at most', 'shorten the question');
    for (const text of [eventSource, ...eventNames]) {
      requireMatch(scope, 'eventNames', text, QUERY_TEXT, 'names as CloudTrail writes them', "write for example 'GetObject'");
    }
    for (const field of groupBy) {
      if (!isTrailField(field)) {
        throw new ConfigurationError(scope, `'groupBy' must be fields that a report may have, got '${field}'; choose among ${TRAIL_FIELDS.join(', ')}`);
      }
    }
    if (isFinding && !groupBy.includes('userIdentity.arn')) {
      throw new ConfigurationError(scope,
        `'groupBy' of a finding must have userIdentity.arn, got ${groupBy.join(', ')}; without it whoever is in a finding could acknowledge it`);
    }
    if (newWithin) requireDays(scope, 'newWithin', newWithin, 1, 90);
    const question: unknown = {
      id: this.id,
      title,
      finding: isFinding,
      where: { all: [{ field: 'eventSource', is: [eventSource] }, { field: 'eventName', is: eventNames }] },
      by: groupBy,
      ...newWithin && { newWithinDays: newWithin.toDays() },
    };
    if (!isQuestion(question)) throw new ConfigurationError(scope, `'questions' must name events and up to eight fields, got ${this.id}; name at least one of each`);
    return question;
  }
}
