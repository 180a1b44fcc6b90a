import { bucketReach } from './bucket-reach';
import { denyOutcome } from '../deny-checks';
import { Condition, resourcePolicyOf } from '../policy-document';
import { Rule } from '../rule';
import { numberOf } from '../values';

/** Versions below this one are deprecated (RFC 8996). */
const LOWEST_VERSION = 1.2;

/** Checks `STORAGE-TLS-VERSION`. */
export const storageTlsVersion: Rule = {
  control: 'STORAGE-TLS-VERSION',
  check(bucket, graph) {
    return denyOutcome(resourcePolicyOf(bucket, graph), {
      key: 's3:tlsversion',
      denies: holdsForOldTls,
      coversActions: (statement) => !statement.notAction && statement.actions.some((action) => action === '*' || action === 's3:*'),
      reach: (entry) => bucketReach(entry, bucket),
      parts: ['bucket', 'objects'],
    });
  },
};

function holdsForOldTls(condition: Condition): boolean {
  return /^numericlessthan(ifexists)?$/.test(condition.operator)
    && condition.values.some((value) => {
      const version = numberOf(value);
      return typeof version === 'number' && version >= LOWEST_VERSION;
    });
}
