import { parseExpires } from './expiry';
import { ABANDONED_AFTER_MILLISECONDS } from './timetable';
import { Environment } from '../shared/environment';
import { tryJson } from '../shared/json-text';

/** How one secret rotates. */
export interface Settings {
  readonly secretArn: string;
  /** How long the previous credential works after the new one is current. */
  readonly overlapMilliseconds: number;
  /** Age at which the current credential is overdue for rotation. */
  readonly maxAgeMilliseconds: number;
  /** From when on nobody may use the credential, in milliseconds since 1970. Whoever checks credentials sees to that; here it is told. */
  readonly expiresAt?: number;
}

const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/;

/** Whole seconds, at most some thirty years. */
const SECONDS = /^[1-9]\d{0,8}$/;

/** API Gateway makes them of lower-case letters and digits. */
const USAGE_PLAN_ID = /^[a-z0-9]{1,64}$/;

/** Reads `SECRET_ARN`, `OVERLAP_SECONDS`, `MAX_AGE_SECONDS` and, if there is one, `EXPIRES`; throws, saying what is wrong, so that the function does not start. */
export function parseSettings(environment: Environment): Settings {
  const secretArn = environment.SECRET_ARN ?? '';
  if (!SECRET_ARN.test(secretArn)) throw new Error('SECRET_ARN must be the complete ARN of a secret');
  const overlapMilliseconds = milliseconds(environment, 'OVERLAP_SECONDS');
  const maxAgeMilliseconds = milliseconds(environment, 'MAX_AGE_SECONDS');
  if (maxAgeMilliseconds <= overlapMilliseconds + ABANDONED_AFTER_MILLISECONDS) {
    throw new Error('MAX_AGE_SECONDS must exceed OVERLAP_SECONDS by more than an hour, since no rotation starts within an overlap');
  }
  const expiresAt = parseExpires(environment);
  return { secretArn, overlapMilliseconds, maxAgeMilliseconds, ...expiresAt === undefined ? {} : { expiresAt } };
}

/** Reads `USAGE_PLAN_IDS`, a JSON array of at least one. */
export function parseUsagePlanIds(environment: Environment): readonly string[] {
  const ids = tryJson(environment.USAGE_PLAN_IDS);
  if (!Array.isArray(ids) || ids.length === 0 || !ids.every((id) => typeof id === 'string' && USAGE_PLAN_ID.test(id))) {
    throw new Error('USAGE_PLAN_IDS must be a JSON array of at least one usage plan id');
  }
  if (new Set(ids).size < ids.length) throw new Error('USAGE_PLAN_IDS must name each usage plan once');
  return ids as readonly string[];
}

/** Reads a positive whole number of seconds; throws, naming the variable. */
export function milliseconds(environment: Environment, name: string): number {
  const text = environment[name] ?? '';
  if (!SECONDS.test(text)) throw new Error(`${name} must be a positive whole number of seconds`);
  return Number(text) * 1000;
}
