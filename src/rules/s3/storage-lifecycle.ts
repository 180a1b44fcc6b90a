import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, isMap, isUnknown, listOf, numberOf, Value, ValueMap } from '../values';

const RULES = 'LifecycleConfiguration.Rules';

/** Checks `STORAGE-LIFECYCLE`. */
export const storageLifecycle: Rule = {
  control: 'STORAGE-LIFECYCLE',
  check(bucket) {
    const raw = listOf(at(bucket.properties, RULES));
    const rules = raw.filter(isMap).filter((rule) => rule.Status === 'Enabled');
    const untold = raw.some((rule) => !isMap(rule) || isUnknown(rule.Status));
    if (rules.length === 0 && !untold) return violation('NoLifecycle', 'no lifecycle rule is enabled', RULES);

    const versioning = at(bucket.properties, 'VersioningConfiguration.Status');
    const findings: Outcome[] = [];
    const demand = (finding: string, periods: readonly string[], missing: string) => {
      const found = rules.filter(isBucketWide).map((rule) => periods.map((path) => numberOf(at(rule, path))).find((days) => days !== undefined));
      if (found.some((days) => typeof days === 'number' && days > 0)) return;
      const mayCover = rules.some((rule) => mayBeBucketWide(rule) && periods.some((path) => at(rule, path) !== undefined));
      findings.push(untold || mayCover || found.some(isUnknown)
        ? cannotTell('UntoldLifecycle', `the template does not tell whether a rule ${missing}`, RULES)
        : violation(finding, `no enabled rule for the whole bucket ${missing}`, RULES));
    };
    demand('NoUploadAbort', ['AbortIncompleteMultipartUpload.DaysAfterInitiation'], 'aborts incomplete multipart uploads');
    if (isUnknown(versioning)) {
      findings.push(cannotTell('UntoldLifecycle', 'the template does not tell whether the bucket has versions to expire', RULES));
    } else if (versioning !== undefined) {
      demand('NoNoncurrentExpiry', ['NoncurrentVersionExpiration.NoncurrentDays', 'NoncurrentVersionExpirationInDays'], 'expires noncurrent versions');
    }
    return findings.length > 0 ? findings : compliant(`${rules.length} lifecycle rules are enabled`, RULES);
  },
};

/** Properties that make a rule apply to a part of the bucket only. */
const FILTERS = ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];

function isBucketWide(rule: ValueMap): boolean {
  return FILTERS.every((filter) => isEmpty(rule[filter]));
}

function mayBeBucketWide(rule: ValueMap): boolean {
  return FILTERS.some((filter) => isUnknown(rule[filter])) && FILTERS.every((filter) => isEmpty(rule[filter]) || isUnknown(rule[filter]));
}

function isEmpty(value: Value): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
