import { plain } from './arns';
import { policiesOf } from './identity';
import { like } from './match';
import { Graph, Resource } from '../graph';
import { coversAction, Statement } from '../policy-document';
import { Value } from '../values';

/** An Allow of a role's own policies, under one entry of its `Resource`, in plain text. */
interface Right {
  readonly role: Resource;
  readonly statement: Statement;
  readonly pattern: string;
}

/** Whatever there is, or all of a type, which names nothing. */
const NAMES_NOTHING = /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:([a-z-]+[/:])?[*?].*)$/;

/** Roles of the graph whose own policies name one of `arns`, in plain text, and allow one of `actions` on it, whatever the condition. */
export function rolesThatMay(actions: readonly string[], arns: readonly string[], graph: Graph): readonly Resource[] {
  const { literal, wildcard } = graph.once('delivery-role-rights', () => rightsIn(graph));
  const rights = [
    ...arns.flatMap((arn) => literal.get(arn) ?? []),
    ...wildcard.filter(({ pattern }) => arns.some((arn) => like(pattern, arn) === 'yes')),
  ];
  const roles = new Set(rights.filter(({ statement }) => actions.some((action) => coversAction(statement, action))).map(({ role }) => role));
  // In the order of the graph, whichever policy came first.
  return roles.size === 0 ? [] : graph.ofType('AWS::IAM::Role').filter((role) => roles.has(role));
}

function rightsIn(graph: Graph): { readonly literal: ReadonlyMap<string, readonly Right[]>; readonly wildcard: readonly Right[] } {
  const right = (role: Resource, statement: Statement) => (entry: Value): Right =>
    ({ role, statement, pattern: plain(entry, statement.carrier.template, graph) });
  const rights = graph.ofType('AWS::IAM::Role').flatMap((role) => policiesOf(role, graph).statements
    .filter(({ effect, notResource }) => effect === 'Allow' && !notResource)
    .flatMap((statement) => statement.resources.map(right(role, statement)))
    .filter(({ pattern }) => !NAMES_NOTHING.test(pattern)));
  const literal = new Map<string, Right[]>();
  const isWildcard = ({ pattern }: Right) => /[*?]/.test(pattern);
  for (const each of rights.filter((one) => !isWildcard(one))) {
    literal.set(each.pattern, [...(literal.get(each.pattern) ?? []), each]);
  }
  return { literal, wildcard: rights.filter(isWildcard) };
}
