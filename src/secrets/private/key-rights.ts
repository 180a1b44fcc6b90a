import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';

/** Tag by which the handler (`runtime/secrets/api-key.ts`), and IAM, know which keys of API Gateway belong to a secret. */
const SECRET_TAG = 'cdk-secure-integrations:secret';

/** The most plans that a key can be a member of (Amazon API Gateway Developer Guide, "Amazon API Gateway quotas"). */
const MAX_PLANS = 10;

/** Refuses a key that would open nothing, or be a member of more plans than API Gateway allows. */
export function requireUsagePlans(scope: Construct, usagePlans: readonly apigateway.IUsagePlan[]): void {
  if (usagePlans.length === 0 || usagePlans.length > MAX_PLANS) {
    throw new ConfigurationError(scope, `'usagePlans' must name 1 to ${MAX_PLANS} usage plans, got ${usagePlans.length}; a key opens what its plans do`);
  }
  const twice = usagePlans.find((plan, index) => usagePlans.findIndex(({ usagePlanId }) => usagePlanId === plan.usagePlanId) !== index);
  if (twice) throw new ConfigurationError(scope, `'usagePlans' must name each usage plan once, got '${twice.node.id}' twice; leave one out`);
}

/**
 * What it takes to make, find and remove the keys of one secret (Service Authorization Reference, Amazon API Gateway Management).
 *
 * Keys are told apart by a tag, which a key must be made with. What no condition can narrow: whoever may list keys sees all of them, and could
 * ask for their values; whoever may add a key to a plan could add another one; and whoever may tag keys could make one their own.
 */
export function statementsForKeys(scope: Construct, secretArn: string, usagePlanIds: readonly string[]): iam.PolicyStatement[] {
  const made = { StringEquals: { [`aws:RequestTag/${SECRET_TAG}`]: secretArn } };
  const owned = { StringEquals: { [`aws:ResourceTag/${SECRET_TAG}`]: secretArn } };
  const { anyKey, anyMember, keys, members, tags } = arnsIn(scope);
  return [
    new iam.PolicyStatement({ actions: ['apigateway:GET'], resources: [keys] }),
    new iam.PolicyStatement({ actions: ['apigateway:POST'], resources: [keys], conditions: made }),
    // Who makes a key with tags needs the right to tag it, too.
    new iam.PolicyStatement({ actions: ['apigateway:PUT'], resources: [tags], conditions: made }),
    new iam.PolicyStatement({ actions: ['apigateway:DELETE', 'apigateway:PATCH'], resources: [anyKey], conditions: owned }),
    new iam.PolicyStatement({ actions: ['apigateway:POST'], resources: usagePlanIds.map(members) }),
    new iam.PolicyStatement({ actions: ['apigateway:GET'], resources: usagePlanIds.map(anyMember) }),
  ];
}

/** The patterns among the resources of `statementsForKeys`, each with its reason. */
export function patternsOfKeys(scope: Construct, usagePlanIds: readonly string[]): ReadonlyArray<readonly [string, string]> {
  const { anyKey, anyMember, tags } = arnsIn(scope);
  return [
    [anyKey, 'API Gateway makes up the ids of keys when the secret rotates; the statement asks for the tag that binds a key to this one secret'],
    [tags, 'a key is tagged while it is made, when it has no id yet; the statement asks for the tag that binds the key to this one secret'],
    ...usagePlanIds.map((id) => [anyMember(id), 'API Gateway makes up the ids of keys when the secret rotates; the statement reads members of this one usage plan'] as const),
  ];
}

/** ARNs of API Gateway that a rotation acts on. */
function arnsIn(scope: Construct) {
  const { partition, region } = Stack.of(scope);
  const arn = (path: string) => `arn:${partition}:apigateway:${region}::/${path}`;
  return {
    keys: arn('apikeys'),
    anyKey: arn('apikeys/*'),
    // The ARN of the key, encoded for a URL.
    tags: arn(`tags/arn%3A${partition}%3Aapigateway%3A${region}%3A%3A%2Fapikeys%2F*`),
    members: (usagePlanId: string) => arn(`usageplans/${usagePlanId}/keys`),
    anyMember: (usagePlanId: string) => arn(`usageplans/${usagePlanId}/keys/*`),
  };
}
