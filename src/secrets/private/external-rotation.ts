import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { requireCompleteArn } from './complete-arn';
import { grantOnSecret } from './kept-secret';
import { ConfigurationError, requireMatch } from '../../private';

/** Metadata by which partners name the secret that rotates others (AWS Secrets Manager User Guide, "Salesforce Client Secret"). */
const ADMIN_SECRET = 'adminSecretArn';

/** Lengths of a key and of a value (AWS Secrets Manager API Reference, "ExternalSecretRotationMetadataItem"). */
const MAX_KEY = 256;
const MAX_VALUE = 2048;

/** What the rotation tells the partner, in the order of the keys. */
export function rotationMetadata(
  scope: Construct, given: { [key: string]: string }, adminSecret?: secretsmanager.ISecret,
): secretsmanager.CfnRotationSchedule.ExternalSecretRotationMetadataItemProperty[] {
  if (adminSecret && given[ADMIN_SECRET] !== undefined) {
    throw new ConfigurationError(scope, `'rotationMetadata' must have no '${ADMIN_SECRET}' beside 'adminSecret', got both; leave the metadata out`);
  }
  if (adminSecret) requireCompleteArn(scope, 'adminSecret', adminSecret);
  const all: { [key: string]: string } = { ...given, ...adminSecret ? { [ADMIN_SECRET]: adminSecret.secretArn } : {} };
  return Object.keys(all).sort().map((key) => {
    requireLength(scope, 'keys', key, MAX_KEY);
    requireLength(scope, `'${key}'`, all[key], MAX_VALUE);
    return { key, value: all[key] };
  });
}

/** Refuses a field that Secrets Manager could not add to the placeholder. */
export function requireCredentialField(scope: Construct, field: string, placeholder: { [field: string]: string }): void {
  requireMatch(scope, 'credentialField', field, /./, '1 or more characters', 'name the field that the partner takes the credential from');
  if (!Object.keys(placeholder).includes(field)) return;
  throw new ConfigurationError(scope,
    `'credentialField' must be no field of 'placeholder', got '${field}'; leave it out of 'placeholder', since its text is generated`);
}

/**
 * The role in which Secrets Manager rotates one secret (AWS Secrets Manager User Guide, "Security and permissions" of managed external secrets).
 *
 * The policy there is for all secrets of a type; this one is for the secret alone, so the role is of no use for another one.
 */
export function externalRotationRole(
  scope: Construct, secret: secretsmanager.ISecret, key: kms.IKey, adminSecret?: secretsmanager.ISecret,
): iam.Role {
  const { account, partition, region } = Stack.of(scope);
  const role = new iam.Role(scope, 'RotationRole', {
    description: 'Role in which Secrets Manager rotates one managed external secret',
    assumedBy: new iam.ServicePrincipal('secretsmanager.amazonaws.com', {
      // Not the one secret: the policy of its key names the role, which would then depend on what the key encrypts.
      conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:${partition}:secretsmanager:${region}:${account}:secret:*` } },
    }),
  });
  grantOnSecret(secret, key, role, [
    'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage',
  ], ['kms:Decrypt', 'kms:GenerateDataKey']);
  if (adminSecret) {
    grantOnSecret(adminSecret, adminSecret.encryptionKey, role, ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], ['kms:Decrypt']);
  }
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] }));
  return role;
}

function requireLength(scope: Construct, what: string, text: string, max: number): void {
  if (Token.isUnresolved(text) || (text.length > 0 && text.length <= max)) return;
  throw new ConfigurationError(scope, `'rotationMetadata' must have 1 to ${max} characters in ${what}, got ${text.length}; see the page of the partner`);
}
