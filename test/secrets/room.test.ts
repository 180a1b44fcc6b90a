import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { foundation, policy, secrets, storage } from '../../src';
import { check, RULES } from '../../src/rules';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { outcomesWithout } from '../rules/weakened';

/** A secret of each kind. */
function everythingIn(stack: Stack, shared?: foundation.IFoundation): secrets.RotatingSecret[] {
  const plan = new apigateway.UsagePlan(stack, 'Plan');
  const { table, encryptionKey: tableKey } = new storage.IntegrationTable(stack, 'Credentials', {
    foundation: shared,
    partitionKey: { name: 'holder', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'credential', type: dynamodb.AttributeType.STRING },
  });
  const macKey = kms.Key.fromKeyArn(stack, 'Mac', 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f');
  const bearerKey = secrets.RotationStrategy.bearerKey({ table, tableKey, macKey, holder: '0a1b2c3d4e', prefix: 'acme', meteringKeyId: 'a1b2c3' });
  return [
    new secrets.RotatingSecret(stack, 'Signing', { foundation: shared, strategy: secrets.RotationStrategy.webhookSecret() }),
    new secrets.RotatingSecret(stack, 'SigningKey', { foundation: shared, strategy: secrets.RotationStrategy.webhookSigningKey() }),
    new secrets.RotatingSecret(stack, 'Key', { foundation: shared, strategy: secrets.RotationStrategy.apiGatewayKey(plan) }),
    new secrets.RotatingSecret(stack, 'Bearer', { foundation: shared, strategy: bearerKey }),
    new secrets.RotatingSecret(stack, 'Password', { foundation: shared, strategy: secrets.RotationStrategy.sftpPassword({ table, userName: 'acme.edi' }) }),
  ];
}

function readerIn(stack: Stack, of: readonly secrets.RotatingSecret[]): void {
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  of.forEach((secret) => secret.grantRead(role));
}

function findingsIn(...stacks: Stack[]): string[] {
  const templates = stacks.map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON() }));
  return check(templates, RULES).filter(({ finding }) => finding !== '')
    .map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`);
}

describe('what the room creates', () => {
  test('violates no control', () => {
    const stack = new Stack(new App(), 'Stack');
    readerIn(stack, everythingIn(stack));
    expect(findingsIn(stack)).toEqual([]);
  });

  test('violates no control with a foundation and a reader in other stacks', () => {
    const app = new App();
    const [home, stack, readers] = ['Home', 'Stack', 'Readers'].map((id) => new Stack(app, id));
    readerIn(readers, everythingIn(stack, new foundation.Foundation(home, 'Shared')));
    app.synth();
    expect(findingsIn(home, stack, readers)).toEqual([]);
  });

  test('passes the policy of the library at synthesis', () => {
    const app = new App();
    everythingIn(new Stack(app, 'Stack'));
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });
    expect(() => app.synth()).not.toThrow();
  });

  test('needs no further word to a pack for a usage plan of another stack', () => {
    const app = new App();
    const plan = new apigateway.UsagePlan(new Stack(app, 'Home'), 'Plan');
    const imported = apigateway.UsagePlan.fromUsagePlanId(plan, 'Imported', 'a1b2c3');
    new secrets.RotatingSecret(new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Key', {
      strategy: secrets.RotationStrategy.apiGatewayKey(imported),
    });
    new secrets.RotatingSecret(new Stack(app, 'Other'), 'Key', { strategy: secrets.RotationStrategy.apiGatewayKey(plan) });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });

  test.each([...NAG_PACKS])('has no finding of %s that is not acknowledged with a reason', (_name, pack) => {
    const app = new App();
    everythingIn(new Stack(app, 'Stack'));
    const { conclusion, violations, reasons } = judgedBy(pack(), app);
    expect([conclusion, violations]).toEqual(['success', []]);
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(60);
  });
});

describe('a default that is switched off', () => {
  const stack = new Stack(new App(), 'Stack');
  everythingIn(stack);
  const original = Template.fromStack(stack).toJSON();
  /** Logical ids end in eight characters of hash. */
  const idOf = (type: string, name: string) =>
    Object.keys(original.Resources).find((id) => original.Resources[id].Type === type && id.slice(0, -8) === name)!;

  const secret = idOf('AWS::SecretsManager::Secret', 'Signing');
  const schedule = idOf('AWS::SecretsManager::RotationSchedule', 'SigningRotation');
  const permission = idOf('AWS::Lambda::Permission', 'SigningFunctionRotation');
  const rotator = idOf('AWS::Lambda::Function', 'SigningFunction');
  const role = idOf('AWS::IAM::Policy', 'SigningRoleDefaultPolicy');

  test.each<[string, string, string]>([
    ['SECRET-CMK', secret, 'Properties.KmsKeyId'],
    ['SECRET-RETAIN', secret, 'DeletionPolicy'],
    ['SECRET-ROTATION', schedule, 'Properties.RotationLambdaARN'],
    ['SECRET-ROTATION-AGE', schedule, 'Properties.RotationRules'],
    ['SECRET-BLOCK-PUBLIC-POLICY', idOf('AWS::SecretsManager::ResourcePolicy', 'SigningPolicy'), 'Properties.BlockPublicPolicy'],
    ['SECRET-ROTATION-PERMISSION', permission, 'Properties.SourceAccount'],
    ['DELIVERY-SECRET-ROTATION', permission, 'Properties.Principal'],
    ['DELIVERY-SECRET-ROTATION', role, 'Properties.PolicyDocument.Statement.4.Action.3'],
    ['DELIVERY-FUNCTION-DLQ', role, 'Properties.PolicyDocument.Statement.2'],
    ['LAMBDA-DLQ', rotator, 'Properties.DeadLetterConfig'],
    ['LAMBDA-TRACING', rotator, 'Properties.TracingConfig'],
    ['LAMBDA-CONCURRENCY', rotator, 'Properties.ReservedConcurrentExecutions'],
    ['LAMBDA-ENV-CMK', rotator, 'Properties.KmsKeyArn'],
    ['EVENT-RULE-DLQ', idOf('AWS::Events::Rule', 'SigningHourly'), 'Properties.Targets.0.DeadLetterConfig'],
    ['ALARM-ACTION', idOf('AWS::CloudWatch::Alarm', 'SigningAlarmsFailure'), 'Properties.AlarmActions'],
    ['ALARM-MISSING-DATA', idOf('AWS::CloudWatch::Alarm', 'SigningAlarmsUnattended'), 'Properties.TreatMissingData'],
    ['LOG-CMK', idOf('AWS::Logs::LogGroup', 'SigningLog'), 'Properties.KmsKeyId'],
  ])('violates %s', (control, id, path) => {
    expect(outcomesWithout(original, id, path, control)).toContain('violation');
  });
});

test('the same input gives the same template', () => {
  const templates = [1, 2].map(() => {
    const stack = new Stack(new App(), 'Stack');
    everythingIn(stack);
    return JSON.stringify(Template.fromStack(stack).toJSON());
  });
  expect(templates[0]).toBe(templates[1]);
});
