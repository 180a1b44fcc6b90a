import { Graph, Resource } from './graph';
import { jsonOf } from './json-text';
import { at, describe, isMap, isUnknown, listOf, Pseudo, Text, Unresolved, Value } from './values';

/** Who a statement speaks of. `any` is `*` in whichever spelling. */
export interface Principal {
  readonly kind: 'any' | 'aws' | 'service' | 'federated' | 'canonical' | 'unknown';
  readonly value: Value;
}

/** One entry of a condition block. */
export interface Condition {
  /** Operator in lower case, with its set prefix and `ifexists` suffix, for example `forallvalues:stringequalsifexists`. */
  readonly operator: string;
  /** Condition key in lower case. */
  readonly key: string;
  readonly values: readonly Value[];
}

/** A policy statement in one shape, whichever of the allowed spellings the template uses. */
export interface Statement {
  readonly sid?: string;
  /** `unknown` where the template does not tell. */
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  readonly principals: readonly Principal[];
  /** Whether the statement names its principals by `NotPrincipal`. */
  readonly notPrincipal: boolean;
  /** Actions in lower case; an entry that is not literal is left out and makes the statement `partial`. */
  readonly actions: readonly string[];
  /** Whether `actions` came from `NotAction`. */
  readonly notAction: boolean;
  readonly resources: readonly Value[];
  /** Whether `resources` came from `NotResource`. */
  readonly notResource: boolean;
  readonly conditions: readonly Condition[];
  /** Whether the template does not tell what the conditions are; `conditions` is empty then. */
  readonly untoldConditions: boolean;
  /** Whether the template leaves a part of the statement untold. */
  readonly partial: boolean;
  /** The resource that carries the policy, and the path of the statement in its properties. */
  readonly carrier: Resource;
  readonly path: string;
}

/** Resource types that attach a policy to another resource: where they name their targets, and where the policy stands if not in `PolicyDocument`. */
const ATTACHMENTS: Readonly<Record<string, { readonly targets: string; readonly of: string; readonly document?: string }>> = {
  'AWS::S3::BucketPolicy': { targets: 'Bucket', of: 'AWS::S3::Bucket' },
  'AWS::SecretsManager::ResourcePolicy': { targets: 'SecretId', of: 'AWS::SecretsManager::Secret', document: 'ResourcePolicy' },
  'AWS::SNS::TopicPolicy': { targets: 'Topics', of: 'AWS::SNS::Topic' },
  'AWS::SNS::TopicInlinePolicy': { targets: 'TopicArn', of: 'AWS::SNS::Topic' },
  'AWS::SQS::QueuePolicy': { targets: 'Queues', of: 'AWS::SQS::Queue' },
  'AWS::SQS::QueueInlinePolicy': { targets: 'Queue', of: 'AWS::SQS::Queue' },
};

/** The resource policy of a resource. */
export interface ResourcePolicy {
  readonly statements: readonly Statement[];
  /** Whether a policy in the graph has a target that the template does not tell, and so may be this resource's. */
  readonly mayHaveMore: boolean;
}

/** Reads the statements of a policy document; whatever cannot be read becomes a `partial` statement. */
export function statementsOf(document: Value, carrier: Resource, path: string): Statement[] {
  if (document === undefined || document === null) return [];
  const statements = isMap(document) ? document.Statement : new Unresolved(describe(document));
  const list = Array.isArray(statements);
  return listOf(statements).map((raw, index) => statementOf(raw, carrier, `${path}.Statement${list ? `.${index}` : ''}`));
}

/** The policy that guards a bucket, topic, queue, secret, key or table: attached ones and the resource's own. */
export function resourcePolicyOf(resource: Resource, graph: Graph): ResourcePolicy {
  const attached = graph.once('resource-policies', () => indexAttachments(graph));
  const own = resource.type === 'AWS::KMS::Key' ? statementsOf(resource.properties.KeyPolicy, resource, 'KeyPolicy')
    : resource.type === 'AWS::DynamoDB::Table' ? statementsOf(at(resource.properties, 'ResourcePolicy.PolicyDocument'), resource, 'ResourcePolicy.PolicyDocument')
      : [];
  return {
    statements: [...own, ...(attached.byTarget.get(resource) ?? [])],
    mayHaveMore: attached.untold.has(resource.type),
  };
}

/**
 * The policies of which one is in force: where several are attached to a resource, each replaces the one before, and the template does not tell
 * which comes last (Amazon SQS API Reference, SetQueueAttributes; Amazon SNS API Reference, SetTopicAttributes).
 */
export function rivalsOf(policy: ResourcePolicy): readonly ResourcePolicy[] {
  const carriers = [...new Set(policy.statements.map(({ carrier }) => carrier))].filter(isAttachedPolicy);
  if (carriers.length < 2) return [policy];
  return carriers.map((carrier) => ({ ...policy, statements: policy.statements.filter((statement) => statement.carrier === carrier) }));
}

