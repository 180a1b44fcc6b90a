import { ControlCase, Template } from './control-case';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PARAMETER = { Ref: 'Parameter' };

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const instance = (properties: object): Template => template({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});
const cluster = (properties: object): Template => template({
  Database: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ...properties } },
});
const deleted = (policy: string | object | undefined, properties: object): Template => template({
  Database: { Type: 'AWS::RDS::DBInstance', ...(policy && { DeletionPolicy: policy }), Properties: properties },
});
const grouped = (engine: string | undefined, parameters: unknown): Template => template({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { ...(engine && { Engine: engine }), DBParameterGroupName: { Ref: 'Group' } } },
  Group: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'postgres17', Parameters: parameters } },
});

export const RDS_CASES: readonly ControlCase[] = [
  {
    control: 'DATABASE-BACKUP',
    passing: { 'a week': instance({ BackupRetentionPeriod: 7 }), 'five weeks, as text': cluster({ BackupRetentionPeriod: '35' }) },
    failing: [
      { finding: 'NoBackup', template: instance({ BackupRetentionPeriod: 0 }) },
      { finding: 'TooShort', template: instance({}) },
      { finding: 'TooShort', template: cluster({ BackupRetentionPeriod: 6 }) },
      { finding: 'UnresolvedRetention', template: instance({ BackupRetentionPeriod: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the period', finding: 'TooShort', mutate: (t) => delete t.Resources.Database.Properties.BackupRetentionPeriod },
      { name: 'switch backups off', finding: 'NoBackup', mutate: (t) => { t.Resources.Database.Properties.BackupRetentionPeriod = 0; } },
    ],
  },
  {
    control: 'DATABASE-DELETION',
    passing: {
      'a snapshot': deleted('Snapshot', { DeletionProtection: true }),
      'kept': deleted('Retain', { DeletionProtection: 'true' }),
      'a snapshot, by default': deleted(undefined, { DeletionProtection: true }),
    },
    failing: [
      { finding: 'NotProtected', template: deleted('Snapshot', {}) },
      { finding: 'DeletedWithStack', template: deleted('Delete', { DeletionProtection: true }) },
      { finding: 'UnresolvedProtection', template: deleted('Snapshot', { DeletionProtection: PARAMETER }) },
      { finding: 'UnresolvedProtection', template: deleted(PARAMETER, { DeletionProtection: true }) },
      { finding: 'DeletedWithStack', template: { ...deleted({ 'Fn::If': ['Keep', 'Retain', 'Delete'] }, { DeletionProtection: true }), Conditions: { Keep: { 'Fn::Equals': [PARAMETER, 'yes'] } } } },
    ],
    mutations: [
      { name: 'drop the protection', finding: 'NotProtected', mutate: (t) => delete t.Resources.Database.Properties.DeletionProtection },
      { name: 'switch the protection off', finding: 'NotProtected', mutate: (t) => { t.Resources.Database.Properties.DeletionProtection = 'false'; } },
      { name: 'delete with the stack', finding: 'DeletedWithStack', mutate: (t) => { t.Resources.Database.DeletionPolicy = 'Delete'; } },
    ],
  },
  {
    control: 'DATABASE-ENCRYPTION',
    passing: {
      'a key by ARN': instance({ StorageEncrypted: true, KmsKeyId: KEY_ARN }),
      'a key by reference': template({
        Key: { Type: 'AWS::KMS::Key' },
        Database: { Type: 'AWS::RDS::DBCluster', Properties: { StorageEncrypted: 'true', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
        Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Database' } } },
      }),
    },
    failing: [
      { finding: 'NotEncrypted', template: instance({}) },
      { finding: 'NotEncrypted', template: cluster({ StorageEncrypted: 'false', KmsKeyId: KEY_ARN }) },
      { finding: 'NoKey', template: instance({ StorageEncrypted: true }) },
      { finding: 'AwsManagedKey', template: instance({ StorageEncrypted: true, KmsKeyId: 'alias/aws/rds' }) },
      { finding: 'UnresolvedEncryption', template: instance({ StorageEncrypted: PARAMETER }) },
      { finding: 'UnresolvedEncryption', template: instance({ DBSnapshotIdentifier: 'before' }) },
      { finding: 'UnresolvedKey', template: instance({ StorageEncrypted: true, KmsKeyId: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the encryption', finding: 'NotEncrypted', mutate: (t) => delete t.Resources.Database.Properties.StorageEncrypted },
      { name: 'drop the key', finding: 'NoKey', mutate: (t) => delete t.Resources.Database.Properties.KmsKeyId },
    ],
  },
  {
    control: 'DATABASE-IAM-AUTH',
    passing: { 'an instance': instance({ EnableIAMDatabaseAuthentication: true }), 'a cluster': cluster({ EnableIAMDatabaseAuthentication: 'true' }) },
    failing: [
      { finding: 'PasswordsOnly', template: instance({}) },
      { finding: 'PasswordsOnly', template: cluster({ EnableIAMDatabaseAuthentication: 'false' }) },
      { finding: 'UnresolvedAuthentication', template: instance({ EnableIAMDatabaseAuthentication: PARAMETER }) },
    ],
    mutations: [{ name: 'drop it', finding: 'PasswordsOnly', mutate: (t) => delete t.Resources.Database.Properties.EnableIAMDatabaseAuthentication }],
  },
  {
    control: 'DATABASE-LOGS',
    passing: {
      'PostgreSQL': instance({ EnableCloudwatchLogsExports: ['postgresql'] }),
      'Aurora MySQL': cluster({ EnableCloudwatchLogsExports: ['error', 'audit'] }),
      'Oracle': instance({ Engine: 'oracle-ee', EnableCloudwatchLogsExports: ['alert', 'audit', 'trace'] }),
      'Db2': instance({ Engine: 'db2-se', EnableCloudwatchLogsExports: ['diag.log'] }),
    },
    failing: [
      { finding: 'NoLogs', template: instance({}) },
      { finding: 'MissingLog::audit', template: cluster({ EnableCloudwatchLogsExports: ['error', 'slowquery'] }) },
      { finding: 'MissingLog::error', template: instance({ Engine: 'sqlserver-se', EnableCloudwatchLogsExports: ['agent'] }) },
      { finding: 'UnresolvedLogs', template: instance({ EnableCloudwatchLogsExports: PARAMETER }) },
      { finding: 'UnresolvedEngine', template: instance({ Engine: PARAMETER, EnableCloudwatchLogsExports: ['error'] }) },
    ],
    mutations: [
      { name: 'drop the list', finding: 'NoLogs', mutate: (t) => delete t.Resources.Database.Properties.EnableCloudwatchLogsExports },
      { name: 'export another log', finding: 'MissingLog::postgresql', mutate: (t) => { t.Resources.Database.Properties.EnableCloudwatchLogsExports = ['upgrade']; } },
    ],
  },
  {
    control: 'DATABASE-MASTER-PASSWORD',
    passing: {
      'managed': instance({ ManageMasterUserPassword: true }),
      'no password at all': cluster({ MasterUserAuthenticationType: 'iam-db-auth' }),
    },
    failing: [
      { finding: 'PlainPassword', template: instance({ MasterUserPassword: 'correct horse' }) },
      { finding: 'StaticPassword', template: instance({ MasterUserPassword: PARAMETER }) },
      { finding: 'StaticPassword', template: cluster({ MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}' }) },
      { finding: 'NotManaged', template: instance({}) },
      { finding: 'UnresolvedPassword', template: instance({ ManageMasterUserPassword: PARAMETER }) },
      { finding: 'UnresolvedPassword', template: cluster({ SnapshotIdentifier: 'before' }) },
    ],
    mutations: [
      { name: 'stop managing', finding: 'NotManaged', mutate: (t) => { t.Resources.Database.Properties.ManageMasterUserPassword = false; } },
      { name: 'write a password', finding: 'PlainPassword', mutate: (t) => { t.Resources.Database.Properties.MasterUserPassword = 'correct horse'; } },
    ],
  },
  {
    control: 'DATABASE-MASTER-SECRET-CMK',
    passing: {
      'a key by its ARN': instance({ ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: KEY_ARN } }),
      'a cluster': cluster({ ManageMasterUserPassword: 'true', MasterUserSecret: { KmsKeyId: KEY_ARN } }),
    },
    failing: [
      { finding: 'AwsManagedKey', template: instance({ ManageMasterUserPassword: true }) },
      { finding: 'AwsManagedKey', template: instance({ ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: 'alias/aws/secretsmanager' } }) },
      { finding: 'UnresolvedKey', template: cluster({ ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: PARAMETER } }) },
      { finding: 'UnresolvedPassword', template: cluster({ ManageMasterUserPassword: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the key', finding: 'AwsManagedKey', mutate: (t) => delete t.Resources.Database.Properties.MasterUserSecret },
      { name: 'the AWS managed key', finding: 'AwsManagedKey', mutate: (t) => { t.Resources.Database.Properties.MasterUserSecret.KmsKeyId = 'alias/aws/secretsmanager'; } },
    ],
  },
  {
    control: 'DATABASE-PUBLIC',
    passing: { 'an instance': instance({ PubliclyAccessible: false }), 'a Multi-AZ cluster': cluster({ Engine: 'mysql', PubliclyAccessible: 'false' }) },
    failing: [
      { finding: 'Public', template: instance({ PubliclyAccessible: true }) },
      { finding: 'Public', template: instance({ PubliclyAccessible: 'true', DBClusterIdentifier: 'cluster' }) },
      { finding: 'NotStated', template: instance({}) },
      { finding: 'NotStated', template: cluster({ Engine: 'postgres' }) },
      { finding: 'UnresolvedAccess', template: instance({ PubliclyAccessible: PARAMETER }) },
    ],
    mutations: [
      { name: 'open it', finding: 'Public', mutate: (t) => { t.Resources.Database.Properties.PubliclyAccessible = true; } },
      { name: 'say nothing', finding: 'NotStated', mutate: (t) => delete t.Resources.Database.Properties.PubliclyAccessible },
    ],
  },
  {
    control: 'DATABASE-TLS',
    passing: {
      'PostgreSQL': grouped('postgres', { 'rds.force_ssl': '1' }),
      'MySQL': grouped('MySQL', { require_secure_transport: 'ON' }),
      'SQL Server': grouped('sqlserver-ee', { 'rds.force_ssl': 1 }),
      'an engine that only the group tells': grouped(undefined, { 'rds.force_ssl': '1' }),
      'a cluster with a named group': template({
        Database: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', DBClusterParameterGroupName: 'tls' } },
        Group: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { DBClusterParameterGroupName: 'tls', Parameters: { require_secure_transport: 'ON' } } },
      }),
    },
    failing: [
      { finding: 'DefaultParameters', template: instance({}) },
      { finding: 'DefaultParameters', template: cluster({ DBClusterParameterGroupName: 'default.aurora-mysql8.0' }) },
      { finding: 'NotEnforced', template: grouped('mysql', { autocommit: '1' }) },
      { finding: 'NotEnforced', template: grouped('mysql', { 'rds.force_ssl': '1' }) },
      { finding: 'NotEnforced', template: grouped('postgres', undefined) },
      { finding: 'UnresolvedEngine', template: instance({ Engine: PARAMETER }) },
      { finding: 'UnresolvedParameters', template: instance({ DBParameterGroupName: 'elsewhere' }) },
      { finding: 'UnresolvedParameters', template: grouped('postgres', { 'rds.force_ssl': PARAMETER }) },
      { finding: 'UnresolvedParameters', template: grouped('postgres', PARAMETER) },
    ],
    mutations: [
      { name: 'drop the group', finding: 'DefaultParameters', mutate: (t) => delete t.Resources.Database.Properties.DBParameterGroupName },
      { name: 'drop the parameter', finding: 'NotEnforced', mutate: (t) => delete t.Resources.Group.Properties.Parameters['rds.force_ssl'] },
      { name: 'switch it off', finding: 'NotEnforced', mutate: (t) => { t.Resources.Group.Properties.Parameters['rds.force_ssl'] = '0'; } },
    ],
  },
];
