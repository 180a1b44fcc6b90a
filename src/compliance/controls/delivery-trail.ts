import { Control } from '../control';

/** Controls of delivery of what AWS CloudTrail records: to the bucket, with the key, to the log group. */
export const DELIVERY_TRAIL_CONTROLS: readonly Control[] = [
  {
    id: 'DELIVERY-TRAIL-BUCKET',
    title: 'A trail can write to its bucket',
    rationale: 'A trail whose bucket refuses it is not made, or goes on without a file: its last error shows on a page that nobody looks at.',
    remedy: 'Let cloudtrail.amazonaws.com call s3:GetBucketAcl on the bucket and s3:PutObject below AWSLogs/<account> in the bucket policy, both with aws:SourceArn of the trail; of an organization\'s trail below AWSLogs/<organization> too.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::CloudTrail::Trail'],
    findings: {
      'PolicyDenies::': 'The policy of the named bucket does not let CloudTrail write for the trail.',
      'Untold::': 'The template does not tell whether the policy of the named bucket lets CloudTrail write for the trail.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'AU-12' }, { framework: 'PCI DSS 4.0.1', clause: '10.7.2' }],
    source: 'AWS CloudTrail User Guide, Amazon S3 bucket policy for CloudTrail',
    mixin: { impossible: 'the statements stand in the policy of the bucket; audit.AuditTrail writes them' },
  },
  {
    id: 'DELIVERY-TRAIL-KEY',
    title: 'A trail can use its key',
    rationale: 'A trail that may not use its key is not made, or delivers nothing from the day on which the statement is taken away.',
    remedy: 'Let cloudtrail.amazonaws.com call kms:GenerateDataKey* with aws:SourceArn of the trail and kms:EncryptionContext:aws:cloudtrail:arn, and kms:DescribeKey without the encryption context, in the key policy; kms:Decrypt too where the bucket has a bucket key.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::CloudTrail::Trail'],
    findings: {
      'KeyDenies::': 'The policy of the key does not let CloudTrail use it for the named trail.',
      'Untold::': 'The template does not tell whether CloudTrail may use the key of the named trail.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'AU-12' }, { framework: 'PCI DSS 4.0.1', clause: '10.7.2' }],
    source: 'AWS CloudTrail User Guide, Configure AWS KMS key policies for CloudTrail',
    mixin: { impossible: 'the statements stand in the policy of the key; foundation.ServiceKeyGrants writes them' },
  },
  {
    id: 'DELIVERY-TRAIL-LOG',
    title: 'A trail can write to its log group',
    rationale: 'Filters and alarms on a log group that the trail may not write to wait for events that never come.',
    remedy: 'Let cloudtrail.amazonaws.com assume the role of CloudWatchLogsRoleArn, without a condition on its source, which it does not name here, and the role call logs:CreateLogStream and logs:PutLogEvents on the streams of the log group.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::CloudTrail::Trail'],
    findings: {
      'PolicyDenies::': 'The role of the trail may not write to the named log group.',
      'RoleDenies::': 'The named role does not let CloudTrail assume it.',
      'Untold::': 'The template does not tell whether CloudTrail may write to the named log group.',
    },
    requirements: [{ framework: 'NIST 800-53r5', clause: 'AU-12' }, { framework: 'PCI DSS 4.0.1', clause: '10.7.2' }],
    source: 'AWS CloudTrail User Guide, Role policy document for CloudTrail to use CloudWatch Logs for monitoring',
    mixin: { impossible: 'the rights stand in a role; audit.AuditTrail makes it' },
  },
];
