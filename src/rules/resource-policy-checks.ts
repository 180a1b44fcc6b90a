import { Graph, Resource } from './graph';
import { attachedStatements, Condition, guardsOnlyKnown, isAttachedPolicy, Principal, resourcePolicyOf, Statement } from './policy-document';
import { cannotTell, compliant, notApplicable, Outcome, violation } from './rule';
import { describe, Pseudo, Reference, Text, Unresolved, Value } from './values';

/** Condition keys that say whose request it is, in lower case; S3 holds the same ones for enough to call a policy not public. */
const CALLER_KEYS: readonly string[] = [
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths',
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourcevpc', 'aws:sourcevpce',
];

/** Condition keys that say on whose behalf an AWS service calls, in lower case. */
const SOURCE_KEYS: readonly string[] = ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths'];

/** Operators that need the key to be present: `IfExists` and `ForAllValues` also hold where it is missing, so an Allow must not use them. */
const EQUALS_LIKE = /^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)$/;

/** Policy variables that stand for the owner of the resource; any other one follows the caller. */
const OWNER_VARIABLES: readonly string[] = ['${aws:ResourceAccount}', '${aws:ResourceOrgID}'];

/** Stands for what the template does not tell, in a text whose shape is judged. */
const UNTOLD = '\u0000';

type Width = 'narrow' | 'wide' | 'unknown';

/** Whether a statement lets in anybody. */
export type Openness = 'open' | 'closed' | 'unknown';

/**
 * Judges the statements that guard a bucket, topic, queue or secret where that is in the graph, and else where the policy stands.
 *
 * So a policy for an imported bucket is judged too, and no statement twice.
 */
export function judgeWherePresent(
  resource: Resource, graph: Graph, judge: (statements: readonly Statement[]) => readonly Outcome[],
): readonly Outcome[] {
  if (!isAttachedPolicy(resource)) return withoutPaths(judge(resourcePolicyOf(resource, graph).statements));
  if (guardsOnlyKnown(resource, graph)) return [notApplicable('the policy is judged at the resources that it guards')];
  return judge(attachedStatements(resource));
}

/** A path below the properties of the policy means nothing below those of the resource, so each finding is told once with all its messages. */
function withoutPaths(outcomes: readonly Outcome[]): readonly Outcome[] {
  const merged = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'violation' && outcome.kind !== 'cannot-tell') return outcomes;
    const key = `${outcome.kind} ${outcome.finding}`;
    const before = merged.get(key);
    const message = before && 'message' in before ? `${before.message}; ${outcome.message}` : outcome.message;
    merged.set(key, { kind: outcome.kind, finding: outcome.finding, message });
  }
  return [...merged.values()];
}

/**
 * Judges whether statements let everybody in: findings `PublicAllow`, `AllowNotPrincipal` and `UntoldStatement`, else one compliant outcome.
 *
 * `moreKeys` are condition keys, in lower case, that narrow the caller for this service only.
 */
export function publicOutcomes(statements: readonly Statement[], moreKeys: readonly string[] = []): readonly Outcome[] {
  const outcomes = statements.flatMap((statement) => publicOutcome(statement, [...CALLER_KEYS, ...moreKeys]) ?? []);
  return outcomes.length > 0 ? outcomes : [compliant(`none of ${statements.length} statements lets everybody in`)];
}

function publicOutcome(statement: Statement, keys: readonly string[]): Outcome | undefined {
  switch (opennessOf(statement, keys)) {
    case 'closed': return undefined;
    case 'unknown': return untold(statement);
    case 'open': return statement.notPrincipal
      ? violation('AllowNotPrincipal', `${nameOf(statement)} allows everybody but its NotPrincipal`, statement.path)
      : violation('PublicAllow', `${nameOf(statement)} allows everybody, and no condition tells who`, statement.path);
  }
}

/** Whether a statement of a resource policy lets in anybody: any principal, and no condition that narrows it. */
export function opennessOf(statement: Statement, keys: readonly string[] = CALLER_KEYS): Openness {
  if (statement.effect === 'Deny') return 'closed';
  if (isUnread(statement)) return 'unknown';
  const open = statement.notPrincipal || statement.principals.some((principal) => principal.kind === 'any');
  if (!open && !statement.principals.some((principal) => principal.kind === 'unknown')) return 'closed';

  const width = statement.notPrincipal ? 'wide' : narrowest(statement, keys);
  if (width === 'narrow') return 'closed';
  return open && width === 'wide' && statement.effect === 'Allow' ? 'open' : 'unknown';
}

