import { bucketReach } from './bucket-reach';
import { resourcePolicyOf } from '../policy-document';
import { denyOutcome, holdsForPlainHttp } from '../resource-policy-checks';
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
