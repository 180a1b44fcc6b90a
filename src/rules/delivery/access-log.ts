import { arnOf, plain, regionOf } from './arns';
import { outcomeOf, untold } from './edges';
import { equals } from './match';
import { Decision } from './permissions';
import { mayServiceCall, producer } from './services';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

const NAME = 'LoggingConfiguration.DestinationBucketName';

/** Checks `DELIVERY-ACCESS-LOG`. */
export const deliveryAccessLog: Rule = {
  control: 'DELIVERY-ACCESS-LOG',
  check(bucket, graph) {
    if (bucket.properties.LoggingConfiguration === undefined) return notApplicable('the bucket writes no access log');
    const name = at(bucket.properties, NAME);
    // Without a destination the bucket logs into itself.
    const target = name === undefined ? bucket : graph.find(name, 'AWS::S3::Bucket', bucket.template);
    const named = name === undefined || (target && arnOf(target, graph) === `arn:aws:s3:::${plain(name, bucket.template, graph)}`);
    if (!target || !named || isUnknown(bucket.properties.LoggingConfiguration)) return untold(name, NAME);
    return [
      outcomeOf(mayWrite(bucket, target, graph), 'PolicyDenies', target, NAME),
      encryption(target),
      retention(target),
      region(bucket, target, graph),
    ];
  },
};

/** The log delivery group of the ACL is the old way in, for a bucket that still has ACLs. */
function mayWrite(bucket: Resource, target: Resource, graph: Graph): Decision {
  const ownership = listOf(at(target.properties, 'OwnershipControls.Rules')).map((rule) => at(rule, 'ObjectOwnership'));
  const aclCounts = ownership.length === 1 && (ownership[0] === 'ObjectWriter' || ownership[0] === 'BucketOwnerPreferred');
  if (target.properties.AccessControl === 'LogDeliveryWrite' && aclCounts) return { answer: 'allowed', reason: '' };
  const prefix = at(bucket.properties, 'LoggingConfiguration.LogFilePrefix') ?? '';
  const log = `${arnOf(target, graph)}/${plain(prefix, bucket.template, graph)}2000-01-01-00-00-00-0000000000000000`;
  return mayServiceCall(producer('logging.s3.amazonaws.com', bucket, graph), ['s3:PutObject'], target, graph, log);
}

function encryption(target: Resource): Outcome {
  const path = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';
  const algorithm = at(target.properties, path);
  if (algorithm === undefined || algorithm === 'AES256') return compliant(`${target.logicalId} is encrypted with keys of Amazon S3`, NAME);
  if (isUnknown(algorithm)) return cannotTell(`Untold::${target.logicalId}`, `the default encryption of ${target.logicalId} is ${describe(algorithm)}`, NAME);
  return violation(`TargetUnfit::Encryption::${target.logicalId}`, `the default encryption of ${target.logicalId} is ${describe(algorithm)}, with which no access log is delivered`, NAME);
}

function retention(target: Resource): Outcome {
  const rule = at(target.properties, 'ObjectLockConfiguration.Rule');
  if (isUnknown(rule)) return cannotTell(`Untold::${target.logicalId}`, `the default retention of ${target.logicalId} is ${describe(rule)}`, NAME);
  if (at(rule, 'DefaultRetention') === undefined) return compliant(`${target.logicalId} has no default retention`, NAME);
  return violation(`TargetUnfit::Retention::${target.logicalId}`, `${target.logicalId} has a default retention, with which no access log is delivered`, NAME);
}

function region(bucket: Resource, target: Resource, graph: Graph): Outcome {
  switch (equals(regionOf(bucket, graph), regionOf(target, graph))) {
    case 'yes': return compliant(`${target.logicalId} is in the same region`, NAME);
    case 'no': return violation(`TargetUnfit::Region::${target.logicalId}`, `${target.logicalId} is in another region`, NAME);
    default: return cannotTell(`Untold::${target.logicalId}`, `the template does not tell whether ${target.logicalId} is in the same region`, NAME);
  }
}
