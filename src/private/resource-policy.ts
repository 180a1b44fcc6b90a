import { CfnResource, Lazy, Reference, Resource, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { isIntrinsic } from './amended';
import { render } from './undone';

type AttachedPolicy = s3.CfnBucketPolicy | sns.CfnTopicInlinePolicy | sns.CfnTopicPolicy | sqs.CfnQueueInlinePolicy | sqs.CfnQueuePolicy;
type RenderedStatement = Readonly<Record<string, unknown>>;

/** The policies of the app whose target is this bucket, topic or queue, in tree order. */
export function policiesOf(resource: CfnResource): AttachedPolicy[] {
  return resource.node.root.node.findAll()
    .filter(isAttachedPolicy)
    .filter((policy) => targetsOf(policy).some((target) => refersTo(target, policy, resource)));
}

/**
 * Adds statements to the policy of a bucket, topic or queue: to the one it has, through the L2 that would make one, or to the one that
 * `create` makes.
 *
 * A second policy would not add to the first but replace it at deployment, or fail it.
 */
export function addToPolicyOf(
  resource: CfnResource, statements: readonly iam.PolicyStatement[], create: (document: iam.PolicyDocument) => CfnResource,
): void {
  const [existing] = policiesOf(resource);
  if (existing) {
    append(existing, statements);
    return;
  }
  const owner = ownerOf(resource);
  if (owner) {
    statements.forEach((statement) => owner.addToResourcePolicy(statement));
    return;
  }
  const policy = create(new iam.PolicyDocument({ statements: [...statements] }));
  if (resource.cfnOptions.condition) policy.cfnOptions.condition = resource.cfnOptions.condition;
}

/**
 * What the policy that SNS gives a new topic says of publishing: whoever acts for the topic's own account may (Amazon SNS developer guide,
 * "Default policy"). Any other policy replaces it, and silences the account's alarms unless it says the same.
 */
export function allowOwnAccount(topicArn: string, stack: Stack): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'AllowOwnAccount',
    principals: [new iam.AnyPrincipal()],
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { StringEquals: { 'aws:SourceOwner': stack.account } },
  });
}

/** The L2 around an L1 that adds to its policy, if there is one. */
function ownerOf(resource: CfnResource): iam.IResourceWithPolicyV2 | undefined {
  const parent = resource.node.scope;
  return parent && Resource.isResource(parent) && parent.node.defaultChild === resource ? iam.ResourceWithPolicies.of(parent) : undefined;
}

/** Whether each policy that can come of a resource's only policy has a statement that satisfies `accepts`. */
export function onlyPolicyHas(resource: CfnResource, accepts: (statement: RenderedStatement) => boolean): boolean {
  const policies = policiesOf(resource);
  return policies.length === 1 && documentHas(render(policies[0]).Properties?.PolicyDocument, accepts);
}

/** Whether a value that stands in `holder` names a resource: by reference, by an intrinsic that says no more, or by its literal name. */
export function refersTo(value: unknown, holder: CfnResource, resource: CfnResource): boolean {
  const token = Tokenization.reverse(value, { failConcat: false });
  if (Reference.isReference(token)) return token.target === resource;

  const stack = Stack.of(holder);
  const told: unknown = stack.resolve(value);
  if (typeof told === 'string') {
    const name = nameOf(resource);
    return name !== undefined && (told === name || told.endsWith(`:${name}`) || told.endsWith(`/${name}`));
  }
  if (!isIntrinsic(told) || Stack.of(resource) !== stack) return false;
  const id: unknown = stack.resolve(resource.logicalId);
  const [argument] = Object.values(told);
  return argument === id || (Array.isArray(argument) && argument[0] === id)
    || (typeof argument === 'string' && (argument === `\${${id}}` || argument.startsWith(`\${${id}.`)));
}

function isAttachedPolicy(construct: IConstruct): construct is AttachedPolicy {
  return s3.CfnBucketPolicy.isCfnBucketPolicy(construct) || sns.CfnTopicPolicy.isCfnTopicPolicy(construct)
    || sns.CfnTopicInlinePolicy.isCfnTopicInlinePolicy(construct) || sqs.CfnQueuePolicy.isCfnQueuePolicy(construct)
    || sqs.CfnQueueInlinePolicy.isCfnQueueInlinePolicy(construct);
}

