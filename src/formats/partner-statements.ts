import type { DirectoryAction, PartnerDirectory } from './partner-directories';

/** Where the buckets and keys of a partner are; at synthesis these may be tokens. */
export interface PolicyPlace {
  readonly partition: string;
  readonly region: string;
  /** Default: `amazonaws.com`. */
  readonly urlSuffix?: string;
}

/** A statement of an IAM policy, as JSON has it. */
export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Actions on objects that a partner needs; none on versions, so that what it deletes or replaces is kept, and none on ACLs or tags (AWS Transfer
 * Family User Guide, "Allowing read and write access to an Amazon S3 bucket", lists them for buckets of other accounts).
 */
const OBJECT_ACTIONS: Record<Exclude<DirectoryAction, 'list'>, readonly string[]> = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
  delete: ['s3:DeleteObject'],
};

/**
 * What a role or a session may do in some directories, and nowhere else.
 *
 * Every pattern ends in `/*`: one of `acme*` would be `acme2` as well, and so is a listing of `acme`, whose results are all that begins so. What
 * listing finds folders by are empty objects whose names end in a slash, and whose head is read even for who may read no file (User Guide,
 * "Grant ability to only write and list files").
 */
export function partnerStatements(directories: readonly PartnerDirectory[], place: PolicyPlace): PolicyStatement[] {
  return [...listings(directories, place), ...objects(directories, place), keys(directories, place)];
}

/** One statement for each prefix: buckets that share it share the statement. */
function listings(directories: readonly PartnerDirectory[], place: PolicyPlace): PolicyStatement[] {
  const listed = directories.filter(({ actions }) => actions.includes('list'));
  return grouped(listed.map((directory) => [`${directory.prefix}/*`, bucketArn(directory, place)])).map(([prefix, buckets]) => ({
    Effect: 'Allow', Action: 's3:ListBucket', Resource: short(buckets), Condition: { StringLike: { 's3:prefix': prefix } },
  }));
}

/** One statement for each set of objects that the same actions are allowed on. */
function objects(directories: readonly PartnerDirectory[], place: PolicyPlace): PolicyStatement[] {
  const pairs = directories.flatMap((directory) => {
    const below = `${bucketArn(directory, place)}/${directory.prefix}/*`;
    const actions = directory.actions.flatMap((action) => (action === 'list' ? [] : OBJECT_ACTIONS[action]));
    const folders = directory.actions.includes('list') && !directory.actions.includes('read') ? [['s3:GetObject', `${below}/`] as const] : [];
    return [...actions.map((action) => [action, below] as const), ...folders];
  });
  const byResources = grouped(grouped(pairs).map(([action, resources]) => [JSON.stringify(resources), action]));
  return byResources.map(([resources, actions]) => ({
    Effect: 'Allow', Action: short(actions), Resource: short(JSON.parse(resources) as string[]),
  }));
}

/**
 * One statement for all keys, since a session policy has 2048 characters: with its own buckets and objects alone can a partner use any of them.
 *
 * The context is the bucket's ARN with S3 Bucket Keys and the object's without (Amazon S3 User Guide, "Using server-side encryption with AWS KMS
 * keys"). Writing decrypts, too, where a file is uploaded in parts.
 */
function keys(directories: readonly PartnerDirectory[], place: PolicyPlace): PolicyStatement {
  const writes = directories.some(({ actions }) => actions.includes('write'));
  const contexts = directories.flatMap((directory) => {
    const bucket = bucketArn(directory, place);
    return [bucket, `${bucket}/${directory.prefix}/*`];
  });
  return {
    Effect: 'Allow',
    Action: writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : 'kms:Decrypt',
    Resource: short(unique(directories.map(({ keyArn }) => keyArn))),
    Condition: {
      StringEquals: { 'kms:ViaService': `s3.${place.region}.${place.urlSuffix ?? 'amazonaws.com'}` },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': short(unique(contexts)) },
    },
  };
}

function bucketArn({ bucket }: PartnerDirectory, { partition }: PolicyPlace): string {
  return `arn:${partition}:s3:::${bucket}`;
}

/** Second members by first, both in the order they came in. */
function grouped(pairs: readonly (readonly [string, string])[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) groups.set(key, unique([...groups.get(key) ?? [], value]));
  return [...groups];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function short(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0] : values;
}
