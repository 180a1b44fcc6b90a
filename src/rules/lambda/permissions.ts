import { isOwnAccount } from '../policy-document';
import { describe, isUnknown, Reference, Unresolved, Value } from '../values';

/** Whether a principal is an AWS service, in whichever partition. */
export function isService(principal: Value): boolean {
  return /\.(amazonaws\.com(\.cn)?|amazon\.com|\$\{AWS::URLSuffix\})$/i.test(describe(principal));
}

/** How much of the source of a call a value names. */
export type Narrowing = 'none' | 'resource' | 'account' | 'unknown';

/** Reads `SourceAccount`. */
export function accountNarrowing(value: Value): Narrowing {
  if (value === undefined || value === null || value === '') return 'none';
  if (isOwnAccount(value)) return 'account';
  if (isUnknown(value)) return 'unknown';
  return describe(value).includes('*') ? 'none' : 'account';
}

/** Reads `SourceArn`: `account` where the ARN also tells whose resource it is, which the ARN of a bucket does not. */
export function arnNarrowing(value: Value): Narrowing {
  if (value === undefined || value === null) return 'none';
  if (value instanceof Unresolved) return 'unknown';
  if (value instanceof Reference) return value.resource.type === 'AWS::S3::Bucket' ? 'resource' : 'account';

  // What stands in ${…} is one word of the ARN, but for the ARN of a resource that begins it.
  const text = describe(value);
  if (/^\$\{[^}:]*\}/.test(text) && !/^\$\{AWS::/.test(text)) return isUnknown(value) ? 'unknown' : 'account';
  const [, , , , account, ...rest] = text.replace(/\$\{[^}]*\}/g, 'x').split(':');
  const resource = rest.join(':');
  if (account === undefined || resource === '') return 'none';
  if (account !== '' && !/[*?]/.test(account)) return 'account';
  return /^[*?]/.test(resource) || account !== '' ? 'none' : 'resource';
}
