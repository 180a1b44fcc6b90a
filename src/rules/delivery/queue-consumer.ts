import { arnOf, plain } from './arns';
import { deliveredByRole, outcomeOf, untold } from './edges';
import { keyProperty } from './encryption';
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
    const roleValue = graph.find(name, 'AWS::Lambda::Function')?.properties.Role;
    const onFailure = at(mapping.properties, 'DestinationConfig.OnFailure.Destination');
    const outcomes = [
      ...sourceOutcomes(mapping, source, roleValue, graph),
      ...(onFailure === undefined ? [] : deliveredByRole(roleValue, onFailure, 'DestinationConfig.OnFailure.Destination', mapping.template, graph)),
    ];
    return outcomes.length > 0 ? outcomes : notApplicable('the source is neither a queue nor the stream of a table');
  },
};

function sourceOutcomes(mapping: Resource, source: Value, roleValue: Value, graph: Graph): Outcome[] {
  const found = graph.find(source, 'AWS::SQS::Queue') ?? graph.find(source, 'AWS::DynamoDB::Table');
  if (!found) return isUnknown(source) || /^arn:aws:(sqs|dynamodb):/.test(plain(source, mapping.template, graph)) ? [untold(source, 'EventSourceArn')] : [];
  const role = graph.find(roleValue, 'AWS::IAM::Role');
  if (!role) return [cannotTell(`Untold::${found.logicalId}`, `the template does not hold the role of ${describe(mapping.properties.FunctionName)}`, 'EventSourceArn')];
  const queue = found.type === 'AWS::SQS::Queue';
  const key = queue ? keyProperty(found) : at(found.properties, 'SSESpecification.KMSMasterKeyId');
  return [
    outcomeOf(mayRoleCall(role, queue ? QUEUE_ACTIONS : STREAM_ACTIONS, found, graph, queue ? arnOf(found, graph) : plain(source, mapping.template, graph)), 'PolicyDenies', found, 'EventSourceArn'),
    outcomeOf(mayRoleUseKey(role, ['kms:Decrypt'], key, found, graph), 'KeyDenies', found, 'EventSourceArn'),
  ];
}
