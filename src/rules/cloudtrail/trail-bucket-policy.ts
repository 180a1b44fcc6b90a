import { bucketOf } from './trails';
import { plain } from '../delivery/arns';
import { Graph } from '../graph';
import { narrowedBy } from '../narrowing';
import { resourcePolicyOf, Statement } from '../policy-document';
import { nameOf } from '../resource-policy-checks';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

const SERVICE = 'cloudtrail.amazonaws.com';

/** Checks `TRAIL-BUCKET-POLICY`. Whether the statements let the trail write is for `DELIVERY-TRAIL-BUCKET`. */
export const trailBucketPolicy: Rule = {
  control: 'TRAIL-BUCKET-POLICY',
  check(trail, graph) {
    const bucket = bucketOf(trail, graph);
    if (!bucket) return cannotTell('UntoldPolicy', `no template has the bucket ${describe(trail.properties.S3BucketName)}`, 'S3BucketName');
    const { statements, mayHaveMore } = resourcePolicyOf(bucket, graph);
    const open = statements.filter((statement) => statement.effect !== 'Deny' && isForCloudTrail(statement, graph));
    const found = open.flatMap((statement): Outcome[] => {
      const narrowing = statement.untoldConditions || statement.effect === 'unknown' ? 'unknown' : narrowedBy(statement, ['aws:sourcearn']);
      if (narrowing === 'narrow') return [];
      return [narrowing === 'unknown' ? cannotTell('UntoldPolicy', `the template does not tell whose trails ${nameOf(statement)} lets in`)
        : violation('NoSourceArn', `${nameOf(statement)} lets in trails of others`)];
    });
    if (found.length > 0) return found;
    if (mayHaveMore) return cannotTell('UntoldPolicy', `a policy whose bucket is not told may be for ${bucket.logicalId}`);
    return open.length > 0 ? compliant(`${open.length} statements of ${bucket.logicalId} name the trail`) : notApplicable('no statement is for CloudTrail, which DELIVERY-TRAIL-BUCKET is about');
  },
};

function isForCloudTrail({ principals, carrier, notPrincipal }: Statement, graph: Graph): boolean {
  return notPrincipal || principals.some(({ kind, value }) => kind === 'any' || kind === 'unknown'
    || (kind === 'service' && plain(value, carrier.template, graph) === SERVICE));
}