/**
 * Judges whether each Allow for an AWS service says on whose behalf: findings `NoSource` and `UntoldStatement`, else one compliant outcome.
 *
 * `isExempt` leaves out service principals that cannot send a source; `moreKeys` are further keys, in lower case, that bind the source.
 */
export function serviceOutcomes(
  statements: readonly Statement[],
  isExempt: (statement: Statement, principal: Principal) => boolean = () => false,
  moreKeys: readonly string[] = [],
): readonly Outcome[] {
  const outcomes = statements.flatMap((statement): readonly Outcome[] => {
    if (statement.effect === 'Deny') return [];
    if (isUnread(statement)) return [untold(statement)];
    const services = statement.principals.filter((principal) => principal.kind === 'service' && !isExempt(statement, principal));
    if (services.length === 0 && !statement.principals.some((principal) => principal.kind === 'unknown')) return [];
    const width = narrowest(statement, [...SOURCE_KEYS, ...moreKeys]);
    if (width === 'narrow') return [];
    if (services.length === 0 || width === 'unknown' || statement.effect === 'unknown') return [untold(statement)];
    const names = services.map((principal) => describe(principal.value)).join(', ');
    return [violation('NoSource', `${nameOf(statement)} lets ${names} act for any customer`, statement.path)];
  });
  return outcomes.length > 0 ? outcomes : [compliant(`none of ${statements.length} statements lets a service act for any customer`)];
}

/** Whether the template tells neither who nor what the statement is about. */
function isUnread(statement: Statement): boolean {
  return statement.effect === 'unknown' && statement.principals.length === 0;
}

function untold(statement: Statement): Outcome {
  return cannotTell('UntoldStatement', `the template does not tell all of ${nameOf(statement)}`, statement.path);
}

/** A statement as messages name it: its carrier, then its `Sid` or where it stands. */
export function nameOf(statement: Statement): string {
  return `${statement.carrier.logicalId} ${statement.sid ?? statement.path}`;
}

/** Conditions are joined by AND, so one that narrows is enough. */
function narrowest(statement: Statement, keys: readonly string[]): Width {
  if (statement.untoldConditions) return 'unknown';
  const widths = statement.conditions
    .filter((condition) => EQUALS_LIKE.test(condition.operator) && keys.includes(condition.key))
    .map(widthOfCondition);
  return widths.includes('narrow') ? 'narrow' : widths.includes('unknown') ? 'unknown' : 'wide';
}

/** Values of a condition are joined by OR, so one that is wide is too many. */
function widthOfCondition(condition: Condition): Width {
  const widths = condition.values.map((value) => widthOf(condition.key.endsWith('orgpaths') ? orgOf(value) : value));
  if (widths.length === 0 || widths.includes('wide')) return 'wide';
  return widths.includes('unknown') ? 'unknown' : 'narrow';
}

function widthOf(value: Value): Width {
  if (value instanceof Pseudo || value instanceof Reference || OWNER_VARIABLES.includes(value as string)) return 'narrow';
  const text = shapeOf(value);
  if (!text.startsWith('arn:')) return text === '' || /[*?]|\$\{/.test(text) ? 'wide' : text.includes(UNTOLD) ? 'unknown' : 'narrow';

  // A pattern that fixes the account is narrow whatever it leaves open; S3 ARNs have no account, but a bucket name has one owner.
  const [account, ...tail] = text.split(':').slice(4);
  const owner = account === '' ? tail.join(':').split('/')[0] : account;
  if (!owner || /[*?]|\$\{/.test(owner)) return 'wide';
  return owner.includes(UNTOLD) ? 'unknown' : 'narrow';
}

function orgOf(value: Value): Value {
  return typeof value === 'string' ? value.split('/')[0] : value;
}

function shapeOf(value: Value): string {
  if (value instanceof Unresolved) return UNTOLD;
  if (!(value instanceof Text)) return describe(value);
  return value.parts.map((part, index) => {
    if (typeof part === 'string') return part;
    if (part instanceof Unresolved) return UNTOLD;
    return index === 0 && part instanceof Reference ? 'arn:x:x:x:x:x' : 'x';
  }).join('');
}