/** Whether an action pattern of a policy (`s3:Get*`) covers an action (`s3:GetObject`). */
export function actionMatches(pattern: string, action: string): boolean {
  return wildcardMatches(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether a statement speaks of an action, by `Action` or by `NotAction`. */
export function coversAction(statement: Statement, action: string): boolean {
  const matched = statement.actions.some((pattern) => actionMatches(pattern, action));
  return statement.notAction ? !matched : matched;
}

/** Whether the template leaves some action of a statement untold. */
export function hasUntoldAction({ carrier, partial, path }: Statement): boolean {
  return partial && ['Action', 'NotAction'].some((name) => listOf(at(carrier.properties, `${path}.${name}`)).some(isUnknown));
}

/** Matches `*` and `?` as IAM does, in linear time per wildcard. */
export function wildcardMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function indexAttachments(graph: Graph): { byTarget: Map<Resource, Statement[]>; untold: Set<string> } {
  const byTarget = new Map<Resource, Statement[]>();
  const untold = new Set<string>();
  for (const carrier of graph.ofType(...Object.keys(ATTACHMENTS))) {
    const { targets, of } = ATTACHMENTS[carrier.type];
    const statements = attachedStatements(carrier);
    for (const value of listOf(carrier.properties[targets])) {
      const resource = graph.find(value, of, carrier.template);
      if (resource) byTarget.set(resource, [...(byTarget.get(resource) ?? []), ...statements]);
      else if (isUnknown(value)) untold.add(of);
    }
  }
  return { byTarget, untold };
}

function statementOf(raw: Value, carrier: Resource, path: string): Statement {
  if (!isMap(raw)) {
    return {
      effect: 'unknown',
      principals: [],
      notPrincipal: false,
      actions: [],
      notAction: false,
      resources: [],
      notResource: false,
      conditions: [],
      untoldConditions: true,
      partial: true,
      carrier,
      path,
    };
  }
  const actions = listOf(raw.Action ?? raw.NotAction);
  const conditions = conditionsOf(raw.Condition);
  const effect = raw.Effect === 'Allow' || raw.Effect === 'Deny' ? raw.Effect : 'unknown';
  const principals = principalsOf(raw.Principal ?? raw.NotPrincipal, effect);
  return {
    ...(typeof raw.Sid === 'string' && { sid: raw.Sid }),
    effect,
    principals,
    notPrincipal: raw.NotPrincipal !== undefined,
    actions: actions.filter((action): action is string => typeof action === 'string').map((action) => action.toLowerCase()),
    notAction: raw.NotAction !== undefined,
    resources: listOf(raw.Resource ?? raw.NotResource),
    notResource: raw.NotResource !== undefined,
    conditions: conditions ?? [],
    untoldConditions: conditions === undefined,
    partial: effect === 'unknown' || conditions === undefined || actions.some((action) => typeof action !== 'string')
      || principals.some((principal) => principal.kind === 'unknown'),
    carrier,
    path,
  };
}

const PRINCIPAL_KINDS: Readonly<Record<string, Principal['kind']>> = {
  AWS: 'aws', Service: 'service', Federated: 'federated', CanonicalUser: 'canonical',
};

function principalsOf(raw: Value, effect: Statement['effect']): Principal[] {
  if (raw === undefined) return [];
  if (raw === '*') return [{ kind: 'any', value: '*' }];
  if (!isMap(raw)) return [{ kind: 'unknown', value: raw }];
  return Object.entries(raw).flatMap(([kind, value]) => listOf(value).map((item): Principal => {
    // A Deny for every federated user leaves out all others, so it is none for everybody.
    if (item === '*' && (kind === 'AWS' || (kind !== 'Service' && effect !== 'Deny'))) return { kind: 'any', value: item };
    return { kind: isUnknownPrincipal(item) ? 'unknown' : PRINCIPAL_KINDS[kind] ?? 'unknown', value: item };
  }));
}

/** A text whose account is a parameter still names somebody: it is known to be one AWS principal, though not which. */
function isUnknownPrincipal(value: Value): boolean {
  return value instanceof Unresolved && !/account/i.test(value.expression);
}

function conditionsOf(raw: Value): Condition[] | undefined {
  if (raw === undefined || raw === null) return [];
  if (!isMap(raw)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, block] of Object.entries(raw)) {
    if (!isMap(block)) return undefined;
    for (const [key, values] of Object.entries(block)) {
      conditions.push({ operator: operator.toLowerCase(), key: key.toLowerCase(), values: listOf(values) });
    }
  }
  return conditions;
}

/** Whether a value is the deploying account: the pseudo parameter, or its literal number where the stack's account is known. */
export function isOwnAccount(value: Value, account?: string): boolean {
  return (value instanceof Pseudo && value.name === 'AWS::AccountId') || (account !== undefined && value === account);
}

/** Whether a principal is the root of the deploying account. */
export function isOwnRoot(principal: Principal, account?: string): boolean {
  if (principal.kind !== 'aws') return false;
  if (isOwnAccount(principal.value, account)) return true;
  const parts = principal.value instanceof Text ? principal.value.parts : [principal.value];
  const last = parts[parts.length - 1];
  if (typeof last !== 'string' || !last.endsWith(':root')) return false;
  return parts.some((part) => isOwnAccount(part, account)) || (account !== undefined && describe(principal.value).includes(`:${account}:`));
}

/** Whether the graph has each resource that an attached policy guards. */
export function guardsOnlyKnown(policy: Resource, graph: Graph): boolean {
  const attachment = ATTACHMENTS[policy.type];
  const targets = listOf(policy.properties[attachment.targets]);
  return targets.length > 0 && targets.every((value) => graph.find(value, attachment.of, policy.template));
}

/** The statements of an attached policy, which CloudFormation also takes as JSON text. */
export function attachedStatements(policy: Resource): Statement[] {
  const path = ATTACHMENTS[policy.type].document ?? 'PolicyDocument';
  return statementsOf(jsonOf(policy.properties[path]), policy, path);
}

/** Whether a resource is a policy that guards others, such as a bucket policy. */
export function isAttachedPolicy(resource: Resource): boolean {
  return Object.prototype.hasOwnProperty.call(ATTACHMENTS, resource.type);
}
