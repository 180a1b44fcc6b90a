import { CONTROLS } from '../../src/compliance';
import { judge, RecordedAcknowledgement, RecordedWaiver, Verdict } from '../../src/rules';

const AS_OF = '2026-06-15';

function verdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    control: 'QUEUE-CMK',
    outcome: 'violation',
    finding: 'NoKey',
    message: 'KmsMasterKeyId is not set',
    property: 'KmsMasterKeyId',
    template: 'App',
    logicalId: 'Queue',
    resourceType: 'AWS::SQS::Queue',
    constructPath: 'App/Queue/Resource',
    ...changes,
  };
}

function waiver(changes: Partial<RecordedWaiver> = {}): RecordedWaiver {
  return {
    constructPath: 'App/Queue',
    control: 'QUEUE-CMK',
    reason: 'the vendor cannot use our key yet',
    owner: 'edi-team',
    expires: '2026-12-31',
    ...changes,
  };
}

function discipline(waivers: RecordedWaiver[], acknowledgements: RecordedAcknowledgement[] = [], verdicts = [verdict()]): string[] {
  return judge(verdicts, waivers, acknowledgements, ['', 'App', 'Prod', 'Prod/App'], AS_OF).discipline
    .map(({ rule, constructPath, message }) => `${rule} ${constructPath}: ${message}`);
}

function covered(waivers: RecordedWaiver[], verdicts = [verdict()]): boolean[] {
  return judge(verdicts, waivers, [], ['', 'App'], AS_OF).judgements.map((judgement) => judgement.waiver !== undefined);
}

describe('a waiver covers', () => {
  test('every finding of its control at its construct and below', () => {
    expect(covered([waiver()], [verdict(), verdict({ finding: 'AwsManagedKey', constructPath: 'App/Queue' })])).toEqual([true, true]);
    expect(discipline([waiver()])).toEqual([]);
  });

  test('what the template does not tell', () => {
    expect(covered([waiver()], [verdict({ outcome: 'cannot-tell', finding: 'UnresolvedKey' })])).toEqual([true]);
  });

  test('its own last day, and not the day after', () => {
    expect(covered([waiver({ expires: AS_OF })])).toEqual([true]);
    expect(covered([waiver({ expires: '2026-06-14' })])).toEqual([false]);
  });

  test.each([
    ['another control', verdict({ control: 'QUEUE-TLS', finding: 'NoDeny' })],
    ['a construct whose name only begins alike', verdict({ constructPath: 'App/QueueTwo/Resource' })],
    ['a construct above', verdict({ constructPath: 'App' })],
    ['evidence', verdict({ outcome: 'compliant', finding: '' })],
  ])('no %s', (_name, other) => {
    expect(covered([waiver()], [other])).toEqual([false]);
  });

  test('one finding where it names one', () => {
    expect(covered([waiver({ finding: 'NoKey' })])).toEqual([true]);
    expect(covered([waiver({ finding: 'AwsManagedKey' })])).toEqual([false]);
  });

  test('nothing when its day is none', () => {
    expect(covered([waiver({ expires: '9999-99-99' })])).toEqual([false]);
  });
});

describe('a waiver is reported', () => {
  test('once it has expired', () => {
    expect(discipline([waiver({ expires: '2026-06-14' })])).toEqual([
      'WAIVER-EXPIRED App/Queue: the waiver of QUEUE-CMK by edi-team expired on 2026-06-14; fix the finding, or agree on a new day',
    ]);
  });

  test('when it matches no finding', () => {
    expect(discipline([waiver({ finding: 'AwsManagedKey' })])).toEqual([
      'WAIVER-UNUSED App/Queue: the waiver of QUEUE-CMK[AwsManagedKey] matches no finding; remove it',
    ]);
  });

  test('when its control or its finding does not exist', () => {
    expect(discipline([waiver({ control: 'QUEUE-CNK' }), waiver({ finding: 'NoKeys' })])).toEqual([
      "WAIVER-UNKNOWN App/Queue: 'QUEUE-CNK' is no control; correct the id or remove the waiver",
      "WAIVER-UNKNOWN App/Queue: QUEUE-CMK has no finding 'NoKeys'; correct it or remove the waiver",
    ]);
  });

  test.each([
    ['a reason of 19 characters', { reason: `${' '.repeat(9)}${'x'.repeat(19)}` }],
    ['no owner', { owner: '  ' }],
    ['a day that does not exist', { expires: '2027-02-30' }],
  ])('with %s', (_name, changes) => {
    expect(discipline([waiver(changes)])).toEqual([
      'WAIVER-INCOMPLETE App/Queue: the waiver of QUEUE-CMK needs a reason of 20 characters, an owner and a day of expiry',
    ]);
  });

  test.each(['', 'App'])("on the broad path '%s'", (constructPath) => {
    expect(discipline([waiver({ constructPath })])).toEqual([
      `WAIVER-TOO-BROAD ${constructPath}: the waiver of QUEUE-CMK stands on an app, a stage or a stack; put it on the resource`,
    ]);
  });
});

