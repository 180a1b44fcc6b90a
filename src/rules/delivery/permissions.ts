import { all, Answer, any, not } from './answers';
import { plain } from './arns';
import { Caller } from './callers';
import { conditionHolds, Context } from './conditions';
import { equals, like, readable } from './match';
import { Graph } from '../graph';
import { coversAction, Principal, Statement } from '../policy-document';

/** One call that a delivery needs to succeed. */
export interface Request {
  readonly caller: Caller;
  readonly action: string;
  /** ARN of what it acts on, as plain text. */
  readonly on: string;
  readonly context: Context;
}

/** What a list of statements says of a request, before it is weighed against other policies. */
export interface Weight {
  readonly allow: Answer;
  readonly deny: Answer;
  /** Why it is not simply allowed. */
  readonly reason: string;
}

/** What all policies together say. */
export interface Decision {
  readonly answer: 'allowed' | 'denied' | 'unknown';
  readonly reason: string;
}

/**
 * Which statements count: those that name the caller, those that hand the decision to the policies of its account,
 * or all of them, as in a policy that hangs on the caller itself.
 */
export type Reading = 'named' | 'delegated' | 'own';

/** Weighs statements for a request. `mayHaveMore` says that further statements may exist that the template does not place. */
export function weigh(statements: readonly Statement[], request: Request, reading: Reading, graph: Graph, mayHaveMore = false): Weight {
  const matches = statements.map((statement) => ({ statement, match: matchOf(statement, request, reading, graph) }));
  const allows = matches.filter(({ statement }) => statement.effect !== 'Deny');
  const denies = matches.filter(({ statement }) => statement.effect !== 'Allow');
  const allow = any([...allows.map(({ match }) => match), ...(mayHaveMore ? ['maybe' as const] : [])]);
  const deny = any(denies.map(({ match }) => match));
  const culprit = deny !== 'no' ? denies.find(({ match }) => match === deny) : allows.find(({ match }) => match === 'maybe');
  return { allow, deny, reason: reasonOf(request, allow, deny, culprit?.statement) };
}

/** Turns the weight of one policy, or of several combined, into a decision. */
export function decide(weight: Weight): Decision {
  if (weight.deny === 'yes' || weight.allow === 'no') return { answer: 'denied', reason: weight.reason };
  if (weight.deny === 'maybe' || weight.allow === 'maybe') return { answer: 'unknown', reason: weight.reason };
  return { answer: 'allowed', reason: '' };
}

/** The least of several decisions, which all have to be positive. */
export function worst(decisions: readonly Decision[]): Decision {
  return decisions.find(({ answer }) => answer === 'denied')
    ?? decisions.find(({ answer }) => answer === 'unknown')
    ?? { answer: 'allowed', reason: '' };
}

function reasonOf(request: Request, allow: Answer, deny: Answer, culprit: Statement | undefined): string {
  const what = `${readable(request.caller.name)} to call ${request.action}`;
  const where = culprit && `${culprit.carrier.logicalId}.${culprit.path}`;
  if (deny === 'yes') return `${where} denies ${what}`;
  if (deny === 'maybe') return `the template does not tell whether ${where} denies ${what}`;
  if (allow === 'no') return `no statement allows ${what}`;
  return where ? `the template does not tell whether ${where} allows ${what}` : `the template does not tell which policy allows ${what}`;
}

function matchOf(statement: Statement, request: Request, reading: Reading, graph: Graph): Answer {
  const home = statement.carrier.template;
  const unread = statement.partial && statement.principals.length === 0 && statement.actions.length === 0;
  if (unread) return 'maybe';
  const action = coversAction(statement, request.action) ? 'yes' : statement.partial ? 'maybe' : 'no';
  // Most statements are about other actions; the rest takes time.
  if (action === 'no') return 'no';
  const onIt = any(statement.resources.map((resource) => like(plain(resource, home, graph), request.on)));
  const answer = all([
    reading === 'own' ? 'yes' : principalOf(statement, request.caller, reading, graph),
    action,
    statement.notResource ? not(onIt) : statement.resources.length === 0 ? 'maybe' : onIt,
    ...statement.conditions.map((condition) => conditionHolds(condition, request.context, home, graph)),
  ]);
  return answer === 'yes' && statement.partial ? 'maybe' : answer;
}

/** A Deny that names the account's root hits everybody in the account, so it counts in either reading. */
function principalOf(statement: Statement, caller: Caller, reading: Reading, graph: Graph): Answer {
  const named = any(statement.principals.map((principal) => (principal.kind === 'any' ? 'yes' : caller.isNamed(principal, statement, graph))));
  const root = any(statement.principals.map((principal) => namesAccount(principal, caller, statement.carrier.template, graph)));
  const answer = statement.effect === 'Deny' ? any([named, root]) : reading === 'delegated' ? root : named;
  return statement.notPrincipal ? not(any([named, root])) : answer;
}

function namesAccount(principal: Principal, { account }: Caller, home: string, graph: Graph): Answer {
  if (account === undefined || principal.kind !== 'aws') return 'no';
  const value = plain(principal.value, home, graph);
  return any([equals(value, account), equals(value, `arn:aws:iam::${account}:root`)]);
}