function targetsOf(policy: AttachedPolicy): readonly unknown[] {
  if (s3.CfnBucketPolicy.isCfnBucketPolicy(policy)) return [policy.bucket];
  if (sns.CfnTopicInlinePolicy.isCfnTopicInlinePolicy(policy)) return [policy.topicArn];
  if (sqs.CfnQueueInlinePolicy.isCfnQueueInlinePolicy(policy)) return [policy.queue];
  const list = sns.CfnTopicPolicy.isCfnTopicPolicy(policy) ? policy.topics : policy.queues;
  if (!Token.isUnresolved(list)) return list;
  const told: unknown = Stack.of(policy).resolve(list);
  return Array.isArray(told) ? told : [];
}

function nameOf(resource: CfnResource): string | undefined {
  const name: unknown = s3.CfnBucket.isCfnBucket(resource) ? resource.bucketName
    : sns.CfnTopic.isCfnTopic(resource) ? resource.topicName
      : sqs.CfnQueue.isCfnQueue(resource) ? resource.queueName : undefined;
  const told: unknown = Stack.of(resource).resolve(name);
  return typeof told === 'string' ? told : undefined;
}

function append(policy: AttachedPolicy, statements: readonly iam.PolicyStatement[]): void {
  const document: unknown = policy.policyDocument;
  const resolve = (value: unknown) => Stack.of(policy).resolve(value) as RenderedStatement | undefined;
  const sidIn = (told: unknown, statement: iam.PolicyStatement) => freeSid(listOf(resolve(told)?.Statement), resolve(statement.toStatementJson())!);
  if (document instanceof iam.PolicyDocument) {
    for (const statement of statements) {
      const sid = sidIn(document, statement);
      if (sid !== undefined) document.addStatements(statement.copy({ sid }));
    }
  } else if (Token.isUnresolved(document) || Token.isUnresolved((document as RenderedStatement).Statement)) {
    policy.policyDocument = Lazy.uncachedAny({
      produce: (context) => statements.reduce<unknown>(
        (told, statement) => inEachBranch(told, (each) => withStatement(each as RenderedStatement, context.resolve(statement.toStatementJson()))),
        context.resolve(document)),
    });
  } else {
    // Stays a plain object, which the mixins and the grants of the CDK can read and extend too.
    policy.policyDocument = statements.reduce((plain, statement) => {
      const sid = sidIn(plain, statement);
      return sid === undefined ? plain : { ...plain, Statement: [...listOf(plain.Statement), statement.copy({ sid }).toStatementJson()] };
    }, document as RenderedStatement);
  }
}

function withStatement(document: RenderedStatement, addition: RenderedStatement): unknown {
  return {
    ...document,
    Statement: inEachBranch(document.Statement, (list) => {
      const Sid = freeSid(listOf(list), addition);
      return Sid === undefined ? list : [...listOf(list), { ...addition, Sid }];
    }),
  };
}

/** The id under which a statement can join others, since ids are unique in a policy; undefined where one of them says the same. */
function freeSid(others: readonly unknown[], addition: RenderedStatement): string | undefined {
  const { Sid, ...says } = addition;
  const told = others.filter((other): other is RenderedStatement => typeof other === 'object' && other !== null);
  if (told.some(({ Sid: _, ...other }) => JSON.stringify(other) === JSON.stringify(says))) return undefined;
  const taken = told.map((other) => other.Sid);
  let sid = String(Sid);
  for (let n = 2; taken.includes(sid); n++) sid = `${String(Sid)}${n}`;
  return sid;
}

/** Changes a resolved value, or both that `Fn::If` chooses from. */
function inEachBranch(value: unknown, change: (branch: unknown) => unknown): unknown {
  if (!isIntrinsic(value)) return change(value);
  const choice = value['Fn::If'];
  return Array.isArray(choice) ? { 'Fn::If': [choice[0], ...choice.slice(1).map((branch: unknown) => inEachBranch(branch, change))] } : value;
}

/** What a rendered value can be at deployment; undefined stands for what the template does not tell. */
function branchesOf(value: unknown): readonly unknown[] {
  if (!isIntrinsic(value)) return [value];
  const choice = value['Fn::If'];
  return Array.isArray(choice) ? choice.slice(1).flatMap(branchesOf) : [undefined];
}

function documentHas(document: unknown, accepts: (statement: RenderedStatement) => boolean): boolean {
  return branchesOf(document).every((each) => branchesOf((each as RenderedStatement | undefined)?.Statement)
    .every((list) => listOf(list).some((statement) => typeof statement === 'object' && statement !== null && accepts(statement as RenderedStatement))));
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
