import { Graph, Resource } from '../graph';
import { at, isUnknown } from '../values';

export const PLAN = 'AWS::GuardDuty::MalwareProtectionPlan';
const BUCKET = 'ProtectedResource.S3Bucket.BucketName';

/** The plans by which what arrives in a bucket is scanned, and whether one may be which deployment alone tells. */
export function plansOf(bucket: Resource, graph: Graph): { readonly plans: readonly Resource[]; readonly untold: boolean } {
  const plans = graph.grouped('by scanned bucket', PLAN, ({ properties, template }) => graph.find(at(properties, BUCKET), 'AWS::S3::Bucket', template));
  return { plans: plans.get(bucket) ?? [], untold: graph.ofType(PLAN).some(({ properties }) => isUnknown(at(properties, BUCKET))) };
}
