import { ReportInput, ReportVerdict } from '../../src/report';

/** A verdict on a queue; `changes` make it another one. */
export function verdict(changes: Partial<ReportVerdict> = {}): ReportVerdict {
  return {
    control: 'QUEUE-CMK',
    outcome: 'violation',
    finding: 'NoKey',
    message: 'KmsMasterKeyId is not set',
    property: 'KmsMasterKeyId',
    template: 'Orders',
    logicalId: 'Inbox1A2B',
    resourceType: 'AWS::SQS::Queue',
    constructPath: 'Orders/Inbox/Resource',
    ...changes,
  };
}

/** One of everything that a report can show. */
export const SAMPLE: ReportInput = {
  subject: 'cdk.out',
  asOf: '2026-06-15',
  verdicts: [
    verdict(),
    verdict({ outcome: 'cannot-tell', finding: 'UnresolvedKey', message: 'KmsMasterKeyId is ${Key}', logicalId: 'Late', constructPath: 'Orders/Late/Resource' }),
    verdict({
      finding: 'AwsManagedKey',
      message: 'KmsMasterKeyId is alias/aws/sqs',
      logicalId: 'Old',
      constructPath: 'Orders/Old/Resource',
      waiver: { constructPath: 'Orders/Old', reason: 'the vendor cannot use our key yet', owner: 'edi-team', expires: '2026-12-31' },
    }),
    verdict({ outcome: 'compliant', finding: '', message: 'encrypted with ${Key.Arn}', logicalId: 'Good', constructPath: 'Orders/Good/Resource' }),
    verdict({ outcome: 'not-applicable', finding: '', message: 'it is a fake', property: '', logicalId: 'Fake', constructPath: '' }),
  ],
  discipline: [
    { rule: 'WAIVER-UNUSED', constructPath: 'Orders/Good', message: 'the waiver of QUEUE-CMK matches no finding; remove it' },
    { rule: 'WAIVER-TOO-BROAD', constructPath: '', message: "'AwsSolutions::AwsSolutions-S1' is acknowledged on an app, a stage or a stack; acknowledge it on the resource" },
  ],
  packFindings: [
    { pack: 'AwsSolutions', rule: 'AwsSolutions-SQS4', severity: 'error', description: 'The queue does not require TLS.', constructPath: 'Orders/Inbox/Resource' },
    {
      pack: 'AwsSolutions',
      rule: 'AwsSolutions-SQS3',
      severity: 'error',
      description: 'The queue has no dead-letter queue.',
      constructPath: 'Orders/Inbox/Resource',
      acknowledged: { reason: 'the sender tries again', at: '' },
    },
  ],
  limits: [{ constructPath: 'Orders/Staff', control: 'ROLE-MFA', text: 'People who sign in with the identity provider prove their MFA to it, not here.' }],
  notes: ["Orders: the template of the nested stack 'Nested' is not in the assembly"],
  files: { Orders: 'cdk.out/Orders.template.json' },
};

/** Text that tries to be markup in every format. */
export const HOSTILE = '<script>alert(1)</script> "\' | `x` [a](javascript:b) ![c](http://d) \u001b[31m \u202e\u00ad\u{e0041}\nline --> ]]> ${z} {{y}} \ud800';

/** The sample with hostile text in each place that a template, a waiver or a pack can write to. */
export const HOSTILE_SAMPLE: ReportInput = {
  subject: HOSTILE,
  verdicts: (['violation', 'cannot-tell', 'compliant', 'not-applicable'] as const).flatMap((outcome) => [
    verdict({
      outcome,
      finding: outcome === 'violation' || outcome === 'cannot-tell' ? HOSTILE : '',
      message: HOSTILE,
      property: HOSTILE,
      template: HOSTILE,
      logicalId: HOSTILE,
      resourceType: HOSTILE,
      constructPath: HOSTILE,
    }),
    verdict({
      template: HOSTILE,
      constructPath: '',
      logicalId: HOSTILE,
      waiver: { constructPath: HOSTILE, reason: HOSTILE, owner: HOSTILE, expires: HOSTILE },
    }),
  ]),
  discipline: [{ rule: HOSTILE, constructPath: HOSTILE, message: HOSTILE }],
  packFindings: [
    { pack: HOSTILE, rule: HOSTILE, severity: HOSTILE, description: HOSTILE, constructPath: HOSTILE },
    { pack: HOSTILE, rule: HOSTILE, severity: HOSTILE, description: HOSTILE, constructPath: HOSTILE, acknowledged: { reason: HOSTILE, at: HOSTILE } },
  ],
  limits: [{ constructPath: HOSTILE, control: HOSTILE, text: HOSTILE }],
  notes: [HOSTILE],
  files: { [HOSTILE]: HOSTILE },
};
