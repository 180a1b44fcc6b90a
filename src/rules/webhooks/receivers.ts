import { tryReadCall } from '../delivery/api-calls';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { at, isMap, isUnknown, mayBeAbsent, Unresolved, ValueMap } from '../values';

const FUNCTION = 'AWS::Lambda::Function';

const NAMES = ['ENDPOINT', 'PUBLIC_URL', 'SCHEME'];

/**
 * The variables of a function that receives webhooks; undefined for any other function.
 *
 * A template shows how a function is configured and not what its code does, as with the function of an authorizer. What only deployment tells
 * makes no receiver, so that an open route in front of it stays a finding.
 */
export function tryReceiver(func: Resource): ValueMap | undefined {
  const variables = at(func.properties, 'Environment.Variables');
  if (!isMap(variables)) return undefined;
  return NAMES.every((name) => variables[name] !== undefined && !mayBeAbsent(variables[name])) ? variables : undefined;
}

/** Whether only deployment tells if a function is configured as a receiver. */
export function mayReceive(func: Resource): boolean {
  const variables = at(func.properties, 'Environment.Variables');
  if (!isMap(variables)) return isUnknown(variables);
  return NAMES.every((name) => variables[name] !== undefined) && NAMES.some((name) => mayBeAbsent(variables[name]));
}

/** The scheme by which a receiver verifies; `Unresolved` where the template does not tell it. */
export function schemeOf(variables: ValueMap): ValueMap | Unresolved {
  const scheme = jsonOf(variables.SCHEME);
  return isMap(scheme) ? scheme : new Unresolved('SCHEME');
}

/** The function behind a method, called with the request as it is, if it receives webhooks. */
export function receiverBehind(method: Resource, graph: Graph): Resource | undefined {
  const { Integration } = method.properties;
  if (at(Integration, 'Type') !== 'AWS_PROXY') return undefined;
  const called = tryReadCall(at(Integration, 'Uri'), Integration, method.template, graph)?.target;
  const func = called && called.type !== FUNCTION ? graph.find(called.properties.FunctionName, FUNCTION, called.template) : called;
  return func && tryReceiver(func) && func;
}
