import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { Statement, statementsOf } from '../policy-document';
import { at } from '../values';

/** Every statement of the log resource policies of the graph; they belong to the account, and name their log groups themselves. */
export function logStatements(graph: Graph): readonly Statement[] {
  return graph.once('delivery-log-policies', () => [
    ...graph.ofType('AWS::Logs::ResourcePolicy').flatMap((policy) => statementsOf(jsonOf(policy.properties.PolicyDocument), policy, 'PolicyDocument')),
    ...graph.ofType('Custom::CloudwatchLogResourcePolicy').flatMap(ofCustomResource),
  ]);
}

/** CDK puts the policy of a rule's log group by an SDK call, whose parameters are JSON within JSON. */
function ofCustomResource(policy: Resource): readonly Statement[] {
  return statementsOf(jsonOf(at(jsonOf(policy.properties.Create), 'parameters.policyDocument')), policy, 'Create');
}
