import { accountOf, arnOf, plain, regionOf } from './arns';
import { outcomeOf, untold } from './edges';
import { equals } from './match';
import { mayServiceCall, Producer, producer } from './services';
import { bucketOf } from '../cloudtrail/trails';
import { Graph, Resource } from '../graph';
import { resourcePolicyOf } from '../policy-document';
import { cannotTell, Outcome, Rule } from '../rule';
import { truth, Unresolved } from '../values';

const BUCKET = 'S3BucketName';

/** Checks `DELIVERY-TRAIL-BUCKET`. */
export const deliveryTrailBucket: Rule = {
  control: 'DELIVERY-TRAIL-BUCKET',
  check(trail, graph) {
    const bucket = bucketOf(trail, graph);
    const named = plain(trail.properties[BUCKET], trail.template, graph);
    if (!bucket || equals(`arn:aws:s3:::${named}`, arnOf(bucket, graph)) !== 'yes') return untold(trail.properties[BUCKET], BUCKET);
    const by = producer('cloudtrail.amazonaws.com', trail, graph);
    return [
      outcomeOf(mayServiceCall(by, ['s3:GetBucketAcl'], bucket, graph), 'PolicyDenies', bucket, BUCKET),
      writing(by, '', trail, bucket, graph),
      ...ofOrganization(by, trail, bucket, graph),
    ];
  },
};

/** Whether the trail may write one file; `owner` is the folder of an organization before that of the account. */
function writing(by: Producer, owner: string, trail: Resource, bucket: Resource, graph: Graph): Outcome {
  const { S3KeyPrefix: prefix } = trail.properties;
  const before = prefix === undefined || prefix === '' ? '' : `${plain(prefix, trail.template, graph)}/`;
  const file = `${before}AWSLogs/${owner}${accountOf(trail, graph)}/CloudTrail/${regionOf(trail, graph)}/2000/01/01/1.json.gz`;
  return outcomeOf(mayServiceCall(by, ['s3:PutObject'], bucket, graph, `${arnOf(bucket, graph)}/${file}`), 'PolicyDenies', bucket, BUCKET);
}

/** A trail of an organization writes below its id too, which no trail names: the policy has to. */
function ofOrganization(by: Producer, trail: Resource, bucket: Resource, graph: Graph): readonly Outcome[] {
  const organization = truth(trail.properties.IsOrganizationTrail);
  if (organization === undefined || organization === false) return [];
  if (organization instanceof Unresolved) {
    return [cannotTell(`Untold::${bucket.logicalId}`, 'the template does not tell whether the trail is one of the organization', BUCKET)];
  }
  const folders = resourcePolicyOf(bucket, graph).statements
    .flatMap(({ resources, carrier }) => resources.map((value) => plain(value, carrier.template, graph)))
    .flatMap((text) => /\/AWSLogs\/([^/*]+)\//.exec(text)?.[1] ?? []);
  const [id] = folders.filter((folder) => folder !== accountOf(trail, graph));
  return [id === undefined ? cannotTell(`Untold::${bucket.logicalId}`, 'the policy names no folder of an organization', BUCKET)
    : writing(by, `${id}/`, trail, bucket, graph)];
}
