import { accountOf, arnOf, plain, regionOf } from './arns';
import { outcomeOf, SENDER_KEY_ACTIONS, untold } from './edges';
import { equals, UNTOLD } from './match';
import { mayServiceCall, mayServiceUseKey, producer } from './services';
import { Graph, Resource } from '../graph';
import { cannotTell, notApplicable, Rule } from '../rule';
import { Reference } from '../values';

const BUCKET = 'S3BucketName';
const KEY = 'S3KmsKeyArn';

/** In this role AWS Config delivers in its own name, in any other with the rights of that (AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket"). */
const SERVICE_LINKED = /:role\/aws-service-role\/config\.amazonaws\.com\//;

/** Checks `DELIVERY-CONFIG`. */
export const deliveryConfig: Rule = {
  control: 'DELIVERY-CONFIG',
  check(channel, graph) {
    const delivering = graph.ofType('AWS::Config::ConfigurationRecorder').map((recorder) => deliveryOf(recorder, graph));
    if (delivering.length === 0 || delivering.includes('untold')) {
      return cannotTell(`Untold::${channel.logicalId}`, 'the template does not tell in which role AWS Config delivers', 'RoleARN');
    }
    if (!delivering.includes('service')) return notApplicable('a role of its own delivers, not AWS Config itself');
    const bucket = graph.find(channel.properties[BUCKET], 'AWS::S3::Bucket', channel.template);
    if (!bucket || equals(`arn:aws:s3:::${plain(channel.properties[BUCKET], channel.template, graph)}`, arnOf(bucket, graph)) !== 'yes') {
      return untold(channel.properties[BUCKET], BUCKET);
    }
    const by = producer('config.amazonaws.com', channel, graph);
    return [
      outcomeOf(mayServiceCall(by, ['s3:GetBucketAcl', 's3:ListBucket'], bucket, graph), 'PolicyDenies', bucket, BUCKET),
      outcomeOf(mayServiceCall(by, ['s3:PutObject'], bucket, graph, fileOf(channel, bucket, graph)), 'PolicyDenies', bucket, BUCKET),
      outcomeOf(mayServiceUseKey(by, SENDER_KEY_ACTIONS, channel, graph), 'KeyDenies', channel, KEY),
    ];
  },
};

/** Who delivers what a recorder records. */
function deliveryOf({ properties, template }: Resource, graph: Graph): 'own role' | 'service' | 'untold' {
  const { RoleARN: role } = properties;
  if (role instanceof Reference) return 'own role';
  const arn = plain(role, template, graph);
  if (SERVICE_LINKED.test(arn)) return 'service';
  return arn.startsWith('arn:') && !arn.includes(UNTOLD) ? 'own role' : 'untold';
}

/** ARN of one file that the channel writes. */
function fileOf(channel: Resource, bucket: Resource, graph: Graph): string {
  const { S3KeyPrefix: prefix } = channel.properties;
  const before = prefix === undefined || prefix === '' ? '' : `${plain(prefix, channel.template, graph)}/`;
  return `${arnOf(bucket, graph)}/${before}AWSLogs/${accountOf(channel, graph)}/Config/${regionOf(channel, graph)}/2000/1/1/ConfigHistory/1.json.gz`;
}
