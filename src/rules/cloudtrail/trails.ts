import { Graph, Resource } from '../graph';

/** The type of a trail. */
export const TRAIL = 'AWS::CloudTrail::Trail';

/** The bucket that a trail writes to, where the graph has it. */
export function bucketOf(trail: Resource, graph: Graph): Resource | undefined {
  return graph.find(trail.properties.S3BucketName, 'AWS::S3::Bucket', trail.template);
}

/** The log group that a trail writes to, where the graph has it. */
export function logGroupOf(trail: Resource, graph: Graph): Resource | undefined {
  return graph.find(trail.properties.CloudWatchLogsLogGroupArn, 'AWS::Logs::LogGroup', trail.template);
}
