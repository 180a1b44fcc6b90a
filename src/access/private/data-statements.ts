import * as iam from 'aws-cdk-lib/aws-iam';

/** What shows data of the business, by service. */
const READS = [
  'dynamodb:BatchGetItem', 'dynamodb:ExportTableToPointInTime', 'dynamodb:GetItem', 'dynamodb:GetRecords', 'dynamodb:PartiQLSelect', 'dynamodb:Query',
  'dynamodb:Scan', 'rds-data:*', 's3:GetObject', 's3:GetObjectVersion',
];

/** What shows secrets. */
const SECRETS = ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'];

/** What changes data of the business, by service. */
const WRITES = [
  'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:ImportTable', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem', 'dynamodb:UpdateItem', 'rds-data:*', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject', 's3:ReplicateObject',
  's3:RestoreObject',
];

/** Keeps data and secrets from somebody whose work needs none. */
export function seesNoData(): iam.PolicyStatement {
  return deny('SeeNoData', [...READS, ...SECRETS], { resources: ['*'] });
}

/** Keeps secrets from somebody, and nothing else. */
export function seesNoSecrets(): iam.PolicyStatement {
  return deny('SeeNoSecrets', SECRETS, { resources: ['*'] });
}

/** Keeps somebody from reading data anywhere but in these resources. */
export function readsOnly(resources: readonly string[]): iam.PolicyStatement {
  return deny('ReadNowhereElse', READS, { notResources: [...resources] });
}

/** Keeps somebody from changing data anywhere but in these resources. */
export function writesOnly(resources: readonly string[]): iam.PolicyStatement {
  return deny('WriteNowhereElse', WRITES, { notResources: [...resources] });
}

/** Keeps somebody from decrypting with these keys, by itself or through a service. */
export function neverDecryptsWith(keyArns: readonly string[]): iam.PolicyStatement {
  return deny('NeverDecryptSource', ['kms:CreateGrant', 'kms:Decrypt', 'kms:ReEncryptFrom'], { resources: [...keyArns] });
}

function deny(sid: string, actions: readonly string[], where: Pick<iam.PolicyStatementProps, 'resources' | 'notResources'>): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, actions: [...actions], ...where });
}
