import { droppedRequests } from './logging-filter';
import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, target, Value } from '../values';

/** AWS WAF Developer Guide, Sending web ACL traffic logs to a CloudWatch Logs log group (to an S3 bucket, to a Firehose stream): naming. */
const PREFIX = 'aws-waf-logs-';

const DESTINATIONS = 'LogDestinationConfigs';

/** Name property of each kind of destination. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
};

/** Checks `WAF-LOGGING`. */
export const wafLogging: Rule = {
  control: 'WAF-LOGGING',
  check(acl, graph) {
    const all = graph.ofType('AWS::WAFv2::LoggingConfiguration');
    const own = all.find(({ properties }) => graph.find(properties.ResourceArn, acl.type) === acl);
    if (own) return judge(own);
    const untold = all.find(({ properties }) => isUnknown(properties.ResourceArn));
    return untold ? cannotTell('UnresolvedLogging', `${untold.logicalId} is for ${describe(untold.properties.ResourceArn)}, which may be this web ACL`)
      : violation('NoLogging', 'no logging configuration is for the web ACL');
  },
};

function judge({ logicalId, properties }: Resource): Outcome | readonly Outcome[] {
  const [destination] = listOf(properties[DESTINATIONS]);
  if (destination === undefined) return violation('NoLogging', `${logicalId} names no destination`);
  const name = destinationName(destination);
  const dropped = droppedRequests(properties.LoggingFilter);
  const found = [
    ...judgeName(name, logicalId),
    ...(dropped === 'unknown' ? [cannotTell('UnresolvedLogging', `the template does not tell what the filter of ${logicalId} drops`)] : []),
    ...(dropped === 'blocked' ? [violation('BlockedDropped', `the filter of ${logicalId} drops requests that were blocked`)] : []),
  ];
  if (found.length > 0) return found;
  return compliant(`${logicalId} logs ${dropped === 'none' ? 'every request' : 'every blocked request, and what its filter keeps of the others,'} to ${describe(name)}`);
}

function judgeName(name: Value, logicalId: string): Outcome[] {
  const text = describe(name);
  if (name !== undefined && text.startsWith(PREFIX)) return [];
  const literal = text.split('${')[0];
  // A name that is put together may still begin as it must.
  return name !== undefined && literal !== text && PREFIX.startsWith(literal)
    ? [cannotTell('UnresolvedLogging', `the template does not tell the name of the destination of ${logicalId}, ${text}`)]
    : [violation('DestinationName', `the destination of ${logicalId} is named ${name === undefined ? 'by CloudFormation' : text}`)];
}

/** The name in an ARN, or of the resource that the ARN comes from; undefined where CloudFormation makes one up. */
function destinationName(arn: Value): Value {
  const resource = target(arn);
  if (resource && NAMES[resource.type]) return resource.properties[NAMES[resource.type]];
  const text = describe(arn);
  return /(?::log-group:|:deliverystream\/|:s3:::)(.*)$/.exec(text)?.[1] ?? (text.includes('${') ? `\${${text}}` : text);
}
