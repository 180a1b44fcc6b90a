import { Graph, Resource } from './graph';
import { shapeOf } from './narrowing';
import { isOwnAccount, Principal } from './policy-document';
import { Pseudo, Reference, Text, Value } from './values';

/** Which account a principal lives in, seen from the resource whose policy names it. */
export type Belonging = 'own' | 'foreign' | 'unknown';

/** Account of the stack that a resource is in, when it is known. */
export function accountOf(resource: Resource, graph: Graph): string | undefined {
  return graph.sources.find((source) => source.name === resource.template)?.account;
}

/** Where a principal of kind `aws` lives. A literal account is foreign where the stack's own account is not known. */
export function belongingOf(principal: Principal, carrier: Resource, graph: Graph): Belonging {
  const own = accountOf(carrier, graph);
  if (principal.kind !== 'aws') return 'unknown';
  if (principal.value instanceof Reference) {
    const theirs = accountOf(principal.value.resource, graph);
    return own !== undefined && theirs !== undefined && own !== theirs ? 'foreign' : 'own';
  }
  if (isOwnAccount(principal.value, own)) return 'own';
  const text = shapeOf(ownAccountSpelled(principal.value));
  const account = /^\d{12}$/.test(text) ? text : text.split(':')[4];
  if (account === 'own' || (own !== undefined && account === own)) return 'own';
  return account !== undefined && /^(\d{12}|.*[*?].*)$/.test(account) ? 'foreign' : 'unknown';
}

/** Whether a principal is the root of some account, its own or another. */
export function isRoot(principal: Principal): boolean {
  const text = shapeOf(principal.value);
  return principal.kind === 'aws' && (text.endsWith(':root') || /^(\d{12}|!)$/.test(text) || principal.value instanceof Pseudo);
}

function ownAccountSpelled(value: Value): Value {
  return value instanceof Text ? new Text(value.parts.map((part) => (isOwnAccount(part) ? 'own' : part))) : value;
}
