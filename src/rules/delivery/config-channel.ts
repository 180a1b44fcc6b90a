import { accountOf, arnOf, plain } from './arns';
import { outcomeOf, untold } from './edges';
import { mayRoleCall, mayRoleUseKey } from './identity';
import { equals } from './match';
import { Decision } from './permissions';
import { mayServiceCall, mayServiceUseKey, producer } from './services';
import { Graph, Resource } from '../graph';
import { shapeOf } from '../narrowing';
import { Rule } from '../rule';

const BUCKET = 'S3BucketName';
const KEY = 'S3KmsKeyArn';
const LIST = ['s3:GetBucketAcl', 's3:ListBucket'];
const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** The role that is AWS Config's own and may write to no bucket. */
const SERVICE_LINKED = 'role/aws-service-role/config.amazonaws.com/';

/**
 * Checks `DELIVERY-CONFIG-CHANNEL`. AWS Config tries with the role of the recorder, and then in its own name (AWS Config Developer Guide, "Permissions
 * for the Amazon S3 Bucket for the AWS Config Delivery Channel" and "Permissions for the KMS Key for the AWS Config Delivery Channel").
 */
export const deliveryConfigChannel: Rule = {
  control: 'DELIVERY-CONFIG-CHANNEL',
  check(channel, graph) {
    const { [BUCKET]: named, [KEY]: key, S3KeyPrefix: prefix } = channel.properties;
    const bucket = graph.find(named, 'AWS::S3::Bucket', channel.template);
    if (!bucket || equals(`arn:aws:s3:::${plain(named, channel.template, graph)}`, arnOf(bucket, graph)) !== 'yes') return untold(named, BUCKET);
    const by = producer('config.amazonaws.com', channel, graph);
    const before = prefix === undefined || prefix === '' ? '' : `${plain(prefix, channel.template, graph)}/`;
    const file = `${arnOf(bucket, graph)}/${before}AWSLogs/${accountOf(channel, graph)}/Config/1`;
    const put = ['s3:PutObject'];
    const toBucket = [
      best(mayServiceCall(by, LIST, bucket, graph), channel, graph, (role) => mayRoleCall(role, LIST, bucket, graph)),
      best(mayServiceCall(by, put, bucket, graph, file), channel, graph, (role) => mayRoleCall(role, put, bucket, graph, file)),
    ].map((decision) => outcomeOf(decision, 'PolicyDenies', bucket, BUCKET));
    if (key === undefined) return toBucket;
    const toKey = best(mayServiceUseKey(by, ENCRYPT, channel, graph), channel, graph, (role) => mayRoleUseKey(role, ENCRYPT, key, channel, graph));
    return [...toBucket, outcomeOf(toKey, 'KeyDenies', channel, KEY)];
  },
};

/** What AWS Config may do in its own name, or else by the role of a recorder; a recorder that no template has may have any. */
function best(itself: Decision, channel: Resource, graph: Graph, byRole: (role: Resource) => Decision): Decision {
  const recorders = graph.ofType('AWS::Config::ConfigurationRecorder').filter((recorder) => equals(accountOf(recorder, graph), accountOf(channel, graph)) !== 'no');
  const ways = recorders.map(({ properties: { RoleARN: arn }, template }): Decision => {
    if (shapeOf(arn).includes(SERVICE_LINKED)) return itself;
    const role = graph.find(arn, 'AWS::IAM::Role', template);
    return role ? byRole(role) : { answer: 'unknown', reason: 'no template has the role of the recorder' };
  });
  const all = [itself, ...(ways.length > 0 ? ways : [{ answer: 'unknown', reason: 'no template has the recorder, whose role may deliver' } as const])];
  return all.find(({ answer }) => answer === 'allowed') ?? all.find(({ answer }) => answer === 'unknown') ?? itself;
}
