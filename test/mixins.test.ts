import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Mixin, Mixins, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import * as library from '../src';
import { bodyOf } from './formats/ssh-lines';
import { ALL_CASES } from './rules/cases';
import { CONTROLS } from '../src/compliance';
import { check, RULES } from '../src/rules';

type MixinClass = new (...args: any[]) => Mixin;

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:alerts';

const key = (stack: Stack) => (stack.node.tryFindChild('GivenKey') ?? kms.Key.fromKeyArn(stack, 'GivenKey', KEY_ARN)) as kms.IKey;

/** What the constructors need, for those that need something. Imported, so that nothing but the example is judged. */
const ARGUMENTS: Readonly<Record<string, (stack: Stack) => unknown[]>> = {
  'api.mixins.DomainMutualTls': (stack) => [s3.Bucket.fromBucketName(stack, 'GivenBucket', 'trust-111122223333'), 'partners.pem', 'v1'],
  'api.mixins.StageAccessLog': (stack) => [logs.LogGroup.fromLogGroupName(stack, 'GivenLogGroup', 'requests')],
  'api.mixins.StageThrottling': () => [100, 50],
  'api.mixins.UsagePlanThrottling': () => [10, 20],
  'audit.mixins.TrailEncryption': (stack) => [key(stack)],
  'audit.mixins.TrailLogGroup': (stack) => [
    logs.LogGroup.fromLogGroupName(stack, 'GivenLogGroup', 'trail'), iam.Role.fromRoleArn(stack, 'GivenRole', 'arn:aws:iam::111122223333:role/trail'),
  ],
  'foundation.mixins.AlarmActions': (stack) => [sns.Topic.fromTopicArn(stack, 'GivenTopic', TOPIC_ARN)],
  'secrets.mixins.SecretEncryption': (stack) => [key(stack), { 'us-east-1': key(stack) }],
  'sftp.mixins.ConnectorHostKeys': () => [[bodyOf('ecdsa256')]],
  'sftp.mixins.ServerBanner': () => ['Authorized partners only. Use is recorded.'],
  'sftp.mixins.ServerLog': (stack) => [new logs.LogGroup(stack, 'GivenLogGroup', { removalPolicy: RemovalPolicy.RETAIN })],
  'storage.mixins.BucketAccessLog': (stack) => [s3.Bucket.fromBucketName(stack, 'GivenBucket', 'access-logs-111122223333')],
  'storage.mixins.BucketEncryption': (stack) => [key(stack)],
  'storage.mixins.BucketLifecycle': () => [Duration.days(90)],
  'storage.mixins.LogGroupEncryption': (stack) => [key(stack)],
  'storage.mixins.QueueEncryption': (stack) => [key(stack)],
  'storage.mixins.TableEncryption': (stack) => [key(stack), { 'eu-central-1': key(stack), 'us-east-1': key(stack) }],
  'storage.mixins.TopicEncryption': (stack) => [key(stack)],
};

