import { check, RULES } from '../../src/rules';

type Json = Record<string, unknown>;

function outcomesOf(control: string, type: string, properties: Json): string[] {
  const template = { Resources: { Subject: { Type: type, Properties: properties } } };
  return check([{ name: 'Stack', template }], RULES.filter((rule) => rule.control === control)).map(({ outcome, message }) => `${outcome}: ${message}`);
}

describe('SECRET-ROTATION-TLS', () => {
  test.each<[string, Json, string]>([
    ['does not apply to a function of the account', { RotationLambdaARN: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate' },
      'not-applicable: no function of AWS rotates the secret'],
    ['is violated by Redshift, whose function has no setting', { HostedRotationLambda: { RotationType: 'RedshiftMultiUser' } },
      'violation: the function of the type RedshiftMultiUser connects without TLS where that fails, whatever the secret says'],
    ['cannot tell of an engine that no source tells of', { HostedRotationLambda: { RotationType: 'Db2MultiUser' } },
      'cannot-tell: no source says how the function of the type Db2MultiUser connects'],
  ])('%s', (_name, properties, outcome) => {
    expect(outcomesOf('SECRET-ROTATION-TLS', 'AWS::SecretsManager::RotationSchedule', { SecretId: 'orders', ...properties })).toEqual([outcome]);
  });
});

describe('DATABASE-MASTER-SECRET-CMK does not apply', () => {
  test.each<[string, Json, string]>([
    ['to an instance of a cluster', { DBClusterIdentifier: 'orders', ManageMasterUserPassword: true }, 'the cluster holds the users'],
    ['to a password that RDS does not keep', { ManageMasterUserPassword: false }, 'Amazon RDS keeps no password'],
    ['to a database that says nothing', {}, 'Amazon RDS keeps no password'],
  ])('%s', (_name, properties, message) => {
    expect(outcomesOf('DATABASE-MASTER-SECRET-CMK', 'AWS::RDS::DBInstance', properties)).toEqual([`not-applicable: ${message}`]);
  });
});

test('DELIVERY-SECRET-ROTATION does not apply to a secret that Amazon RDS rotates', () => {
  expect(outcomesOf('DELIVERY-SECRET-ROTATION', 'AWS::SecretsManager::RotationSchedule', { SecretId: 'rds!db-1', RotationRules: { ScheduleExpression: 'rate(7 days)' } }))
    .toEqual(['not-applicable: no function of this account rotates the secret']);
});
