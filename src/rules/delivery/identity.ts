import { all, any } from './answers';
import { accountOf, arnOf, plain, regionOf } from './arns';
import { roleCaller } from './callers';
import { Context } from './conditions';
import { encryptionContextOf, keyOf, keyServiceOf } from './encryption';
import { equals } from './match';
import { decide, Decision, Request, Weight, weigh, worst } from './permissions';
import { Graph, Resource } from '../graph';
import { resourcePolicyOf, rivalsOf, Statement, statementsOf } from '../policy-document';
import { at, isUnknown, listOf, Value } from '../values';

/** Policies that hang on a role. */
export interface Attached {
  readonly statements: readonly Statement[];
  /** Whether a policy outside the graph hangs on it too. */
  readonly untold: boolean;
}

const NOTHING: Attached = { statements: [], untold: false };

/** What the AWS managed policies that functions usually have allow, as far as deliveries go. */
const AWS_MANAGED: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: [],
  AWSLambdaVPCAccessExecutionRole: [],
  AWSXRayDaemonWriteAccess: [],
  AWSXrayWriteOnlyAccess: [],
  CloudWatchLambdaInsightsExecutionRolePolicy: [],
  AWSLambdaDynamoDBExecutionRole: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
  AWSLambdaSQSQueueExecutionRole: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
};

/** Whether a role may call `actions` on a resource, by its own policies or by the resource's; `more` is what its requests have besides. */
export function mayRoleCall(
  role: Resource, actions: readonly string[], target: Resource, graph: Graph, on = arnOf(target, graph), more: Readonly<Record<string, string>> = {},
): Decision {
  const policy = resourcePolicyOf(target, graph);
  const oneAccount = equals(accountOf(role, graph), accountOf(target, graph));
  return worst(actions.flatMap((action) => rivalsOf(policy).map(({ statements, mayHaveMore }) => {
    const request: Request = { caller: roleCaller(role, graph), action, on, context: contextOf(role, target, target, graph, more) };
    const own = ownWeight(request, role, graph);
    const theirs = weigh(statements, request, 'named', graph, mayHaveMore);
    // Within an account either policy is enough; across accounts both have to allow.
    const either = any([own.allow, theirs.allow]);
    const both = all([own.allow, theirs.allow]);
    const allow = oneAccount === 'yes' ? either : oneAccount === 'no' ? both : both === 'yes' ? 'yes' : either === 'no' ? 'no' : 'maybe';
    return decide(withBoundary({ allow, deny: any([own.deny, theirs.deny]), reason: theirs.deny !== 'no' ? theirs.reason : own.reason }, request, role, graph));
  })));
}

/** Whether a role may use, through the service of `owner`, the key that a property of `owner` names. */
export function mayRoleUseKey(role: Resource, actions: readonly string[], value: Value, owner: Resource, graph: Graph): Decision {
  const key = keyOf(value, owner, graph);
  if (key.kind === 'untold') return { answer: 'unknown', reason: 'the template does not hold the policy of the key' };
  // The AWS managed key serves everybody in the account who calls through its service.
  if (key.kind !== 'key') return { answer: 'allowed', reason: '' };
  return worst(actions.map((action) => {
    const request: Request = { caller: roleCaller(role, graph), action, on: arnOf(key.key, graph), context: contextOf(role, owner, key.key, graph) };
    const named = weigh(key.statements, request, 'named', graph);
    const delegated = weigh(key.statements, request, 'delegated', graph);
    const own = ownWeight(request, role, graph);
    const allow = any([named.allow, all([delegated.allow, own.allow])]);
    const reason = own.deny !== 'no' || (delegated.allow === 'yes' && named.deny === 'no') ? own.reason
      : named.deny !== 'no' ? named.reason : `the key policy neither names the role nor leaves ${action} to the account`;
    return decide(withBoundary({ allow, deny: any([named.deny, own.deny]), reason }, request, role, graph));
  }));
}

/** Whether a role may do by a grant on a key what a grant lets it do: a Deny outweighs the grant (AWS KMS Developer Guide, "Grants in AWS KMS"). */
export function mayRoleUseGrant(role: Resource, action: string, value: Value, owner: Resource, graph: Graph): Decision {
  const key = keyOf(value, owner, graph);
  if (key.kind !== 'key') return { answer: 'allowed', reason: '' };
  const request: Request = { caller: roleCaller(role, graph), action, on: arnOf(key.key, graph), context: contextOf(role, owner, key.key, graph) };
  const named = weigh(key.statements, request, 'named', graph);
  const own = ownWeight(request, role, graph);
  return decide({ allow: 'yes', deny: any([named.deny, own.deny]), reason: named.deny !== 'no' ? named.reason : own.reason });
}

