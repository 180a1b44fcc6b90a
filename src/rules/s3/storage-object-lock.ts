import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, numberOf, truth } from '../values';

const RETENTION = 'ObjectLockConfiguration.Rule.DefaultRetention';

/** PCI DSS 4.0.1, 10.5.1: twelve months of audit log history. */
const AUDIT_DAYS = 365;

/** Checks `STORAGE-OBJECT-LOCK`. */
export const storageObjectLock: Rule = {
  control: 'STORAGE-OBJECT-LOCK',
  check(bucket, graph) {
    const audit = receivesTrail(bucket, graph);
    const enabled = truth(bucket.properties.ObjectLockEnabled);
    if (isUnknown(enabled)) return cannotTell('UntoldObjectLock', `ObjectLockEnabled is ${describe(enabled)}`, 'ObjectLockEnabled');
    if (enabled === true) return checkRetention(bucket, audit);
    return audit
      ? violation('NoObjectLock', 'a trail delivers to the bucket and ObjectLockEnabled is not true', 'ObjectLockEnabled')
      : notApplicable('Object Lock is off and no trail delivers to the bucket');
  },
};

function checkRetention(bucket: Resource, audit: boolean): Outcome {
  const mode = at(bucket.properties, `${RETENTION}.Mode`);
  const days = numberOf(at(bucket.properties, `${RETENTION}.Days`));
  const years = numberOf(at(bucket.properties, `${RETENTION}.Years`));
  if (isUnknown(mode) || isUnknown(days) || isUnknown(years)) {
    return cannotTell('UntoldRetention', `the retention is ${describe(at(bucket.properties, RETENTION))}`, RETENTION);
  }
  const period = typeof days === 'number' ? days : typeof years === 'number' ? years * 365 : 0;
  if ((mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') || period < 1) {
    return violation('NoDefaultRetention', 'Object Lock is on and protects nothing by default', RETENTION);
  }
  if (audit && mode !== 'COMPLIANCE') return violation('AuditGovernance', `a trail delivers to the bucket and Mode is ${mode}`, `${RETENTION}.Mode`);
  if (audit && period < AUDIT_DAYS) return violation('AuditShort', `a trail delivers to the bucket and its objects are locked for ${period} days`, RETENTION);
  return compliant(`${mode} for ${period} days`, RETENTION);
}

function receivesTrail(bucket: Resource, graph: Graph): boolean {
  return graph.once('trail-buckets', () => new Set(
    graph.ofType('AWS::CloudTrail::Trail').map((trail) => graph.find(trail.properties.S3BucketName, 'AWS::S3::Bucket', trail.template)),
  )).has(bucket);
}
