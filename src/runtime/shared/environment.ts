import { tryJson } from './json-text';

/** Variables of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Amazon DynamoDB Developer Guide, "Naming rules". */
const TABLE_NAME = /^[\w.-]{3,255}$/;

/** Amazon S3 User Guide, "General purpose bucket naming rules". */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Name or ARN (Amazon EventBridge API Reference, "PutEventsRequestEntry"). */
const EVENT_BUS = /^[\w/.:-]{1,1600}$/;

/** Reads `EVENT_BUS_NAME`. */
export function eventBusName(environment: Environment): string {
  return matching(environment, 'EVENT_BUS_NAME', EVENT_BUS, 'the name or the ARN of an event bus');
}

/** Reads the name of a table. */
export function tableName(environment: Environment, name = 'TABLE_NAME'): string {
  return matching(environment, name, TABLE_NAME, 'the name of a table');
}

/** Reads the name of a bucket. */
export function bucketName(environment: Environment, name: string): string {
  return matching(environment, name, BUCKET_NAME, 'the name of a bucket');
}

/** Reads `BODY_BUCKET`. */
export function bodyBucket(environment: Environment): string {
  return bucketName(environment, 'BODY_BUCKET');
}

/** Reads text that matches the pattern as a whole; throws, naming the variable. */
export function matching(environment: Environment, name: string, pattern: RegExp, what: string): string {
  const text = environment[name] ?? '';
  if (!pattern.test(text)) throw new Error(`${name} must be ${what}`);
  return text;
}

/** Reads a whole number of a range; throws, naming the variable. */
export function whole(environment: Environment, name: string, least: number, most: number): number {
  const text = environment[name] ?? '';
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most)) throw new Error(`${name} must be a whole number from ${least} to ${most}`);
  return value;
}

/** Reads a JSON array of entries of a kind; throws, naming the variable. */
export function list<T>(environment: Environment, name: string, isEntry: (entry: unknown) => entry is T, what: string): readonly T[] {
  const entries = tryJson(environment[name]);
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw new Error(`${name} must be a JSON array of ${what}`);
  return entries;
}
