import { comparisonsOn, shapeOf } from '../narrowing';
import { Statement } from '../policy-document';
import { Value } from '../values';

/** How much of a bucket a pattern spans: below one folder, all of it, also what begins alike, or untold. */
export type Span = 'folder' | 'bucket' | 'siblings' | 'unknown';

/** What an ARN of objects spans. A pattern that does not stop at a slash, such as `acme*`, spans what begins alike: `acme2/orders`. */
export function spanOfObjects(arn: Value): Span {
  const shape = shapeOf(arn);
  // A reference alone is the ARN of the bucket, or something of it; `!` is a part that nobody knows.
  const [, path] = /^(?:arn:[^:]*:s3:::[^/]*|\$)\/(.*)$/.exec(shape) ?? [];
  if (path === undefined) return /^[*?]|^arn:[^:]*:s3:::[^/]*[*?]/.test(shape) ? 'bucket' : shape.includes('!') ? 'unknown' : 'folder';
  return spanOfPath(path);
}

/** What a pattern of names spans. */
export function spanOfPath(path: string): Span {
  if (/^[*?]/.test(path) || path === '') return 'bucket';
  const wildcard = path.search(/[*?]/);
  const before = wildcard < 0 ? path : path.slice(0, wildcard);
  if (before.includes('!')) return 'unknown';
  return wildcard < 0 || before.endsWith('/') ? 'folder' : 'siblings';
}

/** What listings a statement allows: its `s3:prefix` has to end in a slash, or what begins alike is listed, too. */
export function spanOfListing(statement: Statement): Span {
  const conditions = comparisonsOn(statement, ['s3:prefix']).filter(({ operator }) => !operator.startsWith('foranyvalue:'));
  if (conditions.length === 0) return statement.untoldConditions ? 'unknown' : 'bucket';
  return worst(conditions[0].values.map((value) => {
    const shape = shapeOf(value);
    const exact = conditions[0].operator.startsWith('stringequals');
    const span = spanOfPath(exact ? shape.replace(/[*?]/g, 'x') : shape);
    return span === 'folder' && !/\/(?:\*)?$/.test(shape) ? 'siblings' : span;
  }));
}

/** The worst of several. */
export function worst(spans: readonly Span[]): Span {
  return (['bucket', 'siblings', 'unknown'] as const).find((span) => spans.includes(span)) ?? 'folder';
}
