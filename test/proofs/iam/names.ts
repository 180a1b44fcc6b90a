import { createHash } from 'node:crypto';
import { Place } from './call';

/** How resources of a type are named and referred to (CloudFormation Template Reference, "Return values" of each). */
interface Kind {
  /** Property that gives a resource its name; without it, CloudFormation makes one up. */
  readonly named?: string;
  /** Attribute that gives the name. */
  readonly nameAttribute?: string;
  /** What comes after the ARN in other attributes. */
  readonly below?: Readonly<Record<string, string>>;
  /** @param path property of that name, where there is one */
  arn(name: string, place: Place, path?: string): string;
  /** What `Ref` gives, where it is not the name. */
  ref?(name: string, place: Place, path?: string): string;
}

const inPlace = (service: string, prefix = '') =>
  (name: string, { account, region }: Place) => `arn:aws:${service}:${region}:${account}:${prefix}${name}`;
const ofAccount = (prefix: string) => (name: string, { account }: Place, path = '/') => `arn:aws:iam::${account}:${prefix}${path.slice(1)}${name}`;

const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::ApiGateway::ApiKey': { arn: (name, { region }) => `arn:aws:apigateway:${region}::/apikeys/${name}` },
  'AWS::ApiGateway::DomainName': { named: 'DomainName', arn: (name, { region }) => `arn:aws:apigateway:${region}::/domainnames/${name}` },
  'AWS::ApiGateway::RestApi': { arn: (name, { region }) => `arn:aws:apigateway:${region}::/restapis/${name}` },
  'AWS::ApiGateway::UsagePlan': { arn: (name, { region }) => `arn:aws:apigateway:${region}::/usageplans/${name}` },
  'AWS::Cognito::UserPool': { arn: inPlace('cognito-idp', 'userpool/') },
  'AWS::Cognito::UserPoolClient': { arn: inPlace('cognito-idp', 'client/') },
  'AWS::Cognito::UserPoolDomain': { named: 'Domain', arn: inPlace('cognito-idp', 'domain/') },
  'AWS::DynamoDB::Table': { named: 'TableName', arn: inPlace('dynamodb', 'table/'), below: { StreamArn: '/stream/2026-11-24T00:00:00.000' } },
  'AWS::EC2::SecurityGroup': { nameAttribute: 'GroupId', arn: inPlace('ec2', 'security-group/') },
  'AWS::EC2::Subnet': { arn: inPlace('ec2', 'subnet/') },
  'AWS::Events::EventBus': { named: 'Name', arn: inPlace('events', 'event-bus/') },
  'AWS::Events::Rule': { named: 'Name', arn: inPlace('events', 'rule/') },
  'AWS::GuardDuty::MalwareProtectionPlan': { arn: inPlace('guardduty', 'malware-protection-plan/') },
  'AWS::IAM::ManagedPolicy': { named: 'ManagedPolicyName', arn: ofAccount('policy/'), ref: ofAccount('policy/') },
  'AWS::IAM::Policy': { named: 'PolicyName', arn: (name) => `an inline policy has no ARN: ${name}` },
  'AWS::IAM::Role': { named: 'RoleName', arn: ofAccount('role/') },
  'AWS::KMS::Key': { arn: inPlace('kms', 'key/') },
  'AWS::Lambda::Function': { named: 'FunctionName', arn: inPlace('lambda', 'function:') },
  // The attribute is the pattern of the group's streams.
  'AWS::Logs::LogGroup': { named: 'LogGroupName', arn: (name, place) => `${inPlace('logs', 'log-group:')(name, place)}:*` },
  'AWS::S3::Bucket': { named: 'BucketName', arn: (name) => `arn:aws:s3:::${name}` },
  'AWS::SNS::Topic': { named: 'TopicName', arn: inPlace('sns'), ref: inPlace('sns') },
  'AWS::SQS::Queue': {
    named: 'QueueName',
    arn: inPlace('sqs'),
    ref: (name, { account, region }) => `https://sqs.${region}.amazonaws.com/${account}/${name}`,
  },
  'AWS::SecretsManager::Secret': {
    named: 'Name',
    arn: (name, place) => `${inPlace('secretsmanager', 'secret:')(name, place)}-AbCdEf`,
    ref: (name, place) => `${inPlace('secretsmanager', 'secret:')(name, place)}-AbCdEf`,
  },
  'AWS::SSM::Parameter': { named: 'Name', arn: (name, place) => `${inPlace('ssm', 'parameter/')(name.replace(/^\//, ''), place)}` },
  'AWS::Transfer::Connector': { nameAttribute: 'ConnectorId', arn: inPlace('transfer', 'connector/') },
  'AWS::Transfer::Server': { nameAttribute: 'ServerId', arn: inPlace('transfer', 'server/'), ref: inPlace('transfer', 'server/') },
};

/** The name, the ARN and the reference of a resource that is not deployed, as a deployment could choose them. */
export class PhysicalNames {
  public readonly name: string;
  public readonly arn: string;
  public readonly ref: string;
  private readonly nameAttribute: string | undefined;
  private readonly below: Readonly<Record<string, string>>;

  /** @param given property of a template, resolved */
  constructor(type: string, logicalId: string, stackName: string, place: Place, given: (property: string) => string | undefined) {
    const kind = KINDS[type];
    if (!kind) throw new Error(`the proof does not know how a ${type} is named; add it to test/proofs/iam/names.ts`);
    this.name = (kind.named && given(kind.named)) ?? madeUp(type, logicalId, stackName);
    const path = /^AWS::IAM::(ManagedPolicy|Role)$/.test(type) ? given('Path') : undefined;
    this.arn = kind.arn(this.name, place, path);
    this.ref = kind.ref?.(this.name, place, path) ?? this.name;
    this.nameAttribute = kind.nameAttribute;
    this.below = kind.below ?? {};
  }

  /** What `Fn::GetAtt` gives. */
  public attribute(name: string): string {
    if (name === 'Arn') return this.arn;
    if (name === this.nameAttribute) return this.name;
    if (name in this.below) return `${this.arn}${this.below[name]}`;
    throw new Error(`the proof does not know the attribute ${name} of ${this.name}; add it to test/proofs/iam/names.ts`);
  }
}

/** A name as CloudFormation would make it up, but always the same. */
function madeUp(type: string, logicalId: string, stackName: string): string {
  const digest = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
  if (type === 'AWS::KMS::Key') return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (/^AWS::(ApiGateway::(ApiKey|RestApi|UsagePlan)|Cognito::UserPoolClient)$/.test(type)) return digest.slice(0, 10); // lower-case letters and digits
  if (type === 'AWS::Transfer::Connector') return `c-${digest.slice(0, 17)}`;
  if (type === 'AWS::Transfer::Server') return `s-${digest.slice(0, 17)}`;
  if (type === 'AWS::Cognito::UserPool') return `eu-west-1_${digest.slice(0, 9)}`;
  const name = `${stackName}-${logicalId}-${digest.slice(0, 12)}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase().slice(-63) : name;
}
