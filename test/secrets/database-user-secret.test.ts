import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { foundation, secrets } from '../../src';

const MASTER_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-0361984b-AbCdEf';
const EXCLUDED = ' %+~`#$&*()|[]{}:;<>?!\'/@"\\';

interface Scene { readonly stack: Stack; readonly vpc: ec2.IVpc; readonly masterSecret: secretsmanager.ISecret }

function scene(): Scene {
  const stack = new Stack(new App(), 'Stack');
  return { stack, vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }), masterSecret: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Master', MASTER_ARN) };
}

const clusterIn = ({ stack, vpc }: Scene): rds.DatabaseCluster => new rds.DatabaseCluster(stack, 'Db', {
  engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
  vpc,
  writer: rds.ClusterInstance.serverlessV2('Writer'),
  manageMasterUserPassword: true,
});
const instanceIn = ({ stack, vpc }: Scene, engine: rds.IInstanceEngine): secrets.RotatedDatabase =>
  secrets.RotatedDatabase.instance(new rds.DatabaseInstance(stack, 'Db', { engine, vpc, manageMasterUserPassword: true }));

function databaseUser(props: Partial<secrets.DatabaseUserSecretProps> = {}, at = scene()) {
  const database = props.database ?? secrets.RotatedDatabase.cluster(clusterIn(at));
  const orders = new secrets.DatabaseUserSecret(at.stack, 'Orders', { masterSecret: at.masterSecret, username: 'orders', vpc: at.vpc, ...props, database });
  return { orders, stack: at.stack, template: Template.fromStack(at.stack) };
}

describe('by default', () => {
  const { orders, stack, template } = databaseUser();

  test('the secret asks for TLS, names the master secret, and gets the address from the database', () => {
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsKeyId: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.SECRETS).keyArn),
        GenerateSecretString: {
          SecretStringTemplate: `{"username":"orders","ssl":true,"masterarn":"${MASTER_ARN}"}`, GenerateStringKey: 'password', PasswordLength: 32, ExcludeCharacters: EXCLUDED,
        },
      },
    });
    template.hasResourceProperties('AWS::SecretsManager::SecretTargetAttachment', { SecretId: stack.resolve(orders.secret.secretArn), TargetType: 'AWS::RDS::DBCluster' });
  });

  test('no other account reaches the secret, and no public policy is taken', () => {
    template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      BlockPublicPolicy: true, ResourcePolicy: { Statement: [Match.objectLike({ Effect: 'Deny', Sid: 'OwnAccountOnly' })] },
    });
  });

  test('a function of AWS rotates between two users every 30 days, first when somebody had time to make the user', () => {
    const [attachment] = Object.keys(template.findResources('AWS::SecretsManager::SecretTargetAttachment'));
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      SecretId: { Ref: attachment },
      RotateImmediatelyOnUpdate: false,
      RotationRules: { ScheduleExpression: 'rate(30 days)', Duration: '4h' },
      HostedRotationLambda: {
        RotationType: 'PostgreSQLMultiUser',
        ExcludeCharacters: EXCLUDED,
        KmsKeyArn: stack.resolve(orders.encryptionKey.keyArn),
        MasterSecretArn: MASTER_ARN,
        MasterSecretKmsKeyArn: Match.absent(),
        VpcSecurityGroupIds: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersSecurityGroup'), 'GroupId'] },
        VpcSubnetIds: { 'Fn::Join': ['', [{ Ref: Match.stringLikeRegexp('PrivateSubnet1') }, ',', { Ref: Match.stringLikeRegexp('PrivateSubnet2') }]] },
      },
    });
    expect(template.toJSON().Transform).toBe('AWS::SecretsManager-2024-09-16');
  });

  test('the function reaches the database and TLS servers, and nothing else', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Function of AWS that rotates one database user',
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'AWS Secrets Manager, and Amazon RDS' }],
      SecurityGroupIngress: Match.absent(),
    });
    const port = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Db'), 'Endpoint.Port'] };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersSecurityGroup'), 'GroupId'] }, FromPort: port, ToPort: port,
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      DestinationSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DbSecurityGroup'), 'GroupId'] }, FromPort: port, ToPort: port,
    });
  });

  test('a function describes the secret each hour, and can do nothing else with it', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SECRET_ARN: stack.resolve(orders.secret.secretArn), MAX_AGE_SECONDS: '3072000' } },
    });
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(policies).match(/secretsmanager:\w+/g)).toEqual(['secretsmanager:DescribeSecret']);
  });

  test('five alarms watch it', () => {
    expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).filter((id) => id.startsWith('OrdersAlarms'))).toHaveLength(5);
  });
});

