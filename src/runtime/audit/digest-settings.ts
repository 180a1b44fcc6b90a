import { isQuestion, Question } from '../../formats/review-question';
import { REVIEW_QUESTIONS } from '../../formats/review-questions';
import { bucketName, Environment, list, matching, whole } from '../shared/environment';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** What a review is about, and where it is kept. */
export interface DigestSettings {
  /** Names the review among others, in reports and OpsItems. */
  readonly review: string;
  readonly logGroupArn: string;
  readonly evidenceBucket: string;
  /** Start of the keys of all that is kept, with a slash at its end. */
  readonly prefix: string;
  readonly everyDays: number;
  /** How long after the end of a window events are waited for. */
  readonly settleMilliseconds: number;
  readonly lateMilliseconds: number;
  readonly acknowledgeMilliseconds: number;
  readonly questions: readonly Question[];
}

/** The name of a review. */
const REVIEW = /^[A-Za-z0-9][\w.-]{0,99}$/;
const LOG_GROUP_ARN = /^arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:[\w#/.-]{1,512}$/;
const PREFIX = /^[\w/.-]{1,200}\/$/;

/** Reads the environment of the function; throws, saying what is wrong, so that it does not start. */
export function parseDigestSettings(environment: Environment): DigestSettings {
  return {
    review: matching(environment, 'REVIEW_NAME', REVIEW, 'the name of a review'),
    logGroupArn: matching(environment, 'LOG_GROUP_ARN', LOG_GROUP_ARN, 'the ARN of a log group, without :* at its end'),
    evidenceBucket: bucketName(environment, 'EVIDENCE_BUCKET'),
    prefix: matching(environment, 'EVIDENCE_PREFIX', PREFIX, 'the start of keys, with a slash at its end'),
    everyDays: whole(environment, 'EVERY_DAYS', 1, 31),
    settleMilliseconds: whole(environment, 'SETTLE_MINUTES', 5, 1440) * 60_000,
    lateMilliseconds: whole(environment, 'LATE_HOURS', 1, 336) * HOUR,
    acknowledgeMilliseconds: whole(environment, 'ACKNOWLEDGE_DAYS', 1, 31) * DAY,
    questions: [...named(environment), ...list(environment, 'OWN_QUESTIONS', isQuestion, 'questions')],
  };
}

/** Questions of the catalog, by their names: what has to be written down of each would be too much for an environment. */
function named(environment: Environment): readonly Question[] {
  const ids = list(environment, 'QUESTIONS', (entry): entry is string => REVIEW_QUESTIONS.some(({ id }) => id === entry), 'names of questions');
  return REVIEW_QUESTIONS.filter(({ id }) => ids.includes(id));
}
