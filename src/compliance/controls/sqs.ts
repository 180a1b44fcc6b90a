import { Control } from '../control';

/** Controls of Amazon SQS. */
export const SQS_CONTROLS: readonly Control[] = [
  {
    id: 'QUEUE-CMK',
    title: 'A queue is encrypted with a customer-managed key',
    rationale: 'Only a customer-managed key has a policy that you decide, an audit trail of each use, and a switch that cuts access to what was stored.',
    remedy: 'Set KmsMasterKeyId to the ARN of a customer-managed KMS key.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::SQS::Queue'],
    findings: {
      NoKey: 'The queue names no KMS key.',
      AwsManagedKey: 'The queue uses the AWS managed key of SQS, whose policy lets no other service publish.',
      UnresolvedKey: 'The template does not tell which key encrypts the queue.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'SQS.1' },
      { framework: 'PCI DSS 4.0.1', clause: '3.5.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(iv)' },
      { framework: 'NIST 800-53r5', clause: 'SC-28(1)' },
    ],
    source: 'AWS Foundational Security Best Practices, SQS.1',
    mixin: { name: 'storage.mixins.QueueEncryption' },
  },
];