function ownWeight(request: Request, role: Resource, graph: Graph): Weight {
  const attached = policiesOf(role, graph);
  return weigh(attached.statements, request, 'own', graph, attached.untold);
}

/** A permissions boundary allows nothing, but what it leaves out is denied. */
function withBoundary(weight: Weight, request: Request, role: Resource, graph: Graph): Weight {
  if (role.properties.PermissionsBoundary === undefined) return weight;
  const attached = managedPolicy(role.properties.PermissionsBoundary, role, graph);
  const boundary = weigh(attached.statements, request, 'own', graph, attached.untold);
  const reason = weight.allow === 'yes' && weight.deny === 'no' ? `permissions boundary: ${boundary.reason}` : weight.reason;
  return { allow: all([weight.allow, boundary.allow]), deny: any([weight.deny, boundary.deny]), reason };
}

/** What is known of a request of a role for `owner`, on a resource: `owner` itself, or its key. */
function contextOf(role: Resource, owner: Resource, on: Resource, graph: Graph, more: Readonly<Record<string, string>> = {}): Context {
  const tags = tagsOf(on, graph);
  const account = accountOf(role, graph);
  const service = keyServiceOf(owner);
  const values = new Map(Object.entries({
    'aws:principalaccount': account,
    'aws:principalarn': arnOf(role, graph),
    'aws:principalisawsservice': 'false',
    'aws:resourceaccount': accountOf(owner, graph),
    'aws:securetransport': 'true',
    's3:tlsversion': '1.2',
    'kms:calleraccount': account,
    ...(service !== undefined && { 'kms:viaservice': `${service}.${regionOf(owner, graph)}.amazonaws.com` }),
    ...encryptionContextOf(owner, graph),
    ...tags.values,
    ...more,
  }));
  // No call of a delivery gives tags.
  return { values, absent: ['aws:requesttag/*', 'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceowner', 'aws:tagkeys', ...tags.absent] };
}

/** The tags of a resource as conditions see them. Those of a stack as a whole are in no template, as service control policies are. */
function tagsOf(
  { properties: { Tags: tags = [] }, template }: Resource, graph: Graph,
): { readonly values: Readonly<Record<string, string>>; readonly absent: readonly string[] } {
  if (!Array.isArray(tags)) return { values: {}, absent: [] };
  const keys = tags.map((tag) => at(tag, 'Key'));
  return {
    values: Object.fromEntries(tags.flatMap((tag, index) => {
      const key = keys[index];
      return typeof key === 'string' ? [[`aws:resourcetag/${key.toLowerCase()}`, plain(at(tag, 'Value'), template, graph)]] : [];
    })),
    absent: keys.every((key) => typeof key === 'string') ? ['aws:resourcetag/*'] : [],
  };
}

/** The policies that hang on a role, inline, attached and managed. */
export function policiesOf(role: Resource, graph: Graph): Attached {
  const index = graph.once('delivery-role-policies', () => indexPolicies(graph));
  const inline = listOf(role.properties.Policies)
    .flatMap((policy, i) => statementsOf(isUnknown(policy) ? policy : at(policy, 'PolicyDocument'), role, `Policies.${i}.PolicyDocument`));
  const managed = listOf(role.properties.ManagedPolicyArns).map((arn) => managedPolicy(arn, role, graph));
  const attached = index.byRole.get(role) ?? [];
  return {
    statements: [...inline, ...attached, ...managed.flatMap((policy) => policy.statements)],
    untold: index.untold || managed.some((policy) => policy.untold),
  };
}

function managedPolicy(arn: Value, role: Resource, graph: Graph): Attached {
  const policy = graph.find(arn, 'AWS::IAM::ManagedPolicy', role.template);
  if (policy) return { ...NOTHING, statements: statementsOf(policy.properties.PolicyDocument, policy, 'PolicyDocument') };
  const name = /^arn:aws:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(plain(arn, role.template, graph))?.[1];
  const actions = name === undefined ? undefined : AWS_MANAGED[name];
  if (!actions) return { ...NOTHING, untold: true };
  return { ...NOTHING, statements: statementsOf({ Statement: { Effect: 'Allow', Action: actions, Resource: '*' } }, role, 'ManagedPolicyArns') };
}

function indexPolicies(graph: Graph): { readonly byRole: ReadonlyMap<Resource, readonly Statement[]>; readonly untold: boolean } {
  const byRole = new Map<Resource, Statement[]>();
  let untold = false;
  for (const policy of graph.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
    for (const name of listOf(policy.properties.Roles ?? policy.properties.RoleName)) {
      const role = graph.find(name, 'AWS::IAM::Role', policy.template);
      if (role) byRole.set(role, [...(byRole.get(role) ?? []), ...statementsOf(policy.properties.PolicyDocument, policy, 'PolicyDocument')]);
      else untold ||= isUnknown(name);
    }
  }
  return { byRole, untold };
}
