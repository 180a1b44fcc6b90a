import { bucketReach } from './bucket-reach';
import { denyOutcome, holdsForPlainHttp } from '../deny-checks';
import { resourcePolicyOf } from '../policy-document';
import { Rule } from '../rule';

/** Checks `STORAGE-TLS`. */
export const storageTls: Rule = {
  control: 'STORAGE-TLS',
  check(bucket, graph) {
    return denyOutcome(resourcePolicyOf(bucket, graph), {
      key: 'aws:securetransport',
      denies: holdsForPlainHttp,
      coversActions: (statement) => !statement.notAction && statement.actions.some((action) => action === '*' || action === 's3:*'),
      reach: (entry) => bucketReach(entry, bucket),
      parts: ['bucket', 'objects'],
    });
  },
};
