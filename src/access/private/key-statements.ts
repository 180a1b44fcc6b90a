import * as iam from 'aws-cdk-lib/aws-iam';

/** What keeps a key going. None of it uses the key, hands its use on, or says who may use it. */
const KEEPS = [
  'kms:CancelKeyDeletion', 'kms:DescribeKey', 'kms:DisableKey', 'kms:EnableKey', 'kms:EnableKeyRotation', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus',
  'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListKeyRotations', 'kms:ListResourceTags', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand',
  'kms:UpdateKeyDescription',
];

/** What uses a key, or hands its use on (AWS KMS Developer Guide, "Permissions for AWS services in key policies" and "Default key policy": key users). */
export const KEY_USE: readonly string[] = [
  'kms:CreateGrant', 'kms:Decrypt', 'kms:DeriveSharedSecret', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:GenerateMac', 'kms:ReEncrypt*', 'kms:Sign',
  'kms:Verify', 'kms:VerifyMac',
];

/** Lets somebody keep keys going, by name. */
export function keyAdministratorStatements(keyArns: readonly string[]): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ sid: 'KeepKeys', actions: [...KEEPS], resources: [...keyArns] }),
    // The longest waiting time there is, so that a mistake or a theft is noticed before the data is lost.
    new iam.PolicyStatement({
      sid: 'DeleteSlowly',
      actions: ['kms:ScheduleKeyDeletion'],
      resources: [...keyArns],
      conditions: { NumericEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } },
    }),
    new iam.PolicyStatement({ sid: 'FindKeys', actions: ['kms:ListAliases', 'kms:ListKeys'], resources: ['*'] }),
    neverUsesKeys(),
  ];
}

/** What decides who may use a key, and whether there is one. Grants are for boundaries to hold down: services make them for tables and volumes. */
const KEY_GOVERNING = ['kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion', 'kms:UpdateAlias'];

/** Whoever reads what keys protect has no say in who else may. */
export function neverGovernsKeys(): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid: 'NeverGovernKeys', effect: iam.Effect.DENY, actions: [...KEY_GOVERNING], resources: ['*'] });
}

/**
 * Lets somebody decrypt with a key what was encrypted in this context and nothing else (AWS KMS Developer Guide, "Encryption context": using encryption
 * context in key policies and grants).
 */
export function decryptStatement(keyArn: string, context: Readonly<Record<string, string>>): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: { StringEquals: Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])) },
  });
}

/** Without a context a key decrypts whatever was encrypted without one: nobody could tell what for. */
export function neverDecryptsWithoutContext(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DecryptInContextAlone',
    effect: iam.Effect.DENY,
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: { Null: { 'kms:EncryptionContextKeys': 'true' } },
  });
}

/** Whoever administers keys uses none, whatever else is granted, by a policy of a key too. */
export function neverUsesKeys(): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid: 'NeverUseKeys', effect: iam.Effect.DENY, actions: [...KEY_USE], resources: ['*'] });
}
