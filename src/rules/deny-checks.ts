import { Resource } from './graph';
import { Condition, ResourcePolicy, rivalsOf, Statement } from './policy-document';
import { nameOf } from './resource-policy-checks';
import { cannotTell, compliant, Outcome, violation } from './rule';
import { describe, isUnknown, Reference, Text, Value } from './values';

/** What a Deny must do so that it holds for everybody and everything. */
export interface DenyDemand {
  /** The only condition key that it may use, in lower case. */
  readonly key: string;
  /** What must be reached, for example the bucket and its objects. */
  readonly parts: readonly string[];
  /** Whether a condition on that key denies what must be denied. */
  denies(condition: Condition): boolean;
  coversActions(statement: Statement): boolean;
  /** Which of `parts` an entry of `Resource` reaches. */
  reach(entry: Value): readonly string[];
}

/** Judges whether a resource policy holds an effective Deny, whichever of several is in force: findings `NoDeny`, `WeakDeny` and `UntoldPolicy`. */
export function denyOutcome(policy: ResourcePolicy, demand: DenyDemand): Outcome {
  const outcomes = rivalsOf(policy).map((rival) => outcomeOf(rival, demand));
  const worst = outcomes.find(({ kind }) => kind === 'violation') ?? outcomes.find(({ kind }) => kind === 'cannot-tell') ?? outcomes[0];
  return outcomes.length > 1 && 'message' in worst ? { ...worst, message: `of ${outcomes.length} policies one replaces the others: ${worst.message}` } : worst;
}

function outcomeOf(policy: ResourcePolicy, demand: DenyDemand): Outcome {
  const candidates = policy.statements.filter((statement) =>
    statement.effect !== 'Allow' && statement.conditions.some((condition) => condition.key === demand.key));
  const effective = candidates.filter((statement) => isEffective(statement, demand));
  const reached = new Set(effective.flatMap((statement) => statement.resources.flatMap((entry) => demand.reach(entry))));
  const missing = demand.parts.filter((part) => !reached.has(part));
  if (missing.length === 0) return compliant(`the policy denies by ${demand.key}`);
  if (policy.mayHaveMore || policy.statements.some((statement) => mayDeny(statement, demand))) {
    return cannotTell('UntoldPolicy', `a policy whose target or text is not told may deny by ${demand.key}`);
  }
  return candidates.length > 0
    ? violation('WeakDeny', `${candidates.map(nameOf).join(', ')}: the Deny by ${demand.key} leaves out a caller, an action or the ${missing.join(' and the ')}`)
    : violation('NoDeny', `no statement denies by ${demand.key}`);
}

/** A second condition narrows a Deny, so it must stand alone. */
function isEffective(statement: Statement, demand: DenyDemand): boolean {
  return statement.effect === 'Deny' && !statement.notPrincipal && !statement.notResource
    && statement.principals.some((principal) => principal.kind === 'any')
    && statement.conditions.length === 1 && demand.denies(statement.conditions[0])
    && demand.coversActions(statement);
}

function mayDeny(statement: Statement, demand: DenyDemand): boolean {
  return statement.effect !== 'Allow' && (statement.partial || statement.resources.some(isUnknown)
    || statement.conditions.some((condition) => condition.key === demand.key && condition.values.some(isUnknown)));
}

/** Whether a condition holds for every request that came without TLS. */
export function holdsForPlainHttp(condition: Condition): boolean {
  return /^bool(ifexists)?$/.test(condition.operator) && condition.values.some((value) => String(value).toLowerCase() === 'false');
}

/** Whether an entry of `Resource` means this resource: by an attribute that is its ARN, or by an ARN that ends in its name. */
export function meansResource(entry: Value, resource: Resource, arnAttributes: ReadonlyArray<string | undefined>, nameProperty: string): boolean {
  if (entry === '*') return true;
  if (entry instanceof Reference) return entry.resource === resource && arnAttributes.includes(entry.attribute);
  if (typeof entry !== 'string' && !(entry instanceof Text)) return false;
  const name = resource.properties[nameProperty];
  const last = describe(entry).split(':').pop()!;
  return last === `\${${resource.logicalId}.${nameProperty}}` || (name !== undefined && last === describe(name));
}
