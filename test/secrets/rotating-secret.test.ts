import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { foundation, secrets } from '../../src';

type Json = Record<string, any>;

const webhook = secrets.RotationStrategy.webhookSecret();

function secretWith(props: Partial<secrets.RotatingSecretProps> = {}): { stack: Stack; signing: secrets.RotatingSecret; template: Template } {
  const stack = new Stack(new App(), 'Stack');
  const signing = new secrets.RotatingSecret(stack, 'Signing', { strategy: webhook, ...props });
  return { stack, signing, template: Template.fromStack(stack) };
}

function keySecret(plans = 1): { stack: Stack; template: Template } {
  const stack = new Stack(new App(), 'Stack');
  const usagePlans = Array.from({ length: plans }, (_, index) => new apigateway.UsagePlan(stack, `Plan${index}`));
  new secrets.RotatingSecret(stack, 'Key', { strategy: secrets.RotationStrategy.apiGatewayKey(...usagePlans) });
  return { stack, template: Template.fromStack(stack) };
}

const soleOf = (template: Template, type: string): Json => {
  const found = Object.values(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0];
};
const rotator = (template: Template): Json => soleOf(template, 'AWS::Lambda::Function').Properties;
const rights = (template: Template): Json[] => soleOf(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
const alarm = (template: Template, id: string): Json =>
  Object.entries(template.findResources('AWS::CloudWatch::Alarm')).find(([logicalId]) => logicalId.startsWith(`SigningAlarms${id}`))![1].Properties;
/** The pattern by which an alarm's metric is counted. */
const counts = (template: Template, id: string): string =>
  Object.values(template.findResources('AWS::Logs::MetricFilter'))
    .find(({ Properties }) => Properties.MetricTransformations[0].MetricName === alarm(template, id).MetricName)!.Properties.FilterPattern;

describe('by default', () => {
  const { stack, signing, template } = secretWith();

  test('the secret is encrypted with the foundation\'s key, outlives the stack and holds no credential yet', () => {
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsKeyId: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.SECRETS).keyArn),
        GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'placeholder' },
      },
    });
    expect(signing.encryptionKey).toBe(foundation.Foundation.of(stack).key(foundation.DataDomain.SECRETS));
  });

  test('no other account reaches the secret, and no public policy is taken', () => {
    template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      BlockPublicPolicy: true,
      ResourcePolicy: {
        Statement: [Match.objectLike({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'secretsmanager:*',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
        })],
      },
    });
  });

  test('it is rotated every 30 days, in the night, once the function may do it', () => {
    const schedule = soleOf(template, 'AWS::SecretsManager::RotationSchedule');
    expect(schedule.Properties).toMatchObject({
      RotationLambdaARN: stack.resolve(signing.function.functionArn),
      RotationRules: { ScheduleExpression: 'rate(30 days)', Duration: '4h' },
      SecretId: stack.resolve(signing.secret.secretArn),
    });
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    const [permission] = Object.keys(template.findResources('AWS::Lambda::Permission', { Properties: { Principal: 'secretsmanager.amazonaws.com' } }));
    expect(schedule.DependsOn).toEqual(expect.arrayContaining([policy, permission]));
  });

  test('Secrets Manager may invoke the function for this secret of this account only', () => {
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'secretsmanager.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: stack.resolve(signing.secret.secretArn),
    });
  });

  test('the function knows the secret, the overlap of a day and the age at which a rotation is overdue', () => {
    expect(rotator(template)).toMatchObject({
      Environment: { Variables: { SECRET_ARN: stack.resolve(signing.secret.secretArn), OVERLAP_SECONDS: '86400', MAX_AGE_SECONDS: '3072000' } },
      LoggingConfig: { LogFormat: 'JSON' },
      ReservedConcurrentExecutions: 2,
      Timeout: 300,
      TracingConfig: { Mode: 'Active' },
    });
    // The handler warns at nine tenths of it: two days after the rotation should have been.
    expect(0.9 * 3072000).toBe(Duration.days(32).toSeconds());
  });

  test('the function acts on this secret alone', () => {
    const onSecrets = rights(template).filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager:'));
    expect(onSecrets).toEqual([{
      Effect: 'Allow',
      Action: [
        'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:ListSecretVersionIds', 'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      Resource: stack.resolve(signing.secret.secretArn),
    }]);
    expect(JSON.stringify(rights(template))).not.toContain('apigateway');
  });

  test('the function looks after the secret each hour, and what does not reach it is kept', () => {
    const queue = stack.resolve((signing.node.findChild('Undelivered') as any).queue.queueArn);
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [Match.objectLike({
        Arn: stack.resolve(signing.function.functionArn),
        Input: '{"task":"reconcile"}',
        DeadLetterConfig: { Arn: queue },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
      })],
    });
    expect(rotator(template).DeadLetterConfig).toEqual({ TargetArn: queue });
  });

  test('each alarm reaches the foundation', () => {
    const topic = stack.resolve(foundation.Foundation.of(stack).alertTopic.topicArn);
    for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) expect(Properties.AlarmActions).toEqual([topic]);
  });

  test.each([
    ['Fault', '{ $.message.outcome = "fault" || $.message.outcome = "repaired" }'],
    ['Due', '{ $.message.outcome = "warning" }'],
    ['Overdue', '{ $.message.outcome = "overdue" }'],
  ])('the alarm %s goes off on %s and stays while that lasts', (id, pattern) => {
    expect(counts(template, id)).toBe(pattern);
    expect(alarm(template, id)).toMatchObject({ Period: 3600, EvaluationPeriods: 2, DatapointsToAlarm: 1, Threshold: 1, TreatMissingData: 'notBreaching' });
  });

  test('an alarm goes off on a failed step', () => {
    expect(alarm(template, 'Failure')).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Threshold: 1, EvaluationPeriods: 1 });
  });

  test('an alarm goes off when nothing looks after the secret', () => {
    expect(counts(template, 'Unattended')).toBe('{ $.message.task = "reconcile" }');
    expect(alarm(template, 'Unattended')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold', Threshold: 1, EvaluationPeriods: 3, Period: 3600, TreatMissingData: 'breaching',
    });
  });
});

