import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { foundation, policy, secrets } from '../../src';
import { unseenIn } from '../../src/cli/unseen';
import { check, RULES } from '../../src/rules';
import { parseWatchSettings } from '../../src/runtime/secrets/watch-settings';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { environmentsOf } from '../proofs/iam/assembly';
import { outcomeOf, prove } from '../proofs/iam/prove';
import { outcomesWithout } from '../rules/weakened';
import { exerciseWatch, RDS_SECRET_ARN, watchCloud } from '../runtime-e2e/watch-cloud';

/** A secret of each kind that others rotate; the database and its network are somebody else's. */
function everythingIn(stack: Stack, shared?: foundation.IFoundation): void {
  const masterSecret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Given', RDS_SECRET_ARN);
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Db', {
    clusterIdentifier: 'orders',
    engine: rds.DatabaseClusterEngine.AURORA_POSTGRESQL,
    port: 5432,
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'DbSecurityGroup', 'sg-1')],
  });
  new secrets.MasterUserSecret(stack, 'Master', { foundation: shared, secret: masterSecret });
  new secrets.DatabaseUserSecret(stack, 'Orders', {
    foundation: shared, database: secrets.RotatedDatabase.cluster(cluster), masterSecret, username: 'orders', vpc,
  });
  new secrets.ManagedExternalSecret(stack, 'Crm', {
    foundation: shared, secretType: secrets.ExternalSecretType.SALESFORCE_CLIENT_SECRET, rotationMetadata: { apiVersion: 'v65.0' },
  });
}

function stackOfEverything(scope: Construct = new App()): Stack {
  const stack = new Stack(scope, 'Stack');
  everythingIn(stack);
  return stack;
}

const findingsIn = (...templates: unknown[]): string[] => check(templates.map((template, index) => ({ name: `Stack${index}`, template })), RULES).filter(({ finding }) => finding !== '')
  .map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`);

test('violates no control', () => {
  expect(findingsIn(Template.fromStack(stackOfEverything()).toJSON())).toEqual([]);
});

test('violates no control with a foundation in another stack', () => {
  const app = new App();
  const [home, stack] = ['Home', 'Stack'].map((id) => new Stack(app, id));
  everythingIn(stack, new foundation.Foundation(home, 'Shared'));
  app.synth();
  expect(findingsIn(...[home, stack].map((each) => Template.fromStack(each).toJSON()))).toEqual([]);
});

test('leaves it to the report to say that nobody looked at the function of AWS', () => {
  expect(unseenIn('Stack', Template.fromStack(stackOfEverything()).toJSON()))
    .toEqual(["Stack: what the macro 'AWS::SecretsManager-2024-09-16' makes of the template"]);
});

test('passes the policy of the library at synthesis', () => {
  const app = new App();
  stackOfEverything(app);
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });
  expect(() => app.synth()).not.toThrow();
});

test.each([...NAG_PACKS])('has no finding of %s that is not acknowledged with a reason', (_name, pack) => {
  const app = new App();
  stackOfEverything(app);
  const { conclusion, violations, reasons } = judgedBy(pack(), app);
  expect([conclusion, violations]).toEqual(['success', []]);
  for (const reason of reasons) expect(reason.length).toBeGreaterThan(60);
});

test('the functions start with what they are configured with', () => {
  const functions = Object.values(Template.fromStack(stackOfEverything()).findResources('AWS::Lambda::Function'));
  const settings = functions.map(({ Properties }) => Properties.Environment.Variables as Record<string, unknown>)
    .map((variables) => parseWatchSettings({ ...variables, SECRET_ARN: typeof variables.SECRET_ARN === 'string' ? variables.SECRET_ARN : RDS_SECRET_ARN }));
  expect(settings.map(({ owningService, startsWithPlaceholder }) => [owningService, startsWithPlaceholder])).toEqual([['rds', false], [undefined, false], [undefined, true]]);
});

test('the role of each function allows what it calls, and nothing else', async () => {
  const app = new App();
  const stage = new Stage(app, 'Production', { env: { account: '111122223333', region: 'eu-west-1' } });
  everythingIn(new Stack(stage, 'Stack'), new foundation.Foundation(new Stack(stage, 'Home'), 'Shared'));
  const watch = { cloud: () => watchCloud(), exercise: exerciseWatch };
  const lines: string[] = [];
  const outcome = outcomeOf(await prove(environmentsOf(app.synth()), {
    'Stack/Master/Function': watch, 'Stack/Orders/Function': watch, 'Stack/Crm/Function': watch,
  }, (line) => lines.push(line)));
  expect([outcome, lines]).toEqual([{ holds: true, figures: expect.stringMatching(/^[1-9]\d+ calls, 0 denied, 0 unexercised$/) }, expect.any(Array)]);
}, 60_000);

describe('a default that is switched off', () => {
  const original = Template.fromStack(stackOfEverything()).toJSON();
  /** Logical ids end in eight characters of hash. */
  const idOf = (type: string, name: string) =>
    Object.keys(original.Resources).find((id) => original.Resources[id].Type === type && id.slice(0, -8) === name)!;
  const [SECRET, SCHEDULE, POLICY] = ['Secret', 'RotationSchedule', 'ResourcePolicy'].map((type) => `AWS::SecretsManager::${type}`);

  test.each<[string, string, string]>([
    ['SECRET-CMK', idOf(SECRET, 'Crm'), 'Properties.KmsKeyId'],
    ['SECRET-RETAIN', idOf(SECRET, 'Orders'), 'DeletionPolicy'],
    ['SECRET-ROTATION', idOf(SCHEDULE, 'CrmRotation'), 'Properties.ExternalSecretRotationRoleArn'],
    ['SECRET-ROTATION', idOf(SCHEDULE, 'OrdersRotation'), 'Properties.HostedRotationLambda'],
    ['SECRET-ROTATION-AGE', idOf(SCHEDULE, 'MasterRotation'), 'Properties.RotationRules'],
    ['SECRET-ROTATION-TLS', idOf(SECRET, 'Orders'), 'Properties.GenerateSecretString.SecretStringTemplate'],
    ['SECRET-BLOCK-PUBLIC-POLICY', idOf(POLICY, 'CrmPolicy'), 'Properties.BlockPublicPolicy'],
    ['DELIVERY-SECRET-ROTATION', idOf('AWS::IAM::Policy', 'CrmRotationRoleDefaultPolicy'), 'Properties.PolicyDocument.Statement.0'],
    ['ROLE-TRUST-SERVICE', idOf('AWS::IAM::Role', 'CrmRotationRole'), 'Properties.AssumeRolePolicyDocument.Statement.0.Condition'],
    ['EVENT-RULE-DLQ', idOf('AWS::Events::Rule', 'MasterHourly'), 'Properties.Targets.0.DeadLetterConfig'],
    ['ALARM-ACTION', idOf('AWS::CloudWatch::Alarm', 'MasterAlarmsFault'), 'Properties.AlarmActions'],
  ])('violates %s', (control, id, path) => {
    expect(outcomesWithout(original, id, path, control)).toContain('violation');
  });
});

test('the same input gives the same template', () => {
  const [one, two] = [1, 2].map(() => JSON.stringify(Template.fromStack(stackOfEverything()).toJSON()));
  expect(one).toBe(two);
});
