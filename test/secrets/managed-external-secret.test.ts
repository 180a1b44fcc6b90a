import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { foundation, secrets } from '../../src';

type Json = Record<string, any>;

const SALESFORCE = secrets.ExternalSecretType.SALESFORCE_CLIENT_SECRET;

function externalSecret(props: Partial<secrets.ManagedExternalSecretProps> = {}, stack = new Stack(new App(), 'Stack')) {
  const crm = new secrets.ManagedExternalSecret(stack, 'Crm', { secretType: SALESFORCE, ...props });
  return { crm, stack, template: Template.fromStack(stack) };
}

/** The statements of a policy whose logical id starts like this. */
const statementsOf = (template: Template, prefix: string): Json[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith(prefix))![1].Properties.PolicyDocument.Statement;

describe('by default', () => {
  const { crm, stack, template } = externalSecret();
  const secretArn = stack.resolve(crm.secret.secretArn);

  test('the secret is of its type, encrypted, retained, and holds a placeholder', () => {
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Type: 'SalesforceClientSecret',
        KmsKeyId: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.SECRETS).keyArn),
        GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'placeholder' },
      },
    });
    expect(crm.encryptionKey).toBe(foundation.Foundation.of(stack).key(foundation.DataDomain.SECRETS));
  });

  test('no other account reaches the secret, and no public policy is taken', () => {
    template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      BlockPublicPolicy: true,
      ResourcePolicy: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: Match.objectLike({ StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }) })] },
    });
  });

  test('its provider rotates it every 30 days, first when somebody had time to put the credential', () => {
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      SecretId: secretArn,
      ExternalSecretRotationMetadata: Match.absent(),
      ExternalSecretRotationRoleArn: stack.resolve(crm.rotationRole.roleArn),
      RotateImmediatelyOnUpdate: false,
      RotationRules: { ScheduleExpression: 'rate(30 days)', Duration: '4h' },
      RotationLambdaARN: Match.absent(),
    });
  });

  test('the schedule waits for the rights of the role', () => {
    const [{ DependsOn }] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
    expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^CrmRotationRoleDefaultPolicy/)]));
  });

  test('Secrets Manager takes the role for secrets of this account and Region only', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'secretsmanager.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':secret:*']] } },
          },
        }],
      },
    });
  });

  test('the role rotates this secret and no other', () => {
    const KEY = stack.resolve(crm.encryptionKey.keyArn);
    expect(statementsOf(template, 'CrmRotationRole')).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        Resource: secretArn,
      },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY },
      { Effect: 'Allow', Action: 'secretsmanager:GetRandomPassword', Resource: '*' },
    ]);
  });

  test('a function describes the secret each hour, and can do nothing else with it', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SECRET_ARN: secretArn, MAX_AGE_SECONDS: '3072000', STARTS_WITH_PLACEHOLDER: 'true' } },
      ReservedConcurrentExecutions: 1,
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 hour)', Targets: [Match.objectLike({ Arn: stack.resolve(crm.function.functionArn), Input: '{"task":"reconcile"}' })],
    });
    const onSecrets = statementsOf(template, 'CrmRoleDefaultPolicy').filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager:'));
    expect(onSecrets).toEqual([{ Effect: 'Allow', Action: 'secretsmanager:DescribeSecret', Resource: secretArn }]);
  });

  test('five alarms reach the foundation', () => {
    const topic = stack.resolve(foundation.Foundation.of(stack).alertTopic.topicArn);
    const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).filter(([id]) => id.startsWith('CrmAlarms'));
    expect(alarms).toHaveLength(5);
    for (const [, { Properties }] of alarms) expect(Properties.AlarmActions).toEqual([topic]);
    const fault = alarms.find(([id]) => id.startsWith('CrmAlarmsFault'))![1].Properties.AlarmDescription;
    expect(fault).toBe('Stack/Crm: the secret is not as it should be: a rotation did not finish, rotation is off or too rare, or nobody put a credential. Read the reason in the log.');
  });
});

test('the placeholder has the form of the partner', () => {
  externalSecret({ placeholder: { consumerKey: 'abc', appId: '0x1' }, credentialField: 'consumerSecret' }).template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { SecretStringTemplate: '{"consumerKey":"abc","appId":"0x1"}', GenerateStringKey: 'consumerSecret' },
  });
});

test('metadata are in the order of their keys', () => {
  const { template } = externalSecret({ rotationMetadata: { b: '2', a: '1' } });
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { ExternalSecretRotationMetadata: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] });
});

test('a type that the library does not know is passed on', () => {
  externalSecret({ secretType: secrets.ExternalSecretType.of('AcmeToken') }).template.hasResourceProperties('AWS::SecretsManager::Secret', { Type: 'AcmeToken' });
});

test('another interval counts for the watch, too', () => {
  const { template } = externalSecret({ rotateEvery: Duration.days(7) });
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(7 days)' } });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ MAX_AGE_SECONDS: '864000' }) } });
});

