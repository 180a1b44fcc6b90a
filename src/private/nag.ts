import { IConstruct } from 'constructs';
import { acknowledge } from './acknowledgements';

/** Name of a rule of cdk-nag, as the pack that reports it under that name spells it. */
export type NagRule =
  | 'APIGWAuthorization'
  | 'APIGWCacheEnabledAndEncrypted'
  | 'APIGWSSLEnabled'
  | 'CognitoUserPoolAPIGWAuthorizer'
  | 'ELBLoggingEnabled'
  | 'ELBv2ACMCertificateRequired'
  | 'IAMNoInlinePolicy'
  | 'IAMNoManagedPolicies'
  | 'IAMNoWildcardPermissions'
  | 'IAMPolicyNoStatementsWithAdminAccess'
  | 'IAMPolicyNoStatementsWithFullAccess'
  | 'LambdaDLQ'
  | 'LambdaEventSourceMappingDestination'
  | 'LambdaInsideVPC'
  | 'S3BucketDefaultLockEnabled'
  | 'S3BucketLoggingEnabled'
  | 'S3BucketReplicationEnabled'
  | 'S3DefaultEncryptionKMS'
  | 'SecretsManagerRotationEnabled'
  | 'SQSQueueDLQ'
  | 'SQSRedrivePolicy'
  | 'VPCDefaultSecurityGroupClosed'
  | 'VPCNoNACLs'
  | 'VPCNoUnrestrictedRouteToIGW';

/** The packs of cdk-nag 3 that have a rule, each with the id under which it reports. */
const PACKS: Readonly<Record<NagRule, Readonly<Record<string, string>>>> = {
  APIGWAuthorization: { AwsSolutions: 'AwsSolutions-APIG4' },
  APIGWCacheEnabledAndEncrypted: named('APIGWCacheEnabledAndEncrypted', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  APIGWSSLEnabled: named('APIGWSSLEnabled', ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']),
  CognitoUserPoolAPIGWAuthorizer: { AwsSolutions: 'AwsSolutions-COG4' },
  ELBLoggingEnabled: {
    AwsSolutions: 'AwsSolutions-ELB2',
    ...named('ELBLoggingEnabled', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  },
  ELBv2ACMCertificateRequired: named('ELBv2ACMCertificateRequired', ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']),
  IAMNoInlinePolicy: named('IAMNoInlinePolicy', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  IAMNoManagedPolicies: { AwsSolutions: 'AwsSolutions-IAM4' },
  IAMNoWildcardPermissions: { AwsSolutions: 'AwsSolutions-IAM5' },
  IAMPolicyNoStatementsWithAdminAccess: named(
    'IAMPolicyNoStatementsWithAdminAccess', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  IAMPolicyNoStatementsWithFullAccess: named('IAMPolicyNoStatementsWithFullAccess', ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']),
  LambdaDLQ: named('LambdaDLQ', ['HIPAA.Security', 'NIST.800.53.R5', 'Serverless']),
  LambdaEventSourceMappingDestination: named('LambdaEventSourceMappingDestination', ['Serverless']),
  LambdaInsideVPC: named('LambdaInsideVPC', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  S3BucketDefaultLockEnabled: named('S3BucketDefaultLockEnabled', ['NIST.800.53.R4']),
  S3BucketLoggingEnabled: {
    AwsSolutions: 'AwsSolutions-S1',
    ...named('S3BucketLoggingEnabled', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  },
  S3BucketReplicationEnabled: named('S3BucketReplicationEnabled', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  S3DefaultEncryptionKMS: named('S3DefaultEncryptionKMS', ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']),
  SecretsManagerRotationEnabled: {
    AwsSolutions: 'AwsSolutions-SMG4',
    ...named('SecretsManagerRotationEnabled', ['HIPAA.Security', 'NIST.800.53.R5']),
  },
  SQSQueueDLQ: { AwsSolutions: 'AwsSolutions-SQS3' },
  SQSRedrivePolicy: named('SQSRedrivePolicy', ['Serverless']),
  VPCDefaultSecurityGroupClosed: named('VPCDefaultSecurityGroupClosed', ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']),
  VPCNoNACLs: { AwsSolutions: 'AwsSolutions-VPC3' },
  VPCNoUnrestrictedRouteToIGW: named('VPCNoUnrestrictedRouteToIGW', ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']),
};

/**
 * Acknowledges one rule of cdk-nag on one construct, in each pack that has it; a pack that does not run takes no notice.
 *
 * `finding` names the one finding of a rule that reports several, as the pack writes it between brackets: `Resource::*`.
 */
export function acknowledgeInPacks(construct: IConstruct, rule: NagRule, reason: string, finding?: string): void {
  for (const [pack, id] of Object.entries(PACKS[rule])) acknowledge(construct, pack, finding === undefined ? id : `${id}[${finding}]`, reason);
}

function named(rule: NagRule, packs: readonly string[]): Record<string, string> {
  return Object.fromEntries(packs.map((pack) => [pack, `${pack}-${rule}`]));
}