/** What the L1s require and the examples, cut down to what a rule reads, leave out. */
const REQUIRED: Readonly<Record<string, object>> = {
  'AWS::ApiGateway::Authorizer': { Name: 'callers', RestApiId: 'a1b2c3', Type: 'REQUEST' },
  'AWS::ApiGateway::BasePathMapping': { DomainName: 'api.example.com' },
  'AWS::ApiGateway::BasePathMappingV2': { DomainNameArn: 'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com', RestApiId: 'a1b2c3' },
  'AWS::ApiGateway::Method': { ResourceId: 'a1b2c3' },
  'AWS::ApiGateway::Stage': { RestApiId: 'a1b2c3' },
  'AWS::ApiGatewayV2::ApiMapping': { ApiId: 'a1b2c3', DomainName: 'api.example.com', Stage: 'prod' },
  'AWS::ApiGatewayV2::DomainName': { DomainName: 'api.example.com' },
  'AWS::ApiGatewayV2::RoutingRule': { Actions: [], Conditions: [], DomainNameArn: 'arn:aws:apigateway:eu-west-1::/domainnames/api.example.com', Priority: 1 },
  'AWS::ApiGatewayV2::Stage': { ApiId: 'a1b2c3', StageName: 'prod' },
  'AWS::CloudTrail::Trail': { IsLogging: true, S3BucketName: 'trail-111122223333' },
  'AWS::CloudWatch::Alarm': { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 },
  'AWS::CloudWatch::CompositeAlarm': { AlarmRule: 'TRUE' },
  'AWS::Cognito::IdentityPool': { AllowUnauthenticatedIdentities: true },
  'AWS::DynamoDB::GlobalTable': {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    Replicas: [{ Region: 'eu-west-1' }],
  },
  'AWS::DynamoDB::Table': { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
  'AWS::GuardDuty::Detector': { Enable: false },
  'AWS::Lambda::Function': { Code: { ZipFile: '' }, Role: 'arn:aws:iam::111122223333:role/function' },
  'AWS::Lambda::Permission': { Action: 'lambda:InvokeFunction', FunctionName: 'rotate', Principal: 'secretsmanager.amazonaws.com' },
  'AWS::SecretsManager::ResourcePolicy': { ResourcePolicy: { Statement: [] }, SecretId: 'partners/acme' },
  'AWS::SecretsManager::RotationSchedule': { SecretId: 'partners/acme' },
  'AWS::Transfer::Connector': { AccessRole: 'arn:aws:iam::111122223333:role/connector' },
};

/** Findings, `CONTROL finding`, of which at least one example is beyond the mixin, each with the reason. */
const BEYOND: Readonly<Record<string, string>> = {
  'API-AUTHORIZER-CACHE UnreadBody': 'the authorizers stand in a document elsewhere',
  'KEY-LOCKOUT NobodyAdministers': 'who administers a key is for the author of its policy to say',
  'KEY-LOCKOUT UnresolvedPolicy': 'who administers a key is for the author of its policy to say',
  'KEY-ROTATION UnresolvedRotation': 'a key of a kind that only deployment tells may be one that cannot rotate',
  'SECRET-ROTATION-PERMISSION UnresolvedPrincipal': 'a permission of which only deployment tells for whom it is may be for a partner account',
  'SFTP-IDENTITY ApiGateway': 'what decides who may sign in is chosen with the server, and another one makes another server',
  'SFTP-IDENTITY NoFunction': 'what decides who may sign in is the owner\'s to write',
  'SFTP-IDENTITY NotStated': 'what decides who may sign in is chosen with the server, and another one makes another server',
  'SFTP-IDENTITY PasswordAlone': 'users of a directory have passwords alone',
  'SFTP-IDENTITY UnresolvedFunction': 'the function is elsewhere, and its template tells who may call it',
  'SFTP-IDENTITY UnresolvedProvider': 'a provider that only deployment tells may be a directory',
  'SFTP-LOG NoLoggingRole': 'which role logs what workflows do is for the owner to say',
  'SFTP-LOG UnresolvedLoggingRole': 'which role logs what workflows do is for the owner to say',
  'STORAGE-LIFECYCLE UntoldLifecycle': 'whether the bucket has versions is for BucketVersioning to say',
  'WAF-BLOCKS RuleAllows::Shared/Partner': 'the rule stands in a group, which others may refer to as well',
};

const NAMED = CONTROLS.flatMap(({ id, mixin }) => ('name' in mixin ? [{ id, name: mixin.name }] : []));

const EXAMPLES = NAMED.flatMap(({ id, name }) => ALL_CASES.filter(({ control }) => control === id)
  .flatMap(({ failing }) => failing.map(({ finding, template }, index) => ({ id, name, finding, template, label: `${id} ${finding} #${index}` }))));

const folder = mkdtempSync(join(tmpdir(), 'mixins-'));
afterAll(() => rmSync(folder, { recursive: true }));

function classOf(name: string): MixinClass | undefined {
  return name.split('.').reduce<any>((current, step) => current?.[step], library);
}

function findings(template: unknown, control: string): string[] {
  return check([{ name: 'Stack', template }], RULES.filter((rule) => rule.control === control))
    .filter(({ finding }) => finding !== '').map(({ finding, logicalId, message }) => `${finding} at ${logicalId}: ${message}`);
}

function completed(template: any): string {
  const resources = Object.entries<any>(template.Resources)
    .map(([id, resource]) => [id, { ...resource, Properties: { ...REQUIRED[resource.Type], ...resource.Properties } }]);
  const text = JSON.stringify({ ...template, Resources: Object.fromEntries(resources) });
  return text.replace('"ServerSideEncryptionByDefault":{}', '"ServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}');
}

/** The example as CDK renders it, once `apply` has had the stack. */
function rendered(template: unknown, apply: (stack: Stack) => void): unknown {
  const templateFile = join(folder, 'template.json');
  writeFileSync(templateFile, completed(template));
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  // One example is a bucket that refers to itself.
  new CfnInclude(stack, 'Example', { templateFile, allowCyclicalReferences: true });
  apply(stack);
  return Template.fromStack(stack, { skipCyclicalDependenciesCheck: true }).toJSON();
}

test.each(NAMED)('$id has its mixin, $name', ({ name }) => {
  expect(classOf(name)).toBeDefined();
});

test('no mixin lacks a control', () => {
  const names = Object.entries(library).flatMap(([room, { mixins = {} }]: [string, any]) => Object.keys(mixins).map((mixin) => `${room}.mixins.${mixin}`));
  expect(names.filter((name) => !NAMED.some((named) => named.name === name))).toEqual([]);
});

/** The findings that are left once the mixin was applied; a synthesis that fails with the control's own words leaves its words. */
function left({ id, name, template }: (typeof EXAMPLES)[number]): string[] {
  try {
    return findings(rendered(template, (stack) => {
      Mixins.of(stack).apply(new (classOf(name)!)(...(ARGUMENTS[name]?.(stack) ?? [])));
    }), id);
  } catch (error) {
    if (!String(error).includes(`${id} does not hold although ${name} applied it`)) throw error;
    return [`refused: ${id}`];
  }
}

test.each(EXAMPLES.filter(({ id, finding }) => !BEYOND[`${id} ${finding}`]))('$label is healed by $name', (example) => {
  const { id, finding, template } = example;
  const [{ outcome }] = check([{ name: 'Stack', template }], RULES.filter(({ control }) => control === id)).filter((verdict) => verdict.finding === finding);
  // Where only deployment tells what is there, a mixin that cannot set it may refuse, as long as it says so.
  expect(left(example).filter((each) => outcome !== 'cannot-tell' || !each.startsWith('refused'))).toEqual([]);
});

test.each(Object.entries(BEYOND))('%s is beyond the mixin: %s', (label) => {
  const examples = EXAMPLES.filter(({ id, finding }) => `${id} ${finding}` === label);
  const [, finding] = label.split(' ');
  expect(examples.some((example) => left(example).length > 0)).toBe(true);
  for (const example of examples) expect(left(example).filter((each) => !each.startsWith('refused') && !each.startsWith(finding))).toEqual([]);
});
