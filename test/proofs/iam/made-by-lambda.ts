import { Call } from './call';
import { Environment, Resource } from './environment';

/*
 * What Lambda does in the name of a function's role: where AWS says so, and only for a function that has the setting.
 *
 * Not here: the decryption of environment variables with a customer managed key. Lambda does it by a KMS grant that whoever deploys the
 * function lets it make, not by the role's policies (AWS re:Post Knowledge Center, "How do I resolve KMSAccessDeniedException errors from
 * AWS Lambda?", which has one reset the grant). A role that is permitted it all the same has a grant too many.
 */
const LOGGING = 'AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs"';
const TRACING = 'AWS Lambda Developer Guide, "Visualize Lambda function invocations using AWS X-Ray"';
const DEAD_LETTERS = 'AWS Lambda Developer Guide, "Adding a dead-letter queue"';
const POLLING = 'AWS Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping"';
const STREAM = 'AWS Lambda Developer Guide, "Process DynamoDB records with Lambda", execution role permissions';
const GIVEN_UP = 'AWS Lambda Developer Guide, "Retaining discarded records for a DynamoDB event source in Lambda"';
const NETWORK = 'AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC"';

/** Properties for which nothing more is done in the role's name. Any other is refused, since nobody has looked what it needs. */
const KNOWN_OF_FUNCTION = [
  'Architectures', 'Code', 'DeadLetterConfig', 'Description', 'Environment', 'EphemeralStorage', 'FunctionName', 'Handler', 'KmsKeyArn', 'Layers', 'LoggingConfig',
  'MemorySize', 'ReservedConcurrentExecutions', 'Role', 'Runtime', 'Tags', 'Timeout', 'TracingConfig', 'VpcConfig',
];
const KNOWN_OF_MAPPING = [
  'BatchSize', 'BisectBatchOnFunctionError', 'DestinationConfig', 'Enabled', 'EventSourceArn', 'FilterCriteria', 'FunctionName', 'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds', 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'ParallelizationFactor', 'ScalingConfig', 'StartingPosition', 'Tags',
];

/** An action, its resource, and where AWS says that Lambda does it. */
type Done = readonly [action: string, resource: string, because: string];

/** Calls that Lambda makes in the name of a function's role, whatever the handler does. */
export function madeByLambda(lambda: Resource, environment: Environment): Call[] {
  requireKnown(lambda, KNOWN_OF_FUNCTION);
  const done = [...logging(lambda, environment), ...tracing(lambda), ...deadLetters(lambda), ...network(lambda), ...polling(lambda, environment)];
  const context = { 'aws:RequestedRegion': lambda.stack.place.region, 'aws:SecureTransport': 'true' };
  return done.map(([action, resource, because]) => ({ action, resource, context, because }));
}

function logging(lambda: Resource, environment: Environment): Done[] {
  const group = environment.ofType('AWS::Logs::LogGroup').find((each) => environment.namesOf(each).ref === lambda.property('LoggingConfig.LogGroup'));
  if (!group) throw new Error(`${lambda.path} has no log group of ${environment.name}, so the proof cannot see where it logs`);
  const stream = environment.namesOf(group).arn.replace(/\*$/, 'log-stream:2026/11/24/[$LATEST]0123456789abcdef');
  return [['logs:CreateLogStream', stream, LOGGING], ['logs:PutLogEvents', stream, LOGGING]];
}

function tracing(lambda: Resource): Done[] {
  if (lambda.property('TracingConfig.Mode') !== 'Active') return [];
  return [['xray:PutTraceSegments', '*', TRACING], ['xray:PutTelemetryRecords', '*', TRACING]];
}

function deadLetters(lambda: Resource): Done[] {
  const target = lambda.property('DeadLetterConfig.TargetArn') as string | undefined;
  return target === undefined ? [] : [['sqs:SendMessage', target, DEAD_LETTERS]];
}

function network(lambda: Resource): Done[] {
  if (lambda.property('VpcConfig.SubnetIds') === undefined) return [];
  const { account, region } = lambda.stack.place;
  const own = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'];
  return [
    ...own.map((action): Done => [`ec2:${action}`, `arn:aws:ec2:${region}:${account}:network-interface/eni-0123456789abcdef0`, NETWORK]),
    ['ec2:DescribeNetworkInterfaces', '*', NETWORK],
    ['ec2:DescribeSubnets', '*', NETWORK],
  ];
}

function polling(lambda: Resource, environment: Environment): Done[] {
  const { name, arn } = environment.namesOf(lambda);
  const ofFunction = (type: string) => environment.ofType(type).filter((each) => [name, arn].includes(each.property('FunctionName') as string));
  for (const config of ofFunction('AWS::Lambda::EventInvokeConfig')) requireKnown(config, []);
  return ofFunction('AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    requireKnown(mapping, KNOWN_OF_MAPPING);
    const source = mapping.property('EventSourceArn') as string;
    if (source.startsWith('arn:aws:dynamodb:')) return reading(source, mapping.property('DestinationConfig.OnFailure.Destination') as string | undefined);
    const queue = environment.namesOf(environment.withArn(source, 'AWS::SQS::Queue')).arn;
    return ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action): Done => [action, queue, POLLING]);
  });
}

/** What Lambda does with a stream, and with records that it gives up. */
function reading(streamArn: string, givenUpTo: string | undefined): Done[] {
  return [
    ...['DescribeStream', 'GetRecords', 'GetShardIterator'].map((action): Done => [`dynamodb:${action}`, streamArn, STREAM]),
    ['dynamodb:ListStreams', '*', STREAM],
    ...givenUpTo === undefined ? [] : [['sqs:SendMessage', givenUpTo, GIVEN_UP] as Done],
  ];
}

function requireKnown({ properties, path }: Resource, known: readonly string[]): void {
  const unknown = properties.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(`the proof does not know what Lambda does in a role's name for ${unknown.join(', ')} of ${path}; add it to test/proofs/iam/made-by-lambda.ts`);
}