describe('with an admin secret', () => {
  test('the metadata name it, and the role reads it with its key', () => {
    const stack = new Stack(new App(), 'Stack');
    const admin = new secrets.ManagedExternalSecret(stack, 'Admin', { secretType: SALESFORCE });
    const adminSecret = secretsmanager.Secret.fromSecretAttributes(stack, 'Given', { secretCompleteArn: admin.secret.secretArn, encryptionKey: admin.encryptionKey });
    const { template } = externalSecret({ adminSecret }, stack);
    const given = stack.resolve(admin.secret.secretArn);

    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { ExternalSecretRotationMetadata: [{ Key: 'adminSecretArn', Value: given }] });
    const statements = statementsOf(template, 'CrmRotationRole');
    expect(statements).toContainEqual({ Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: given });
  });

  test('an imported one without a key is read, too', () => {
    const stack = new Stack(new App(), 'Stack');
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:admin-AbCdEf';
    const { template } = externalSecret({ adminSecret: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Given', arn) }, stack);
    expect(statementsOf(template, 'CrmRotationRole')).toContainEqual(expect.objectContaining({ Resource: arn }));
  });
});

describe('refuses', () => {
  const stack = new Stack(new App(), 'Stack');
  const adminSecret = secretsmanager.Secret.fromSecretNameV2(stack, 'Given', 'admin');
  const PAGE = 'see the page of the partner';

  test.each<[string, Partial<secrets.ManagedExternalSecretProps>, string]>([
    ['an interval out of range', { rotateEvery: Duration.days(91) },
      "'rotateEvery' must be between 1 and 90 days, got Duration.days(91); choose a whole number of days in that range"],
    ['a type that is none', { secretType: secrets.ExternalSecretType.of('my token') }, "'secretType' must be letters and digits, got 'my token'; spell it as the page of the partner does"],
    ['an admin secret twice', { adminSecret, rotationMetadata: { adminSecretArn: 'arn' } },
      "'rotationMetadata' must have no 'adminSecretArn' beside 'adminSecret', got both; leave the metadata out"],
    ['an admin secret without its complete ARN, which no policy could name', { adminSecret },
      "'adminSecret' must have its complete ARN, got one with a name or a part of it; import it by secretCompleteArn"],
    ['a credential that stands among the fields of the placeholder', { placeholder: { token: 'x' }, credentialField: 'token' },
      "'credentialField' must be no field of 'placeholder', got 'token'; leave it out of 'placeholder', since its text is generated"],
    ['a credential without a field', { credentialField: '' },
      "'credentialField' must be 1 or more characters, got ''; name the field that the partner takes the credential from"],
    ['a key without text', { rotationMetadata: { '': 'v' } }, `'rotationMetadata' must have 1 to 256 characters in keys, got 0; ${PAGE}`],
    ['a key that is too long', { rotationMetadata: { ['k'.repeat(257)]: 'v' } }, `'rotationMetadata' must have 1 to 256 characters in keys, got 257; ${PAGE}`],
    ['a value without text', { rotationMetadata: { k: '' } }, `'rotationMetadata' must have 1 to 2048 characters in 'k', got 0; ${PAGE}`],
    ['a value that is too long', { rotationMetadata: { k: 'v'.repeat(2049) } }, `'rotationMetadata' must have 1 to 2048 characters in 'k', got 2049; ${PAGE}`],
  ])('%s', (_name, props, message) => {
    expect(() => externalSecret(props)).toThrow(`[Stack/Crm] ${message}`);
  });

  test('an interval that only deployment knows', () => {
    const home = new Stack(new App(), 'Stack');
    const rotateEvery = Duration.days(new CfnParameter(home, 'Days', { type: 'Number' }).valueAsNumber);
    expect(() => externalSecret({ rotateEvery }, home)).toThrow("[Stack/Crm] 'rotateEvery' must be between 1 and 90 days");
  });
});

test('metadata may be known to deployment alone', () => {
  const stack = new Stack(new App(), 'Stack');
  const version = new CfnParameter(stack, 'Version').valueAsString;
  externalSecret({ rotationMetadata: { apiVersion: version } }, stack).template
    .hasResourceProperties('AWS::SecretsManager::RotationSchedule', { ExternalSecretRotationMetadata: [{ Key: 'apiVersion', Value: { Ref: 'Version' } }] });
});

test('grantRead lets a role of the account read each version, and decrypt it', () => {
  const stack = new Stack(new App(), 'Stack');
  const crm = new secrets.ManagedExternalSecret(stack, 'Crm', { secretType: SALESFORCE });
  crm.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })).assertSuccess();
  expect(statementsOf(Template.fromStack(stack), 'Reader')).toEqual([
    { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: stack.resolve(crm.secret.secretArn) },
    { Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(crm.encryptionKey.keyArn) },
  ]);
});
