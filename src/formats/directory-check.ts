import { checkMembers, isObject } from './objects';
import { DIRECTORY_ACTIONS, PartnerDirectory } from './partner-directories';
import type { Refusal } from './refusal';
import { MAX_SESSION_POLICY, tryPlaceOf, writeSessionPolicy } from './session-policy';

const MEMBERS = ['entry', 'bucket', 'prefix', 'keyArn', 'actions'];
const ENTRY = /^\/(?:[a-z0-9][a-z0-9_.-]{0,63})?$/;
/** Amazon S3 User Guide, "General purpose bucket naming rules". */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** No segment is `..`, and none has what a pattern or a variable of a policy is made of. */
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9_.=-]*(?:\/[A-Za-z0-9][A-Za-z0-9_.=-]*)*$/;
const MAX_PREFIX = 512;
const KEY = /^arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** What is wrong with the directories of a record. */
export function checkDirectories(value: unknown): Refusal[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > 10) return [{ path: 'directories', problem: 'is no list of 1 to 10 directories' }];
  const found = value.flatMap((directory: unknown, index) => checkDirectory(directory, `directories[${index}]`));
  return found.length > 0 ? found : checkTogether(value as PartnerDirectory[]);
}

function checkDirectory(value: unknown, path: string): Refusal[] {
  if (!isObject(value)) return [{ path, problem: 'is no object' }];
  const { entry, bucket, prefix, keyArn, actions } = value;
  const refused = (member: string, problem: string) => ({ path: `${path}.${member}`, problem });
  return [
    ...checkMembers(value, path, MEMBERS),
    ...(matches(entry, ENTRY) ? [] : [refused('entry', 'is neither "/" nor such as "/incoming"')]),
    ...(matches(bucket, BUCKET) ? [] : [refused('bucket', 'is no name of a bucket')]),
    ...(isPrefix(prefix) ? [] : [refused('prefix', 'is no prefix such as "partners/acme", without slash at either end, ".." or "*"')]),
    ...(matches(keyArn, KEY) ? [] : [refused('keyArn', 'is no ARN of a KMS key')]),
    ...(areActions(actions) ? [] : [refused('actions', `is no list of ${DIRECTORY_ACTIONS.join(', ')}, each once`)]),
  ];
}

function checkTogether(directories: readonly PartnerDirectory[]): Refusal[] {
  const path = 'directories';
  const entries = directories.map(({ entry }) => entry);
  if (new Set(entries).size < entries.length) return [{ path, problem: 'has an entry twice' }];
  if (entries.length > 1 && entries.includes('/')) return [{ path, problem: 'has "/" and others below it', remedy: 'give each a name' }];
  if (directories.some((one, at) => directories.slice(at + 1).some((other) => overlaps(one, other)))) {
    return [{ path, problem: 'has one place twice, or one within another' }];
  }
  const place = tryPlaceOf(directories)!;
  if (!directories.every(({ keyArn }) => keyArn.startsWith(`arn:${place.partition}:kms:${place.region}:`))) {
    return [{ path, problem: 'has keys of more than one Region' }];
  }
  const length = writeSessionPolicy(directories, place).length;
  return length <= MAX_SESSION_POLICY ? [] : [{
    path, problem: `needs a session policy of ${length} characters; ${MAX_SESSION_POLICY} are the most`, remedy: 'use shorter prefixes or fewer directories',
  }];
}

/** Whether text is a legal prefix: one folder or several, without slash at either end. */
export function isPrefix(prefix: unknown): prefix is string {
  return matches(prefix, PREFIX) && prefix.length <= MAX_PREFIX;
}

/** Whether two directories are the same place, or one holds the other. */
export function overlaps(one: Place, other: Place): boolean {
  return one.bucket === other.bucket && (`${one.prefix}/`.startsWith(`${other.prefix}/`) || `${other.prefix}/`.startsWith(`${one.prefix}/`));
}

type Place = Pick<PartnerDirectory, 'bucket' | 'prefix'>;

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function areActions(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && new Set(value).size === value.length
    && value.every((action: unknown) => (DIRECTORY_ACTIONS as readonly unknown[]).includes(action));
}
