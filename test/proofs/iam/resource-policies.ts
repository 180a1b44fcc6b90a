import { Environment, Resource } from './environment';
import { ResourcePolicies } from './judge';

/** Where a template keeps the policy of a resource: in a property of its own, or in another resource that names it. */
const OWN: Readonly<Record<string, string>> = { 'AWS::KMS::Key': 'KeyPolicy', 'AWS::DynamoDB::Table': 'ResourcePolicy.PolicyDocument' };
const BESIDE: Readonly<Record<string, readonly [policy: string, names: string, document: string]>> = {
  'AWS::S3::Bucket': ['AWS::S3::BucketPolicy', 'Bucket', 'PolicyDocument'],
  'AWS::SNS::Topic': ['AWS::SNS::TopicPolicy', 'Topics', 'PolicyDocument'],
  'AWS::SQS::Queue': ['AWS::SQS::QueuePolicy', 'Queues', 'PolicyDocument'],
  'AWS::SecretsManager::Secret': ['AWS::SecretsManager::ResourcePolicy', 'SecretId', 'ResourcePolicy'],
};

/** The policies of the resources of an environment, each read once. */
export function resourcePoliciesOf(environment: Environment): ResourcePolicies {
  const all = environment.resources.filter(({ type }) => type in OWN || type in BESIDE)
    .map((resource) => ({ arn: environment.namesOf(resource).arn, policy: policyOf(resource, environment) }));
  return { all, of: (calledArn) => all.find(({ arn }) => covers(arn, calledArn))?.policy };
}

function policyOf(resource: Resource, environment: Environment): unknown {
  if (resource.type in OWN) return resource.property(OWN[resource.type]) as unknown;

  const [type, names, document] = BESIDE[resource.type];
  const policies = environment.ofType(type).filter((policy) => namesIn(policy, names).includes(environment.namesOf(resource).ref));
  if (policies.length > 1) throw new Error(`${resource.path} has ${policies.length} policies, of which AWS keeps one`);
  return policies[0]?.property(document) as unknown;
}

function namesIn(policy: Resource, property: string): unknown[] {
  return [policy.property(property) as unknown].flat();
}

/** Whether a call is for a resource or for something in it: an object, an index. */
function covers(arn: string, calledArn: string): boolean {
  return calledArn === arn || calledArn.startsWith(`${arn}/`);
}
