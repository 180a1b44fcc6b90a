import * as iam from 'aws-cdk-lib/aws-iam';

/** Actions by which an account governs a key; none of them uses it or hands its use on. */
export const KEY_ADMINISTRATION: readonly string[] = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*',
  'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
];

/**
 * Policy of a key that its account administers and cannot use.
 *
 * Given a policy, the CDK's key adds no statement of its own, which would let the account use the key. Statements of those who may do the same
 * become one, since a key policy has room for 32 KB (AWS KMS Developer Guide, "Quotas"), which fifty integrations with one each would fill.
 */
export function administeredKeyPolicy(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    minimize: true,
    statements: [new iam.PolicyStatement({
      sid: 'AccountAdministers',
      principals: [new iam.AccountRootPrincipal()],
      actions: [...KEY_ADMINISTRATION],
      resources: ['*'],
    })],
  });
}
