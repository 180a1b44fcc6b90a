import { Control } from '../control';

/** Controls of delivery of what AWS Config records. */
export const DELIVERY_CONFIG_CONTROLS: readonly Control[] = [
  {
    id: 'DELIVERY-CONFIG-CHANNEL',
    title: 'AWS Config can deliver what it records',
    rationale: 'A channel whose bucket or key refuses AWS Config is not made, or goes on without a file: the history of the account then has a gap that nobody sees before it is asked for.',
    remedy: 'Let config.amazonaws.com call s3:GetBucketAcl on the bucket and s3:PutObject below AWSLogs/<account>/Config in the bucket policy, and kms:Decrypt and kms:GenerateDataKey in the policy of its key, each with aws:SourceAccount. Take a bucket without object lock, and no encrypted topic: rules of Amazon EventBridge take the same notices.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::Config::DeliveryChannel'],
    findings: {
      'KeyDenies::': 'The policy of the key does not let AWS Config use it for the named bucket.',
      'PolicyDenies::': 'The policy of the named bucket or topic does not let AWS Config deliver.',
      'TargetUnfit::': 'AWS Config does not deliver to a bucket with object lock, nor to an encrypted topic.',
      'Untold::': 'The template does not tell whether AWS Config may deliver to the named target.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'Config.1' },
      { framework: 'NIST 800-53r5', clause: 'AU-12' },
      { framework: 'PCI DSS 4.0.1', clause: '10.7.2' },
    ],
    source: 'AWS Config Developer Guide, Permissions for the Amazon S3 bucket for the AWS Config delivery channel',
    mixin: { impossible: 'the statements stand in the policies of the bucket and the key; audit.ComplianceBaseline writes them' },
  },
];
