import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';
import { LandingBucket } from '../../storage';

/** Environment variables of a function have 4 KB in all (AWS Lambda Developer Guide, "Lambda quotas"); the others take less than the rest. */
const MAX_CHARACTERS = 2500;

const UPLOADERS = new WeakMap<LandingBucket, Map<string, string>>();

/** Partners by their prefixes, of those that have another one than the rule gives them. */
export function uploadersOf(bucket: LandingBucket): ReadonlyMap<string, string> {
  return UPLOADERS.get(bucket) ?? new Map();
}

/** Has a landing know whose files lie below a prefix, so that it can tell. Of a bucket that is none nothing comes of it. */
export function noteUploader(scope: Construct, bucket: LandingBucket, prefix: string, partner: string): void {
  const uploaders = new Map(uploadersOf(bucket)).set(prefix, partner);
  if (JSON.stringify(Object.fromEntries(uploaders)).length > MAX_CHARACTERS) {
    throw new ConfigurationError(scope, `'prefix' must be left out for some partners, got number ${uploaders.size} with one of its own; `
      + 'all of them together are too long for the function that tells of uploads');
  }
  UPLOADERS.set(bucket, uploaders);
}
