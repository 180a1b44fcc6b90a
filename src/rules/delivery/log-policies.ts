import { Graph, Resource } from '../graph';
import { Statement, statementsOf } from '../policy-document';
import { at, isMap, Text, Unresolved, Value } from '../values';

/** Marks the place of a part that is not literal while a policy is parsed; no template can hold it. */
const MARK = /\uE000(\d+)\uE000/;

/** Every statement of the log resource policies of the graph; they belong to the account, and name their log groups themselves. */
export function logStatements(graph: Graph): readonly Statement[] {
  return graph.once('delivery-log-policies', () => [
    ...graph.ofType('AWS::Logs::ResourcePolicy').flatMap((policy) => statementsOf(parsed(policy.properties.PolicyDocument), policy, 'PolicyDocument')),
    ...graph.ofType('Custom::CloudwatchLogResourcePolicy').flatMap(ofCustomResource),
  ]);
}

/** CDK puts the policy of a rule's log group by an SDK call, whose parameters are JSON within JSON. */
function ofCustomResource(policy: Resource): readonly Statement[] {
  return statementsOf(parsed(at(parsed(policy.properties.Create), 'parameters.policyDocument')), policy, 'Create');
}

/** Reads a document that the template holds as JSON text, its references kept. */
function parsed(document: Value): Value {
  if (typeof document !== 'string' && !(document instanceof Text)) return document;
  const parts = document instanceof Text ? document.parts : [document];
  const text = parts.map((part, index) => (typeof part === 'string' ? part : `\uE000${index}\uE000`)).join('');
  try {
    return restored(JSON.parse(text), parts);
  } catch {
    return new Unresolved('a policy that is no JSON');
  }
}

function restored(value: unknown, parts: Text['parts']): Value {
  if (typeof value === 'string') {
    const pieces = value.split(MARK).map((piece, index) => (index % 2 === 0 ? piece : parts[Number(piece)])).filter((piece) => piece !== '');
    return pieces.length === 1 ? pieces[0] : pieces.length === 0 ? '' : new Text(pieces);
  }
  if (Array.isArray(value)) return value.map((item) => restored(item, parts));
  if (isMap(value as Value)) return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, restored(item, parts)]));
  return value as Value;
}
