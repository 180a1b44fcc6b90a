import { generated, placeholder, UNKNOWN_CHARACTER, UNTOLD } from './match';
import { Graph, Resource } from '../graph';
import { Pseudo, Reference, Text, Unresolved, Value } from '../values';

/** Where the name of a resource stands and what its ARN looks like: `{R}` region, `{A}` account, `{N}` name. */
interface Shape {
  readonly arn: string;
  readonly name?: string;
  /** What `Ref` gives; neither for a queue, whose `Ref` is a URL. */
  readonly ref?: 'arn' | 'name';
}

/** AWS Secrets Manager adds a hyphen and six characters to the name of a secret (AWS Secrets Manager User Guide, "What's in a secret?"). */
const SECRET_SUFFIX = `-${UNKNOWN_CHARACTER.repeat(6)}`;

const SHAPES: Readonly<Record<string, Shape>> = {
  'AWS::ApiGateway::Authorizer': { arn: 'arn:aws:apigateway:{R}::/restapis/{N}', ref: 'name' },
  'AWS::ApiGateway::RestApi': { arn: 'arn:aws:apigateway:{R}::/restapis/{N}', ref: 'name' },
  'AWS::ApiGateway::Stage': { arn: 'arn:aws:apigateway:{R}::/restapis/{N}', name: 'StageName', ref: 'name' },
  'AWS::CloudTrail::Trail': { arn: 'arn:aws:cloudtrail:{R}:{A}:trail/{N}', name: 'TrailName', ref: 'name' },
  'AWS::CloudWatch::Alarm': { arn: 'arn:aws:cloudwatch:{R}:{A}:alarm:{N}', name: 'AlarmName', ref: 'name' },
  'AWS::CloudWatch::CompositeAlarm': { arn: 'arn:aws:cloudwatch:{R}:{A}:alarm:{N}', name: 'AlarmName', ref: 'name' },
  'AWS::DynamoDB::GlobalTable': { arn: 'arn:aws:dynamodb:{R}:{A}:table/{N}', name: 'TableName', ref: 'name' },
  'AWS::DynamoDB::Table': { arn: 'arn:aws:dynamodb:{R}:{A}:table/{N}', name: 'TableName', ref: 'name' },
  'AWS::Events::EventBus': { arn: 'arn:aws:events:{R}:{A}:event-bus/{N}', name: 'Name', ref: 'name' },
  'AWS::Events::Rule': { arn: 'arn:aws:events:{R}:{A}:rule/{N}', name: 'Name' },
  'AWS::IAM::ManagedPolicy': { arn: 'arn:aws:iam::{A}:policy/{N}', name: 'ManagedPolicyName', ref: 'arn' },
  'AWS::IAM::Role': { arn: 'arn:aws:iam::{A}:role/{N}', name: 'RoleName', ref: 'name' },
  'AWS::KMS::Key': { arn: 'arn:aws:kms:{R}:{A}:key/{N}', ref: 'name' },
  'AWS::KMS::ReplicaKey': { arn: 'arn:aws:kms:{R}:{A}:key/{N}', ref: 'name' },
  'AWS::Lambda::Function': { arn: 'arn:aws:lambda:{R}:{A}:function:{N}', name: 'FunctionName', ref: 'name' },
  'AWS::Logs::LogGroup': { arn: 'arn:aws:logs:{R}:{A}:log-group:{N}', name: 'LogGroupName', ref: 'name' },
  'AWS::S3::Bucket': { arn: 'arn:aws:s3:::{N}', name: 'BucketName', ref: 'name' },
  'AWS::SecretsManager::Secret': { arn: `arn:aws:secretsmanager:{R}:{A}:secret:{N}${SECRET_SUFFIX}`, name: 'Name', ref: 'arn' },
  'AWS::SNS::Topic': { arn: 'arn:aws:sns:{R}:{A}:{N}', name: 'TopicName', ref: 'arn' },
  'AWS::SQS::Queue': { arn: 'arn:aws:sqs:{R}:{A}:{N}', name: 'QueueName' },
  'AWS::StepFunctions::StateMachine': { arn: 'arn:aws:states:{R}:{A}:stateMachine:{N}', name: 'StateMachineName', ref: 'arn' },
};

const ARN_ATTRIBUTES = new Set(['Arn', 'TopicArn']);
const NAME_ATTRIBUTES = new Set(['TopicName', 'QueueName']);

/** The account of a resource's stack as plain text. */
export function accountOf(resource: Resource, graph: Graph): string {
  return graph.sources.find((source) => source.name === resource.template)?.account ?? placeholder('AWS::AccountId');
}

