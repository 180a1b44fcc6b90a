/** Variables of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Amazon DynamoDB Developer Guide, "Naming rules". */
const TABLE_NAME = /^[\w.-]{3,255}$/;

/** Amazon S3 User Guide, "General purpose bucket naming rules". */
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Reads `TABLE_NAME`. */
export function tableName(environment: Environment): string {
  return matching(environment, 'TABLE_NAME', TABLE_NAME, 'the name of a table');
}

/** Reads `BODY_BUCKET`. */
export function bodyBucket(environment: Environment): string {
  return matching(environment, 'BODY_BUCKET', BUCKET_NAME, 'the name of a bucket');
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

/** Reads an array of texts that each match the pattern; throws, naming the variable. */
export function list(environment: Environment, name: string, pattern: RegExp, what: string): readonly string[] {
  const entries = jsonOf(environment[name]);
  if (!Array.isArray(entries) || !entries.every((entry) => typeof entry === 'string' && pattern.test(entry))) {
    throw new Error(`${name} must be a JSON array of ${what}`);
  }
  return entries as readonly string[];
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
