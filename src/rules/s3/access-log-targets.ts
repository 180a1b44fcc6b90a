import { Graph, Resource } from '../graph';
import { at } from '../values';

/** The bucket that a bucket sends its server access log to, where the graph has it. */
export function accessLogTarget(bucket: Resource, graph: Graph): Resource | undefined {
  return graph.find(at(bucket.properties, 'LoggingConfiguration.DestinationBucketName'), 'AWS::S3::Bucket', bucket.template);
}

/** Whether a bucket receives the server access log of another one. One that logs to itself does not count: it would exempt itself. */
export function isAccessLogTarget(bucket: Resource, graph: Graph): boolean {
  return graph.once('access-log-targets', () => {
    const targets = new Set<Resource>();
    for (const source of graph.ofType('AWS::S3::Bucket')) {
      const target = accessLogTarget(source, graph);
      if (target && target !== source) targets.add(target);
    }
    return targets;
  }).has(bucket);
}
