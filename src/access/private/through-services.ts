import * as iam from 'aws-cdk-lib/aws-iam';

/** Services that keep data of the business under a key, and use the key for whoever asks them (AWS KMS Developer Guide, "kms:ViaService"). */
const KEEPERS = ['dynamodb', 'kinesis', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm'];

/**
 * Ties a right to decrypt, which people are granted together with the data, to the services that keep it. What has a context already, or names a
 * service, stays as it is; a grant that names one later replaces these.
 */
export function throughServices(statement: iam.PolicyStatement, region: string): iam.PolicyStatement {
  const decrypts = statement.actions.some((action) => /^kms:(Decrypt|ReEncrypt)/i.test(action));
  const tied = Object.values(statement.conditions as Record<string, object>)
    .some((block) => Object.keys(block).some((key) => /^kms:(ViaService|EncryptionContext:)/i.test(key)));
  if (statement.effect === iam.Effect.ALLOW && decrypts && !tied) {
    statement.addCondition('StringEquals', { 'kms:ViaService': KEEPERS.map((service) => `${service}.${region}.amazonaws.com`) });
  }
  return statement;
}

/** Keeps people from decrypting by themselves, also where the policy of a key names them: they see data where it is kept, and the trail says what. */
export function neverDecryptsDirectly(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DecryptByServicesAlone',
    effect: iam.Effect.DENY,
    actions: ['kms:Decrypt', 'kms:ReEncryptFrom'],
    resources: ['*'],
    conditions: { Null: { 'kms:ViaService': 'true' } },
  });
}