test('the policy of a master secret of the stack is left as it is', () => {
  const at = scene();
  const masterSecret = new secretsmanager.Secret(at.stack, 'OwnMaster', { encryptionKey: new kms.Key(at.stack, 'Key') });
  const { template, stack } = databaseUser({ masterSecret }, at);
  expect(Object.values(template.findResources('AWS::SecretsManager::ResourcePolicy'))).toHaveLength(1);
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
    HostedRotationLambda: Match.objectLike({ MasterSecretKmsKeyArn: stack.resolve(masterSecret.encryptionKey!.keyArn) }),
  });
});

test('settings reach the secret, the function and the watch', () => {
  const at = scene();
  const { template } = databaseUser({
    databaseName: 'shop', excludeCharacters: '"', rotateEvery: Duration.days(7), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
  }, at);
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    GenerateSecretString: { SecretStringTemplate: Match.stringLikeRegexp('"dbname":"shop"'), ExcludeCharacters: '"' },
  });
  template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
    HostedRotationLambda: { ExcludeCharacters: '"', VpcSubnetIds: { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('PublicSubnet1') }])] } },
    RotationRules: { ScheduleExpression: 'rate(7 days)' },
  });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ MAX_AGE_SECONDS: '864000' }) } });
});

test.each<[string, rds.IInstanceEngine]>([
  ['MySQLMultiUser', rds.DatabaseInstanceEngine.MYSQL],
  ['MariaDBMultiUser', rds.DatabaseInstanceEngine.MARIADB],
  ['PostgreSQLMultiUser', rds.DatabaseInstanceEngine.POSTGRES],
  ['SQLServerMultiUser', rds.DatabaseInstanceEngine.SQL_SERVER_EE],
])('%s is for an instance of %p', (RotationType, engine) => {
  const at = scene();
  databaseUser({ database: instanceIn(at, engine) }, at).template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
    HostedRotationLambda: Match.objectLike({ RotationType }),
  });
});

describe('refuses', () => {
  const REMEDY = 'name the engine of an imported database, and rotate others by a function that connects by TLS';

  test('Oracle, whose function knows no TLS', () => {
    const at = scene();
    expect(() => databaseUser({ database: instanceIn(at, rds.DatabaseInstanceEngine.ORACLE_EE) }, at))
      .toThrow(`[Stack/Orders] 'database' must have an engine of MySQL, MariaDB, PostgreSQL or SQL Server, got oracle-ee; ${REMEDY}`);
  });

  test('an imported database without its engine', () => {
    const at = scene();
    const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(at.stack, 'Given', { clusterIdentifier: 'orders', port: 5432, securityGroups: [] });
    expect(() => databaseUser({ database: secrets.RotatedDatabase.cluster(cluster) }, at))
      .toThrow(`[Stack/Orders] 'database' must have an engine of MySQL, MariaDB, PostgreSQL or SQL Server, got none; ${REMEDY}`);
  });

  test.each(['', '1st', 'or ders', 'a'.repeat(27), 'orders_clone', 'ORDERS_CLONE'])('the username %j', (username) => {
    expect(() => databaseUser({ username })).toThrow(
      `[Stack/Orders] 'username' must be a letter and up to 25 letters, digits and underscores, without _clone at the end, got '${username}'; `
      + 'choose a name that the second user can have, too');
  });

  test('a master secret without its complete ARN, which no policy could name', () => {
    const at = scene();
    expect(() => databaseUser({ masterSecret: secretsmanager.Secret.fromSecretNameV2(at.stack, 'Named', 'master') }, at))
      .toThrow("[Stack/Orders] 'masterSecret' must have its complete ARN, got one with a name or a part of it; import it by secretCompleteArn");
  });

  test('an interval out of range', () => {
    expect(() => databaseUser({ rotateEvery: Duration.hours(5) }))
      .toThrow("[Stack/Orders] 'rotateEvery' must be between 1 and 90 days, got Duration.hours(5); choose a whole number of days in that range");
  });
});

test('grantRead lets a role read each version, and decrypt it', () => {
  const at = scene();
  const { stack } = at;
  const orders = new secrets.DatabaseUserSecret(stack, 'Orders', {
    database: secrets.RotatedDatabase.cluster(clusterIn(at)), masterSecret: at.masterSecret, username: 'orders', vpc: at.vpc,
  });
  orders.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })).assertSuccess();
  const [, { Properties }] = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith('Reader'))!;
  expect(Properties.PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => Action)).toEqual([['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], 'kms:Decrypt']);
});