test('two secrets of a stack count apart', () => {
  const stack = new Stack(new App(), 'Stack');
  for (const id of ['One', 'Two']) new secrets.RotatingSecret(stack, id, { strategy: webhook });
  const filters = Object.values(Template.fromStack(stack).findResources('AWS::Logs::MetricFilter'));
  expect(new Set(filters.map(({ Properties }) => Properties.MetricTransformations[0].MetricName)).size).toBe(8);
});

describe('times', () => {
  test.each([
    [1, '21600', '288000'],
    [2, '43200', '384000'],
    [7, '86400', '864000'],
    [90, '86400', '8832000'],
  ])('rotateEvery of %d days leaves room for an overlap of %s seconds', (days, overlap, maxAge) => {
    const { template } = secretWith({ rotateEvery: Duration.days(days) });
    expect(rotator(template).Environment.Variables).toMatchObject({ OVERLAP_SECONDS: overlap, MAX_AGE_SECONDS: maxAge });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: `rate(${days} days)` } });
  });

  test('overlap is passed to the function', () => {
    expect(rotator(secretWith({ overlap: Duration.days(14) }).template).Environment.Variables.OVERLAP_SECONDS).toBe('1209600');
  });

  const RANGE = 'choose a whole number of days in that range';
  const REASON = 'no rotation starts while the previous credential still works';
  test.each<[Partial<secrets.RotatingSecretProps>, string]>([
    [{ rotateEvery: Duration.days(0) }, `'rotateEvery' must be between 1 and 90 days, got Duration.days(0); ${RANGE}`],
    [{ rotateEvery: Duration.days(91) }, `'rotateEvery' must be between 1 and 90 days, got Duration.days(91); ${RANGE}`],
    [{ rotateEvery: Duration.hours(36) }, `'rotateEvery' must be between 1 and 90 days, got Duration.hours(36); ${RANGE}`],
    [{ overlap: Duration.days(15) }, `'overlap' must be from 300 seconds to less than half of 'rotateEvery', got Duration.days(15); ${REASON}`],
    [{ overlap: Duration.seconds(299) }, `'overlap' must be from 300 seconds to less than half of 'rotateEvery', got Duration.seconds(299); ${REASON}`],
    [{ overlap: Duration.millis(300_500) }, `'overlap' must be from 300 seconds to less than half of 'rotateEvery', got Duration.millis(300500); ${REASON}`],
  ])('%j is refused', (props, message) => {
    expect(() => secretWith(props)).toThrow(`[Stack/Signing] ${message}`);
  });

  test.each(['rotateEvery', 'overlap'])('%s is refused if only deployment knows it', (prop) => {
    const stack = new Stack(new App(), 'Stack');
    const given = Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber);
    expect(() => new secrets.RotatingSecret(stack, 'Signing', { strategy: webhook, [prop]: given })).toThrow(`[Stack/Signing] '${prop}' must be `);
  });
});

