import { Resource } from '../graph';
import { at, describe, isUnknown, listOf, truth } from '../values';

/** Headers that let whoever reads them call as the client: a bearer token, a session, a key of API Gateway. */
export const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'cookie', 'x-api-key'];

/** What a web ACL keeps out of logs and samples by `DataProtectionConfig`; `untold` where it may be more. */
export interface Protection {
  readonly untold: boolean;
  covers(header: string): boolean;
}

/**
 * The headers that a web ACL replaces or hashes wherever it shows a request.
 *
 * A protection that excludes the details of matches or of rate limits shows there what it hides elsewhere, and does not count.
 */
export function protectionOf(acl: Resource | undefined): Protection {
  const entries = listOf(at(acl?.properties ?? {}, 'DataProtectionConfig.DataProtections')).map((entry) => {
    const keys = at(entry, 'Field.FieldKeys');
    const excludes = ['ExcludeRuleMatchDetails', 'ExcludeRateBasedDetails'].map((each) => truth(at(entry, each)));
    return {
      type: describe(at(entry, 'Field.FieldType')),
      all: listOf(keys).length === 0,
      keys: listOf(keys).map((key) => describe(key).toLowerCase()),
      whole: excludes.every((each) => each === undefined || each === false),
      untold: [entry, keys, ...listOf(keys), at(entry, 'Field.FieldType'), ...excludes].some(isUnknown),
    };
  });
  const told = entries.filter(({ untold, whole }) => whole && !untold);
  return {
    // Without keys a field type stands for all of its kind (AWS::WAFv2::WebACL FieldToProtect).
    covers: (header) => told.some(({ type, all, keys }) => (type === 'SINGLE_HEADER' && (all || keys.includes(header)))
      || (header === 'cookie' && type === 'SINGLE_COOKIE' && all)),
    untold: entries.some(({ untold }) => untold),
  };
}
