import { uploadBuckets } from './partner-roles';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, Value } from '../values';

/** Where the notifications of a bucket stand: in its properties, and in the custom resource that the CDK makes. */
const OWN = { path: 'NotificationConfiguration', kinds: ['LambdaConfigurations', 'QueueConfigurations', 'TopicConfigurations'] };
const CUSTOM = { path: 'NotificationConfiguration', kinds: ['LambdaFunctionConfigurations', 'QueueConfigurations', 'TopicConfigurations'] };

/** Checks `SFTP-CLEAN-BUCKET`. */
export const sftpCleanBucket: Rule = {
  control: 'SFTP-CLEAN-BUCKET',
  check(bucket, graph) {
    if (!uploadBuckets(graph).has(bucket)) return notApplicable('no user of an SFTP server puts files there');
    const found = [
      ...judge(bucket.properties[OWN.path], OWN.kinds),
      ...customOf(bucket, graph).flatMap(({ properties }) => judge(properties[CUSTOM.path], CUSTOM.kinds)),
      ...replication(bucket),
    ];
    return found.length > 0 ? found : compliant('files go on from another bucket, once a scan found them clean');
  },
};

function judge(configuration: Value, kinds: readonly string[]): readonly Outcome[] {
  if (isUnknown(configuration)) return [cannotTell('UnresolvedNotification', `the notifications are ${describe(configuration)}`, OWN.path)];
  return kinds.flatMap((kind) => {
    const each = at(configuration, kind);
    if (isUnknown(each)) return [cannotTell('UnresolvedNotification', `${kind} is ${describe(each)}`, OWN.path)];
    return listOf(each).length === 0 ? [] : [violation(`HandsOn::${kind}`, `${kind} hands on what arrives, before anything scanned it`, OWN.path)];
  });
}

function replication({ properties }: Resource): readonly Outcome[] {
  const { ReplicationConfiguration: configuration } = properties;
  if (isUnknown(configuration)) return [cannotTell('UnresolvedNotification', `the replication is ${describe(configuration)}`, 'ReplicationConfiguration')];
  return configuration === undefined ? [] : [
    violation('HandsOn::Replication', 'what arrives is copied to another bucket, before anything scanned it', 'ReplicationConfiguration'),
  ];
}

function customOf(bucket: Resource, graph: Graph): readonly Resource[] {
  return graph.grouped('notifications by bucket', 'Custom::S3BucketNotifications',
    ({ properties, template }) => graph.find(properties.BucketName, 'AWS::S3::Bucket', template)).get(bucket) ?? [];
}
