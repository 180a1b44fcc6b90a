import { App, CfnParameter, Duration, Mixins, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { secrets } from '../../src';
import { check, RULES } from '../../src/rules';

/** A secret with the rotation that the CDK makes. */
function rotatedIn(stack: Stack): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(stack, 'Secret');
  const rotator = new lambda.Function(stack, 'Rotator', {
    code: lambda.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X,
  });
  secret.addRotationSchedule('Rotation', { rotationLambda: rotator, automaticallyAfter: Duration.days(365) });
  return secret;
}

function findings(stack: Stack): string[] {
  return check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => /SECRET-/.test(control) && control !== 'LAMBDA-ENV-SECRET'))
    .filter(({ finding }) => finding !== '').map(({ control }) => control).sort();
}

describe('what the CDK makes of a rotated secret', () => {
  test('violates controls', () => {
    const stack = new Stack(new App(), 'Stack');
    rotatedIn(stack);
    expect(findings(stack)).toEqual([
      'SECRET-BLOCK-PUBLIC-POLICY', 'SECRET-CMK', 'SECRET-RETAIN', 'SECRET-RETAIN', 'SECRET-ROTATION-AGE', 'SECRET-ROTATION-PERMISSION',
    ]);
  });

  test('is healed', () => {
    const stack = new Stack(new App(), 'Stack');
    rotatedIn(stack);
    const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f');
    Mixins.of(stack).apply(
      new secrets.mixins.SecretBlockPublicPolicy(),
      new secrets.mixins.SecretEncryption(key),
      new secrets.mixins.SecretRetain(),
      new secrets.mixins.RotationInterval(),
      new secrets.mixins.RotationPermission(),
    );
    // The key is imported, so that its policy and the role's use of it are for its owner to say.
    expect(findings(stack)).toEqual(['DELIVERY-SECRET-KEY', 'DELIVERY-SECRET-ROTATION']);
    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(30 days)' } });
  });
});

test('RotationInterval keeps the window of a schedule', () => {
  const stack = new Stack(new App(), 'Stack');
  new secretsmanager.CfnRotationSchedule(stack, 'Rotation', { secretId: 'acme', rotationRules: { automaticallyAfterDays: 400, duration: '3h' } })
    .with(new secrets.mixins.RotationInterval(Duration.days(7)));
  expect(Template.fromStack(stack).findResources('AWS::SecretsManager::RotationSchedule').Rotation.Properties)
    .toEqual({ SecretId: 'acme', RotationRules: { ScheduleExpression: 'rate(7 days)', Duration: '3h' } });
});

test.each<[Duration, string]>([
  [Duration.days(91), '91 days'],
  [Duration.hours(12), '12 hours'],
  [Duration.days(0), '0 days'],
])('RotationInterval refuses %s', (interval, got) => {
  const stack = new Stack(new App(), 'Stack');
  const schedule = new secretsmanager.CfnRotationSchedule(stack, 'Rotation', { secretId: 'acme' });
  expect(() => schedule.with(new secrets.mixins.RotationInterval(interval)))
    .toThrow(`[Stack/Rotation] 'interval' must be between 1 and 90 days, got Duration.${got.replace(/(\d+) (\w+)/, '$2($1)')}; choose a whole number of days in that range`);
});

test('RotationInterval refuses an interval that only deployment knows', () => {
  const stack = new Stack(new App(), 'Stack');
  const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
  const schedule = new secretsmanager.CfnRotationSchedule(stack, 'Rotation', { secretId: 'acme' });
  expect(() => schedule.with(new secrets.mixins.RotationInterval(Duration.days(days)))).toThrow("[Stack/Rotation] 'interval' must be between 1 and 90 days, got ");
});

describe('SecretEncryption', () => {
  const withReplica = (stack: Stack) => new secretsmanager.CfnSecret(stack, 'Secret', { replicaRegions: [{ region: 'us-east-1' }] });

  test('encrypts a replica with the key of its Region', () => {
    const stack = new Stack(new App(), 'Stack');
    const [key, other] = ['eu-west-1', 'us-east-1'].map((region) => kms.Key.fromKeyArn(stack, region, `arn:aws:kms:${region}:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`));
    withReplica(stack).with(new secrets.mixins.SecretEncryption(key, { 'us-east-1': other }));
    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: key.keyArn, ReplicaRegions: [{ Region: 'us-east-1', KmsKeyId: other.keyArn }] });
  });

  test('refuses a replica that has no key', () => {
    const stack = new Stack(new App(), 'Stack');
    withReplica(stack).with(new secrets.mixins.SecretEncryption(new kms.Key(stack, 'Key')));
    expect(() => Template.fromStack(stack)).toThrow("'replicaKeys' must have a key for each replica, got none for 'us-east-1'; a KMS key serves one Region");
  });
});

test('RotationPermission leaves permissions of other services alone', () => {
  const stack = new Stack(new App(), 'Stack');
  const permission = (id: string, principal: string) => new lambda.CfnPermission(stack, id, { action: 'lambda:InvokeFunction', functionName: 'rotate', principal });
  permission('Rotation', `secretsmanager.${stack.urlSuffix}`);
  permission('Events', 'events.amazonaws.com');
  Mixins.of(stack).apply(new secrets.mixins.RotationPermission());

  const permissions = Template.fromStack(stack).findResources('AWS::Lambda::Permission');
  expect(permissions.Rotation.Properties.SourceAccount).toEqual({ Ref: 'AWS::AccountId' });
  expect(permissions.Events.Properties.SourceAccount).toBeUndefined();
});