describe('a key of API Gateway', () => {
  test('is a member of the plans that the function is told', () => {
    const { stack, template } = keySecret(2);
    const ids = stack.resolve(rotator(template).Environment.Variables.USAGE_PLAN_IDS)['Fn::Join'][1];
    expect(ids.map((part: Json | string) => (typeof part === 'string' ? part : 'plan')).join('')).toBe('["plan","plan"]');
  });

  test('belongs to the secret by a tag, without which the function may not make, change or delete it', () => {
    const { template } = keySecret();
    const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
    const told = rights(template).filter(({ Action }) => JSON.stringify(Action).includes('apigateway:')).map(({ Action, Condition, Resource }) => ({
      actions: [Action].flat().join(),
      on: Resource['Fn::Join'][1].map((part: Json | string) => (typeof part === 'string' ? part : '_')).join('').replace(/^arn:_:apigateway:_::/, ''),
      if: Condition?.StringEquals,
    }));
    const made = { 'aws:RequestTag/cdk-secure-integrations:secret': { Ref: secret } };
    const owned = { 'aws:ResourceTag/cdk-secure-integrations:secret': { Ref: secret } };
    expect(told).toEqual([
      { actions: 'apigateway:GET', on: '/apikeys', if: undefined },
      { actions: 'apigateway:POST', on: '/apikeys', if: made },
      { actions: 'apigateway:PUT', on: '/tags/arn%3A_%3Aapigateway%3A_%3A%3A%2Fapikeys%2F*', if: made },
      { actions: 'apigateway:DELETE,apigateway:PATCH', on: '/apikeys/*', if: owned },
      { actions: 'apigateway:POST', on: '/usageplans/_/keys', if: undefined },
      { actions: 'apigateway:GET', on: '/usageplans/_/keys/*', if: undefined },
    ]);
  });

  test('has its value nowhere in the template', () => {
    expect(keySecret().template.findResources('AWS::ApiGateway::ApiKey')).toEqual({});
    expect(keySecret().template.toJSON().Outputs).toBeUndefined();
  });

  test.each([
    [0, "[Stack/Key] 'usagePlans' must name 1 to 10 usage plans, got 0; a key opens what its plans do"],
    [11, "[Stack/Key] 'usagePlans' must name 1 to 10 usage plans, got 11; a key opens what its plans do"],
  ])('is refused for %d plans', (plans, message) => {
    expect(() => keySecret(plans)).toThrow(message);
  });

  test('is refused for the same plan twice', () => {
    const stack = new Stack(new App(), 'Stack');
    const plan = new apigateway.UsagePlan(stack, 'Plan');
    expect(() => new secrets.RotatingSecret(stack, 'Key', { strategy: secrets.RotationStrategy.apiGatewayKey(plan, plan) }))
      .toThrow("[Stack/Key] 'usagePlans' must name each usage plan once, got 'Plan' twice; leave one out");
  });
});

describe('grantRead', () => {
  const reader = (stack: Stack) => new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const statementsOf = (stack: Stack): Json[] => Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .find(([id]) => id.startsWith('Reader'))![1].Properties.PolicyDocument.Statement;

  test('lets a role read each version and decrypt it, and nothing more', () => {
    const stack = new Stack(new App(), 'Stack');
    const signing = new secrets.RotatingSecret(stack, 'Signing', { strategy: webhook });
    signing.grantRead(reader(stack)).assertSuccess();

    expect(statementsOf(stack)).toEqual([
      { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: stack.resolve(signing.secret.secretArn) },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(signing.encryptionKey.keyArn) },
    ]);
  });

  test('closes no cycle for a role of another stack', () => {
    const app = new App();
    const signing = new secrets.RotatingSecret(new Stack(app, 'Home'), 'Signing', { strategy: webhook });
    const stack = new Stack(app, 'Readers');
    signing.grantRead(reader(stack)).assertSuccess();
    app.synth();

    expect(statementsOf(stack).map(({ Action }) => Action)).toEqual([['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], 'kms:Decrypt']);
  });

  test('refuses a role of another account, whom the policy of the secret denies', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const signing = new secrets.RotatingSecret(stack, 'Signing', { strategy: webhook });
    const foreign = iam.Role.fromRoleArn(stack, 'Foreign', 'arn:aws:iam::444455556666:role/reader');
    expect(() => signing.grantRead(foreign)).toThrow(
      "[Stack/Signing] 'grantee' must be of account 111122223333, got one of 444455556666; give that account a role here to assume, or a secret of its own");
  });
});

test('says what the owner of an imported foundation has to add to the policy of its key', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:111122223333:${name}`;
  const key = arn('kms', 'key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f');
  const imported = foundation.Foundation.fromFoundationAttributes(stack, 'Shared', {
    alertTopicArn: arn('sns', 'alerts'), accessLogBucketArn: 'arn:aws:s3:::logs', auditKeyArn: key, secretsKeyArn: key, messagingKeyArn: key, dataKeyArn: key,
  } as any);
  new secrets.RotatingSecret(stack, 'Signing', { strategy: webhook, foundation: imported });

  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('secretsmanager'));
});
