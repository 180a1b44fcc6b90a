import { Span, spanOfListing, spanOfObjects, worst } from './prefixes';
import { breadthOf } from '../iam/resource-breadth';
import { actionMatches, coversAction, Statement } from '../policy-document';
import { cannotTell, Outcome, violation } from '../rule';

/** What nobody needs who sends and fetches files, and what it would be good for. */
const NEVER: Readonly<Record<string, string>> = {
  's3:BypassGovernanceRetention': 'deletes what is locked',
  's3:DeleteBucket': 'deletes buckets',
  's3:DeleteObjectTagging': 'takes away what a scan found',
  's3:DeleteObjectVersion': 'deletes what was kept of files that were replaced',
  's3:PutBucketAcl': 'opens buckets',
  's3:PutBucketPolicy': 'opens buckets',
  's3:PutBucketVersioning': 'ends the keeping of versions',
  's3:PutObjectAcl': 'opens files',
  's3:PutObjectTagging': 'writes what a scan would find',
  's3:PutObjectVersionTagging': 'writes what a scan would find',
};
const OBJECTS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:GetObjectVersion'];
const LISTINGS = ['s3:ListBucket', 's3:ListBucketVersions'];
const KEYS = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'];

/** Findings of a span that is more than a folder. */
const FINDINGS = { bucket: 'WholeBucket', siblings: 'Siblings' } as const;

/**
 * What a statement of a role or session allows beyond files in folders of their own: findings `Action::`, `WholeBucket`, `Siblings`, `AnyKey` and
 * `UnresolvedScope`.
 */
export function judgeFileRights(statement: Statement): readonly Outcome[] {
  const { effect, path } = statement;
  if (effect === 'Deny') return [];
  if (effect === 'unknown' || statement.partial) return [cannotTell('UnresolvedScope', 'the template does not tell a statement', path)];
  if (statement.notAction) return [violation('Action::NotAction', 'all but some actions are allowed', path)];
  const wildcards = statement.actions.filter((action) => /^(\*|s3:\*|kms:\*)$/.test(action));
  if (wildcards.length > 0) return wildcards.map((action) => violation(`Action::${action}`, `${action} allows far more than files`, path));
  const never = Object.keys(NEVER).filter((action) => statement.actions.some((pattern) => actionMatches(pattern, action)))
    .map((action) => violation(`Action::${action}`, `${action} ${NEVER[action]}`, path));
  return [...never, ...objects(statement), ...listings(statement), ...keys(statement)];
}

function objects(statement: Statement): readonly Outcome[] {
  if (!OBJECTS.some((action) => coversAction(statement, action))) return [];
  return outcomeOf(statement, statement.notResource ? 'bucket' : worst(statement.resources.map(spanOfObjects)), 'files');
}

function listings(statement: Statement): readonly Outcome[] {
  if (!LISTINGS.some((action) => coversAction(statement, action))) return [];
  return outcomeOf(statement, statement.notResource ? 'bucket' : spanOfListing(statement), 'listings');
}

function outcomeOf({ path }: Statement, span: Span, what: string): readonly Outcome[] {
  switch (span) {
    case 'folder': return [];
    case 'unknown': return [cannotTell('UnresolvedScope', `the template does not tell which ${what} are allowed`, path)];
    case 'bucket': return [violation(FINDINGS.bucket, `${what} of a whole bucket are allowed`, path)];
    default: return [violation(FINDINGS.siblings, `${what} of all are allowed whose name begins alike: the pattern does not stop at a slash`, path)];
  }
}

function keys(statement: Statement): readonly Outcome[] {
  if (!KEYS.some((action) => coversAction(statement, action))) return [];
  if (statement.notResource) return [violation('AnyKey', 'all keys but some may be used', statement.path)];
  return statement.resources.flatMap((arn): readonly Outcome[] => {
    const breadth = breadthOf(arn);
    if (breadth === 'unknown') return [cannotTell('UnresolvedScope', 'the template does not tell which key may be used', statement.path)];
    return breadth === 'narrow' ? [] : [violation('AnyKey', 'any key may be used that trusts the account', statement.path)];
  });
}
