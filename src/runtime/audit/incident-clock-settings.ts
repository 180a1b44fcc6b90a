import type { EscalationLevel, PagePlan } from './page-plan';
import { bucketName, Environment, list, matching, tableName, whole } from '../shared/environment';

/** What the clock looks at, whom it tells, and where it keeps what happened. */
export interface ClockSettings {
  readonly table: string;
  readonly evidenceBucket: string;
  readonly evidencePrefix: string;
  readonly plan: PagePlan;
}

const TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:[\w.-]{1,256}$/;

/** Up to and including a slash. */
const PREFIX = /^[\w/-]{1,200}\/$/;

const MAX_SECONDS = 366 * 24 * 60 * 60;

/**
 * Reads `TABLE_NAME`, `EVIDENCE_BUCKET`, `EVIDENCE_PREFIX`, `LEVELS`, `REPEAT_SECONDS` and `WARN_SECONDS`; throws, saying what is wrong, so that
 * the function does not start.
 */
export function parseClockSettings(environment: Environment): ClockSettings {
  const levels = list(environment, 'LEVELS', isLevel, 'levels, each with topicArn and afterSeconds');
  if (levels.length === 0) throw new Error('LEVELS must name one level at least');
  return {
    table: tableName(environment),
    evidenceBucket: bucketName(environment, 'EVIDENCE_BUCKET'),
    evidencePrefix: matching(environment, 'EVIDENCE_PREFIX', PREFIX, 'the start of keys that ends in a slash'),
    plan: {
      levels: levels.map(({ topicArn, afterSeconds }): EscalationLevel => ({ topicArn, afterMilliseconds: afterSeconds * 1000 })),
      repeatMilliseconds: whole(environment, 'REPEAT_SECONDS', 60, MAX_SECONDS) * 1000,
      warnMilliseconds: list(environment, 'WARN_SECONDS', isSeconds, 'seconds').map((seconds) => seconds * 1000),
    },
  };
}

interface Level { readonly topicArn: string; readonly afterSeconds: number }

function isLevel(value: unknown): value is Level {
  const { topicArn, afterSeconds } = Object(value ?? {}) as Partial<Level>;
  return typeof topicArn === 'string' && TOPIC_ARN.test(topicArn) && isSeconds(afterSeconds);
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SECONDS;
}
