import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { foundation, secrets } from '../../src';

const RDS_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-3bea3cf2-0b5f-AbCdEf';

const clusterIn = (stack: Stack): rds.DatabaseCluster => new rds.DatabaseCluster(stack, 'Db', {
  engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
  vpc: new ec2.Vpc(stack, 'Vpc'),
  writer: rds.ClusterInstance.serverlessV2('Writer'),
  manageMasterUserPassword: true,
});
const importedIn = (stack: Stack, secretCompleteArn = RDS_ARN, encryptionKey?: kms.IKey) =>
  secretsmanager.Secret.fromSecretAttributes(stack, 'Given', { secretCompleteArn, encryptionKey });

function watchedCluster(props: Partial<secrets.MasterUserSecretProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const master = new secrets.MasterUserSecret(stack, 'Master', { secret: clusterIn(stack).secret!, ...props });
  return { stack, master, template: Template.fromStack(stack) };
}

describe('by default', () => {
  const { stack, master, template } = watchedCluster();
  const secretArn = { 'Fn::GetAtt': [expect.stringMatching(/^Db/), 'MasterUserSecret.SecretArn'] };

  test('Amazon RDS rotates the password every 7 days, in the night, and not because of the deployment', () => {
    const [schedule] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
    expect(schedule.Properties).toEqual({ SecretId: secretArn, RotationRules: { ScheduleExpression: 'rate(7 days)', Duration: '4h' }, RotateImmediatelyOnUpdate: false });
  });

  test('the schedule stays when the stack lets go of it, since nobody but RDS turns the rotation off', () => {
    template.hasResource('AWS::SecretsManager::RotationSchedule', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('a function looks whether RDS rotates it, and may do nothing else with the secret', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SECRET_ARN: stack.resolve(master.secret.secretArn), MAX_AGE_SECONDS: '864000', OWNING_SERVICE: 'rds' } },
    });
    const [{ Properties }] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement.filter(({ Action }: { Action: string }) => JSON.stringify(Action).includes('secretsmanager:')))
      .toEqual([{ Effect: 'Allow', Action: 'secretsmanager:DescribeSecret', Resource: secretArn }]);
  });

  test('five alarms reach the foundation', () => {
    const topic = stack.resolve(foundation.Foundation.of(stack).alertTopic.topicArn);
    const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).filter(([id]) => id.startsWith('MasterAlarms'));
    expect(alarms.map(([, { Properties }]) => Properties.AlarmActions)).toEqual(Array(5).fill([topic]));
  });

  test('the secret is not ours to make or to change', () => {
    for (const type of ['Secret', 'ResourcePolicy']) expect(template.findResources(`AWS::SecretsManager::${type}`)).toEqual({});
  });
});

test('another interval counts for the watch, too', () => {
  const { template } = watchedCluster({ rotateEvery: Duration.days(30) });
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(30 days)' } });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ MAX_AGE_SECONDS: '3072000' }) } });
});

describe('takes', () => {
  test('the secret of an instance', () => {
    const stack = new Stack(new App(), 'Stack');
    const instance = new rds.DatabaseInstance(stack, 'Db', { engine: rds.DatabaseInstanceEngine.MYSQL, vpc: new ec2.Vpc(stack, 'Vpc'), manageMasterUserPassword: true });
    expect(() => new secrets.MasterUserSecret(stack, 'Master', { secret: instance.secret! })).not.toThrow();
  });

  test('an imported secret, and one that a parameter names', () => {
    const stack = new Stack(new App(), 'Stack');
    new secrets.MasterUserSecret(stack, 'Master', { secret: importedIn(stack) });
    const named = secretsmanager.Secret.fromSecretAttributes(stack, 'Named', { secretCompleteArn: new CfnParameter(stack, 'Arn').valueAsString });
    expect(() => new secrets.MasterUserSecret(stack, 'Other', { secret: named })).not.toThrow();
  });
});

describe('refuses', () => {
  const REMEDY = 'set manageMasterUserPassword of the database, and give its secret';

  test.each<[string, (stack: Stack) => secretsmanager.ISecret, string]>([
    ['a secret of the stack', (stack) => new secretsmanager.Secret(stack, 'Own'), `'secret' must be one that Amazon RDS manages, got Stack/Own/Resource; ${REMEDY}`],
    ['the name of a secret', (stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'orders'),
      "'secret' must have its complete ARN, got one with a name or a part of it; import it by secretCompleteArn"],
    ['a secret of somebody else', (stack) => importedIn(stack, 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf'),
      `'secret' must be one that Amazon RDS manages, got arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf; ${REMEDY}`],
  ])('%s', (_name, secretIn, message) => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => new secrets.MasterUserSecret(stack, 'Master', { secret: secretIn(stack) })).toThrow(`[Stack/Master] ${message}`);
  });

  test('an interval out of range', () => {
    expect(() => watchedCluster({ rotateEvery: Duration.days(0) }))
      .toThrow("[Stack/Master] 'rotateEvery' must be between 1 and 90 days, got Duration.days(0); choose a whole number of days in that range");
  });
});

test.each([[true], [false]])('grantRead lets a role read the password, and decrypt it where the key is known: %s', (known) => {
  const stack = new Stack(new App(), 'Stack');
  const key = known ? new kms.Key(stack, 'Key') : undefined;
  const master = new secrets.MasterUserSecret(stack, 'Master', { secret: importedIn(stack, RDS_ARN, key) });
  master.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })).assertSuccess();

  const [, { Properties }] = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith('Reader'))!;
  expect(Properties.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: RDS_ARN },
    ...known ? [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(key!.keyArn) }] : [],
  ]);
});
