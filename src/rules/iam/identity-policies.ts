import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { shapeOf } from '../narrowing';
import { Statement, statementsOf } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome } from '../rule';
import { at, describe, isUnknown, listOf, Reference, Unresolved, Value } from '../values';

/** Where resource types that carry a single policy document have it. */
const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy']
    .map((type) => [type, 'PolicyDocument'] as const),
  // Identity Center makes a role of it in each account (AWS IAM Identity Center User Guide, "Inline policies").
  ['AWS::SSO::PermissionSet', 'InlinePolicy'],
]);

/** The statements that a resource gives to identities: its policy document, or its inline policies. */
export function identityStatements(resource: Resource): readonly Statement[] {
  const document = DOCUMENTS.get(resource.type);
  if (document !== undefined) return statementsOf(jsonOf(resource.properties[document] || undefined), resource, document);
  return listOf(resource.properties.Policies)
    .flatMap((policy, index) => statementsOf(at(policy, 'PolicyDocument'), resource, `Policies.${index}.PolicyDocument`));
}

/** The statements that say who may assume a role. */
export function trustStatements(role: Resource): readonly Statement[] {
  const document = role.properties.AssumeRolePolicyDocument ?? new Unresolved('no trust policy');
  return statementsOf(document, role, 'AssumeRolePolicyDocument');
}

/** What a role, user or group can do, as far as the graph tells. */
export interface Rights {
  readonly statements: readonly Statement[];
  /** Names of the AWS managed policies, for example `IAMFullAccess`. */
  readonly awsManaged: readonly string[];
  /** Managed policies whose content the graph does not show. */
  readonly untold: readonly Value[];
}

/** Everything that a role can do: inline, by policies that attach themselves to it, and by managed policies that it names. */
export function rightsOf(role: Resource, graph: Graph): Rights {
  const attached = graph.once('policies by role', () => indexPolicies(graph)).get(role) ?? [];
  const named = listOf(role.properties.ManagedPolicyArns).map((arn) => ({ arn, policy: graph.find(arn, 'AWS::IAM::ManagedPolicy', role.template) }));
  const policies = new Set([...attached, ...named.flatMap(({ policy }) => policy ?? [])]);
  const foreign = named.filter(({ policy }) => !policy).map(({ arn }) => arn);
  return {
    statements: [...identityStatements(role), ...[...policies].flatMap(identityStatements)],
    awsManaged: foreign.flatMap((arn) => awsManagedName(arn) ?? []),
    untold: foreign.filter((arn) => awsManagedName(arn) === undefined),
  };
}

function indexPolicies(graph: Graph): ReadonlyMap<Resource, ReadonlySet<Resource>> {
  const index = new Map<Resource, Set<Resource>>();
  for (const policy of graph.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
    for (const value of [...listOf(policy.properties.Roles), policy.properties.RoleName]) {
      const role = value === undefined ? undefined : graph.find(value, 'AWS::IAM::Role', policy.template);
      if (role) index.set(role, (index.get(role) ?? new Set()).add(policy));
    }
  }
  return index;
}

/** Name of the AWS managed policy that an ARN means, or undefined where it means another one. */
export function awsManagedName(arn: Value): string | undefined {
  return /^arn:[^:]*:iam::aws:policy\/(?:.*\/)?([\w+=,.@-]+)$/.exec(shapeOf(arn))?.[1];
}

/** The managed policies that a resource names by ARN, which of a permission set are those of AWS. */
function managedPoliciesOf({ properties, type }: Resource): ReadonlyArray<{ readonly arn: Value; readonly property: string }> {
  const name = type === 'AWS::SSO::PermissionSet' ? 'ManagedPolicies' : 'ManagedPolicyArns';
  return listOf(properties[name]).map((arn, index) => ({ arn, property: `${name}.${index}` }));
}

