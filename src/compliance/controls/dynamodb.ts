import { Control } from '../control';

const TABLES = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];

/** Controls of Amazon DynamoDB. */
export const DYNAMODB_CONTROLS: readonly Control[] = [
  {
    id: 'TABLE-CMK',
    title: 'A table is encrypted with a customer-managed key',
    rationale: 'Only a customer-managed key has a policy that you decide, an audit trail of each use, and a switch that cuts access to what was stored.',
    remedy: 'Set SSESpecification.SSEEnabled to true, SSEType to KMS and KMSMasterKeyId to a customer-managed key, on each replica of a global table.',
    severity: 'high',
    waivable: true,
    resourceTypes: TABLES,
    findings: {
      AwsOwnedKey: 'The table is encrypted with a key that AWS owns.',
      AwsManagedKey: 'The table is encrypted with the AWS managed key of DynamoDB.',
      UnresolvedKey: 'The template does not tell which key encrypts the table.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '3.5.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(iv)' },
    ],
    source: 'Checkov CKV_AWS_119; Amazon DynamoDB Developer Guide, encryption at rest',
    mixin: { name: 'storage.mixins.TableEncryption' },
  },
  {
    id: 'TABLE-DELETION-PROTECTION',
    title: 'A table refuses to be deleted',
    rationale: 'Deleting data then takes two decisions, so that one mistaken call or stack update does not lose it.',
    remedy: 'Set DeletionProtectionEnabled to true, on each replica of a global table.',
    severity: 'medium',
    waivable: true,
    resourceTypes: TABLES,
    findings: {
      NoProtection: 'The table can be deleted by one call.',
      UnresolvedProtection: 'The template does not tell whether the table is protected.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'DynamoDB.6' },
    ],
    source: 'AWS Foundational Security Best Practices, DynamoDB.6',
    mixin: { name: 'storage.mixins.TableDeletionProtection' },
  },
  {
    id: 'TABLE-PITR',
    title: 'A table can be restored to any point in time',
    rationale: 'Continuous backups undo a faulty write or a mass deletion, which replicas and durability only copy.',
    remedy: 'Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true, on each replica of a global table.',
    severity: 'medium',
    waivable: true,
    resourceTypes: TABLES,
    findings: {
      NoRecovery: 'The table has no continuous backups.',
      UnresolvedRecovery: 'The template does not tell whether the table has continuous backups.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'DynamoDB.2' },
      { framework: 'HIPAA Security Rule', clause: '164.308(a)(7)(ii)(A)' },
      { framework: 'NIST 800-53r5', clause: 'CP-10' },
    ],
    source: 'AWS Foundational Security Best Practices, DynamoDB.2',
    mixin: { name: 'storage.mixins.TablePointInTimeRecovery' },
  },
  {
    id: 'TABLE-POLICY-PUBLIC',
    title: 'A table policy admits no strangers',
    rationale: 'A statement for everyone lets any AWS account in the world read or change the table.',
    remedy: 'Name principals in ResourcePolicy, or add a StringEquals condition on aws:PrincipalOrgID or aws:PrincipalAccount.',
    severity: 'critical',
    waivable: false,
    resourceTypes: TABLES,
    findings: {
      PublicPrincipal: 'A statement allows everyone, without a condition on who calls.',
      NotPrincipal: 'A statement allows everyone but the principals that it names.',
      UnresolvedPolicy: 'The template does not tell a part of the policy.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '7.2.5' },
    ],
    source: 'Amazon DynamoDB Developer Guide, resource-based policies: block public access',
    mixin: { impossible: 'Who should read the table is not in the resource: a mixin cannot guess narrower principals.' },
  },
  {
    id: 'TABLE-RETAIN',
    title: 'A table outlives its stack',
    rationale: 'Items are the only copy of what was stored; a deleted stack or a replaced table must not take them along.',
    remedy: 'Set DeletionPolicy and UpdateReplacePolicy to Retain.',
    severity: 'high',
    waivable: true,
    resourceTypes: TABLES,
    findings: {
      DeletedWithStack: 'The table is deleted with its stack.',
      DeletedOnReplacement: 'The table is deleted when an update replaces it.',
    },
    requirements: [
      { framework: 'HIPAA Security Rule', clause: '164.312(c)(1)' },
    ],
    source: 'AWS CloudFormation User Guide, DeletionPolicy and UpdateReplacePolicy attributes',
    mixin: { name: 'storage.mixins.TableRetain' },
  },
];
