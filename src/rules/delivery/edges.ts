import { arnOf, plain } from './arns';
import { keyForSenders } from './encryption';
import { INVOCABLE, mayServiceInvoke } from './functions';
import { mayRoleCall, mayRoleUseKey } from './identity';
import { equals } from './match';
import { Decision } from './permissions';
import { mayServiceCall, mayServiceUseKey, Producer } from './services';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, violation } from '../rule';
import { describe, Pseudo, Reference, Value } from '../values';

/** What a sender does with the key of an encrypted topic or queue. */
export const SENDER_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** What it takes to deliver to a resource of a type. */
const SEND_ACTIONS: Readonly<Record<string, string>> = {
  'AWS::Events::EventBus': 'events:PutEvents',
  'AWS::Lambda::Alias': 'lambda:InvokeFunction',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
  'AWS::Lambda::Version': 'lambda:InvokeFunction',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::SQS::Queue': 'sqs:SendMessage',
};

/** The resource that receives; undefined where a value names none of the graph, or one of the same name elsewhere. */
export function destination(value: Value, home: string, graph: Graph): Resource | undefined {
  if (value instanceof Reference) return value.resource;
  const found = Object.keys(SEND_ACTIONS).map((type) => graph.find(value, type, home)).find((resource) => resource !== undefined);
  if (!found) return undefined;
  const named = plain(value, home, graph);
  return named.startsWith('arn:') && equals(named, arnOf(found, graph)) !== 'yes' ? undefined : found;
}

/** Whether a value is what another template, a parameter of the account or own code gives: it can name anything. */
export function standsForAnother(value: Value): boolean {
  return value instanceof Pseudo || (value instanceof Reference && /^(Custom::|AWS::CloudFormation::|AWS::SSM::Parameter$)/.test(value.resource.type));
}

/** Whether a service may deliver to a topic, queue or function; one outcome for its policy and one for its key. */
export function deliveredBy(by: Producer, value: Value, property: string, home: string, graph: Graph): Outcome[] {
  const target = destination(value, home, graph);
  const send = target && SEND_ACTIONS[target.type];
  if (!target || !send) return [untold(value, property)];
  if (INVOCABLE.includes(target.type)) return [outcomeOf(mayServiceInvoke(by, target, graph), 'PolicyDenies', target, property)];
  return [
    outcomeOf(mayServiceCall(by, [send], target, graph), 'PolicyDenies', target, property),
    outcomeOf(mayServiceUseKey(by, SENDER_KEY_ACTIONS, target, graph), 'KeyDenies', target, property),
  ];
}

/** Whether a role may deliver to a destination; a role outside the graph leaves it untold. */
export function deliveredByRole(roleValue: Value, value: Value, property: string, home: string, graph: Graph): Outcome[] {
  const role = graph.find(roleValue, 'AWS::IAM::Role', home);
  const target = destination(value, home, graph);
  const send = target && SEND_ACTIONS[target.type];
  if (!target || !send) return [untold(value, property)];
  if (!role) return [cannotTell(`Untold::${target.logicalId}`, `the template does not hold the role ${describe(roleValue)}, so it does not tell whether it may send`, property)];
  return [
    outcomeOf(mayRoleCall(role, [send], target, graph), 'PolicyDenies', target, property),
    outcomeOf(mayRoleUseKey(role, SENDER_KEY_ACTIONS, keyForSenders(target), target, graph), 'KeyDenies', target, property),
  ];
}

/** The outcome of one decision about a target. */
export function outcomeOf(decision: Decision, denies: 'KeyDenies' | 'PolicyDenies', target: Resource, property: string): Outcome {
  const subject = denies === 'KeyDenies' ? `the key of ${target.logicalId}` : `the policy of ${target.logicalId}`;
  switch (decision.answer) {
    case 'allowed': return compliant(`${subject} allows the delivery`, property);
    case 'denied': return violation(`${denies}::${target.logicalId}`, `${subject}: ${decision.reason}`, property);
    case 'unknown': return cannotTell(`Untold::${target.logicalId}`, `${subject}: ${decision.reason}`, property);
  }
}

/** The outcome for a target whose policy the template does not hold. */
export function untold(value: Value, property: string): Outcome {
  return cannotTell(`Untold::${describe(value)}`,
    `the template does not hold the policy of ${describe(value)}; check that it lets the delivery through, then waive this finding with that check as reason`, property);
}