/** The region of a resource's stack as plain text. */
export function regionOf(resource: Resource, graph: Graph): string {
  return graph.sources.find((source) => source.name === resource.template)?.region ?? placeholder('AWS::Region');
}

/** The ARN of a resource as plain text; `UNTOLD` for a type whose ARN has no known shape. */
export function arnOf(resource: Resource, graph: Graph): string {
  const shape = SHAPES[resource.type];
  if (!shape) return UNTOLD;
  const name = `${qualifierOf(resource, graph)}${nameOf(resource, graph)}`;
  return shape.arn.replace('{R}', () => regionOf(resource, graph)).replace('{A}', () => accountOf(resource, graph)).replace('{N}', () => name);
}

/**
 * A value as plain text to compare: references become the names and ARNs that they stand for, and what is not told a placeholder.
 *
 * Partitions are all written `aws`, as the template runs in one of them and a wrong one is not what these rules look for.
 * `home` is the template that holds the value; its parameters and stack name mean nothing elsewhere.
 */
export function plain(value: Value, home: string, graph: Graph): string {
  if (value instanceof Text) return normal(value.parts.map((part) => (typeof part === 'string' ? literal(part) : plain(part, home, graph))).join(''));
  if (value instanceof Pseudo) return pseudo(value.name, home);
  if (value instanceof Reference) return reference(value, graph);
  if (value instanceof Unresolved) return isParameter(value.expression, home, graph) ? placeholder(`${home}/${value.expression}`) : UNTOLD;
  return typeof value === 'object' || value === undefined ? UNTOLD : normal(literal(String(value)));
}

function pseudo(name: string, home: string): string {
  if (name === 'AWS::Partition') return 'aws';
  if (name === 'AWS::URLSuffix') return 'amazonaws.com';
  return placeholder(name === 'AWS::AccountId' || name === 'AWS::Region' ? name : `${home}/${name}`);
}

function reference({ resource, attribute }: Reference, graph: Graph): string {
  const shape = SHAPES[resource.type];
  const kind = attribute === undefined ? shape?.ref : ARN_ATTRIBUTES.has(attribute) ? 'arn' : NAME_ATTRIBUTES.has(attribute) ? 'name' : undefined;
  if (shape && kind === 'name') return nameOf(resource, graph);
  if (shape && kind === 'arn') return resource.type === 'AWS::Logs::LogGroup' ? `${arnOf(resource, graph)}:*` : arnOf(resource, graph);
  const own = placeholder(`${resource.template}/${resource.logicalId}.${attribute ?? ''}`);
  return resource.type === 'AWS::DynamoDB::Table' && attribute === 'StreamArn' ? `${arnOf(resource, graph)}/stream/${own}` : own;
}

/** The name that a resource has; a part that is not told is at least the same each time. */
function nameOf(resource: Resource, graph: Graph): string {
  const id = `${resource.template}/${resource.logicalId}`;
  const property = SHAPES[resource.type].name;
  const given = property === undefined ? undefined : resource.properties[property];
  return given === undefined ? generated(id) : plain(given, resource.template, graph).split(UNTOLD).join(placeholder(`${id}.name`));
}

/** What stands before the name in an ARN: the path of a role, the bus of a rule that is not on the default one, the API of its parts. */
function qualifierOf({ properties, template, type }: Resource, graph: Graph): string {
  const text = (value: Value) => plain(value, template, graph);
  switch (type) {
    case 'AWS::ApiGateway::Authorizer': return `${text(properties.RestApiId)}/authorizers/`;
    case 'AWS::ApiGateway::Stage': return `${text(properties.RestApiId)}/stages/`;
    case 'AWS::Events::Rule': {
      const bus = properties.EventBusName === undefined ? 'default' : text(properties.EventBusName).replace(/^arn:.*:event-bus\//, '');
      return bus === 'default' ? '' : `${bus}/`;
    }
    case 'AWS::IAM::Role': return properties.Path === undefined ? '' : text(properties.Path).replace(/^\//, '');
    default: return '';
  }
}

/** IAM fills `${aws:…}` from the request, which no template tells. */
function literal(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, UNTOLD);
}

function normal(text: string): string {
  return text.replace(/^arn:aws[a-z-]*:/, 'arn:aws:').replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com');
}

function isParameter(name: string, home: string, graph: Graph): boolean {
  const template = graph.sources.find((source) => source.name === home)?.template as { readonly Parameters?: object } | undefined;
  return Object.prototype.hasOwnProperty.call(template?.Parameters ?? {}, name);
}