/** Outcomes for the AWS managed policies that a role, user or group names. */
export function judgeManagedPolicies(
  resource: Resource, graph: Graph, judge: (name: string, property: string) => Outcome | undefined,
): readonly Outcome[] {
  return managedPoliciesOf(resource).flatMap(({ arn, property }) => {
    if (arn instanceof Reference || graph.find(arn, 'AWS::IAM::ManagedPolicy', resource.template)) return [];
    if (isUnknown(arn)) return [cannotTell('UnresolvedPolicy', 'the template does not tell which managed policy is attached', property)];
    const name = awsManagedName(arn);
    return (name !== undefined && judge(name, property)) || [];
  });
}

/**
 * Judges each Allow of a resource's identity policies, together with outcomes found elsewhere on it.
 *
 * A statement whose effect is untold cannot be told. A managed policy that only bounds permissions grants none.
 */
export function judgeAllows(
  resource: Resource, graph: Graph, judge: (allow: Statement) => readonly Outcome[], others: readonly Outcome[] = [],
): readonly Outcome[] {
  if (isOnlyBoundary(resource, graph)) return [notApplicable('the policy only bounds permissions and grants none')];
  const statements = identityStatements(resource);
  const outcomes = statements.flatMap((statement) => {
    if (statement.effect === 'Deny') return [];
    if (statement.effect === 'Allow') return judge(statement);
    return [cannotTell('UnresolvedPolicy', 'the template does not tell the statement', statement.path)];
  });
  if (outcomes.length + others.length > 0) return [...outcomes, ...others];
  if (statements.length === 0 && managedPoliciesOf(resource).length === 0) return [notApplicable('it carries no policy')];
  return [compliant(`none of ${statements.length} statements grants it`)];
}

function isOnlyBoundary(policy: Resource, graph: Graph): boolean {
  if (policy.type !== 'AWS::IAM::ManagedPolicy') return false;
  const { bounds, grants } = graph.once('managed-policy-uses', () => managedPolicyUses(graph));
  return bounds.has(policy) && !grants.has(policy)
    && ['Roles', 'Users', 'Groups'].every((property) => listOf(policy.properties[property]).length === 0);
}

function managedPolicyUses(graph: Graph): { bounds: Set<Resource | undefined>; grants: Set<Resource | undefined> } {
  const identities = graph.ofType('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group');
  const sets = graph.ofType('AWS::SSO::PermissionSet');
  const find = (value: Value, identity: Resource) => graph.find(value, 'AWS::IAM::ManagedPolicy', identity.template);
  return {
    bounds: new Set([
      ...identities.map((identity) => find(identity.properties.PermissionsBoundary, identity)),
      ...sets.flatMap((set) => namedPolicies(at(set.properties.PermissionsBoundary, 'CustomerManagedPolicyReference'), graph)),
    ]),
    grants: new Set([
      ...identities.flatMap((identity) => listOf(identity.properties.ManagedPolicyArns).map((arn) => find(arn, identity))),
      ...sets.flatMap((set) => listOf(set.properties.CustomerManagedPolicyReferences).flatMap((reference) => mayBeNamed(reference, graph))),
    ]),
  };
}

/** What a permission set attaches; any policy that has a name, where the template does not tell which. */
function mayBeNamed(reference: Value, graph: Graph): Resource[] {
  const untold = [at(reference, 'Name'), at(reference, 'Path')].some(isUnknown);
  return untold ? graph.ofType('AWS::IAM::ManagedPolicy').filter(({ properties }) => properties.ManagedPolicyName !== undefined) : namedPolicies(reference, graph);
}

/** The policies that a permission set means, which refers to them by name and path in each account that it is assigned in. */
function namedPolicies(reference: Value, graph: Graph): Resource[] {
  const name = at(reference, 'Name');
  if (name === undefined) return [];
  const path = at(reference, 'Path') ?? '/';
  return graph.ofType('AWS::IAM::ManagedPolicy').filter(({ properties }) => (
    properties.ManagedPolicyName !== undefined && describe(properties.ManagedPolicyName) === describe(name)
    && describe(properties.Path ?? '/') === describe(path)));
}