describe('an acknowledgement is reported', () => {
  test.each([
    'cdk-secure-integrations::QUEUE-CMK[NoKey]', 'Annotation::QUEUE-CMK', 'queue-cmk[nokey]', 'Other-Pack::Queue-Cmk',
  ])('when %s goes around the waivers', (id) => {
    expect(discipline([], [{ constructPath: 'App/Queue', id, reason: 'fine' }])).toEqual([
      `ACKNOWLEDGEMENT-BYPASS App/Queue: '${id}' is acknowledged without a waiver; use Waiver.because(...).applyTo(...), which says who answers for it and until when`,
    ]);
  });

  test('not where a waiver stands beside it', () => {
    expect(discipline([waiver({ finding: 'NoKey' })], [
      { constructPath: 'App/Queue', id: 'cdk-secure-integrations::QUEUE-CMK[NoKey]', reason: 'the vendor cannot use our key yet' },
    ])).toEqual([]);
  });

  test('when the waiver beside it is of another finding', () => {
    expect(discipline([waiver({ finding: 'NoKey' })], [
      { constructPath: 'App/Queue', id: 'cdk-secure-integrations::QUEUE-CMK[AwsManagedKey]', reason: 'x' },
    ])).toHaveLength(1);
  });

  test('of any pack, on a stage or a stack', () => {
    expect(discipline([], [{ constructPath: 'Prod', id: 'AwsSolutions::AwsSolutions-S1', reason: 'no logs needed' }])).toEqual([
      "WAIVER-TOO-BROAD Prod: 'AwsSolutions::AwsSolutions-S1' is acknowledged on an app, a stage or a stack; acknowledge it on the resource",
    ]);
  });

  test('of any pack, without a reason', () => {
    expect(discipline([], [{ constructPath: 'App/Queue', id: 'AwsSolutions::AwsSolutions-S1', reason: ' ' }])).toEqual([
      "WAIVER-INCOMPLETE App/Queue: 'AwsSolutions::AwsSolutions-S1' is acknowledged without a reason; say why",
    ]);
  });
});

test('an acknowledgement without the name of its pack is reported, for it leaves no trace', () => {
  expect(discipline([], [{ constructPath: 'App/Queue', id: 'Annotation::AwsSolutions-SQS3', reason: 'the sender tries again' }])).toEqual([
    "ACKNOWLEDGEMENT-BYPASS App/Queue: 'AwsSolutions-SQS3' is acknowledged without the name of its pack, which leaves no trace; write '<pack>::AwsSolutions-SQS3'",
  ]);
});

test.each(['W3010', 'W2506', 'W9009'])('what the CDK itself acknowledges on stacks of its own rules is left alone: %s', (rule) => {
  expect(discipline([], [{ constructPath: 'App', id: `CloudFormation-Validate::${rule}`, reason: 'expected and safe' }])).toEqual([]);
});

test.each([
  ['another rule of the CDK', 'CloudFormation-Validate::F3002'],
  ['a finding of such a rule', 'CloudFormation-Validate::W3010[all]'],
  ['a rule of that name in another pack', 'AwsSolutions::W3010'],
  ['a pack of nearly that name', 'My-CloudFormation-Validate::W3010'],
])('%s is too broad on a stack all the same', (_what, id) => {
  expect(discipline([], [{ constructPath: 'App', id, reason: 'expected and safe' }])).toEqual([
    `WAIVER-TOO-BROAD App: '${id}' is acknowledged on an app, a stage or a stack; acknowledge it on the resource`,
  ]);
});

test('an acknowledged warning of a construct is no matter of the policy', () => {
  expect(discipline([], [{ constructPath: 'App', id: 'Annotation::@aws-cdk/aws-s3:something', reason: '' }])).toEqual([]);
});

test('a waiver of a control that cannot be waived covers nothing and is reported', () => {
  const control = CONTROLS.find((each) => !each.waivable)!;
  const [finding] = Object.keys(control.findings);
  const found = verdict({ control: control.id, finding });
  expect(covered([waiver({ control: control.id })], [found])).toEqual([false]);
  expect(discipline([waiver({ control: control.id })], [], [found])).toEqual([
    `WAIVER-NOT-ALLOWED App/Queue: ${control.id} cannot be waived; ${control.remedy}`,
  ]);
});

test('the order of waivers and acknowledgements does not change the discipline', () => {
  const waivers = [waiver({ control: 'A' }), waiver({ control: 'B' }), waiver({ finding: 'AwsManagedKey' })];
  expect(discipline([...waivers].reverse())).toEqual(discipline(waivers));
});
