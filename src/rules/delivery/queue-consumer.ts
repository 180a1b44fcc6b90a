import { arnOf, plain } from './arns';
import { deliveredByRole, destination, outcomeOf, standsForAnother, untold } from './edges';
import { keyProperty } from './encryption';
import { functionOf } from './functions';
import { mayRoleCall, mayRoleUseKey } from './identity';
import { Graph, Resource } from '../graph';
import { cannotTell, notApplicable, Outcome, Rule } from '../rule';
import { at, describe, isUnknown, Value } from '../values';

const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** Checks `DELIVERY-QUEUE-CONSUMER`. */
export const deliveryQueueConsumer: Rule = {
  control: 'DELIVERY-QUEUE-CONSUMER',
  check(mapping, graph) {
    const { EventSourceArn: source, FunctionName: name } = mapping.properties;
    const roleValue = functionOf(name, mapping.template, graph)?.properties.Role;
    const onFailure = at(mapping.properties, 'DestinationConfig.OnFailure.Destination');
    const outcomes = [
      ...sourceOutcomes(mapping, source, roleValue, graph),
      ...(onFailure === undefined ? [] : deliveredByRole(roleValue, onFailure, 'DestinationConfig.OnFailure.Destination', mapping.template, graph)),
    ];
    return outcomes.length > 0 ? outcomes : notApplicable('the source is neither a queue nor the stream of a table');
  },
};

function sourceOutcomes(mapping: Resource, source: Value, roleValue: Value, graph: Graph): Outcome[] {
  const arn = plain(source, mapping.template, graph);
  const found = sourceOf(source, arn, mapping.template, graph);
  if (!found) return isUnknown(source) || standsForAnother(source) || /^arn:aws:(sqs|dynamodb):/.test(arn) ? [untold(source, 'EventSourceArn')] : [];
  const role = graph.find(roleValue, 'AWS::IAM::Role', mapping.template);
  if (!role) return [cannotTell(`Untold::${found.logicalId}`, `the template does not hold the role of ${describe(mapping.properties.FunctionName)}`, 'EventSourceArn')];
  const queue = found.type === 'AWS::SQS::Queue';
  return [
    outcomeOf(mayRoleCall(role, queue ? QUEUE_ACTIONS : STREAM_ACTIONS, found, graph, queue ? arnOf(found, graph) : arn), 'PolicyDenies', found, 'EventSourceArn'),
    outcomeOf(mayRoleUseKey(role, ['kms:Decrypt'], keyProperty(found), found, graph), 'KeyDenies', found, 'EventSourceArn'),
  ];
}

function sourceOf(source: Value, arn: string, home: string, graph: Graph): Resource | undefined {
  const queue = destination(source, home, graph);
  if (queue?.type === 'AWS::SQS::Queue') return queue;
  const table = graph.find(source, 'AWS::DynamoDB::Table', home);
  return table && arn.startsWith(`${arnOf(table, graph)}/stream/`) ? table : undefined;
}
