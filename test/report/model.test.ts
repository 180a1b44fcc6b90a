import { HOSTILE_SAMPLE, SAMPLE, verdict } from './sample';
import { CONTROLS } from '../../src/compliance';
import { buildReport, renderHtml, renderJson, renderMarkdown, renderSarif, renderTable, ReportInput } from '../../src/report';

const EMPTY: ReportInput = { subject: 'cdk.out', verdicts: [], discipline: [], packFindings: [], limits: [], notes: [], files: {} };

describe('numbers', () => {
  test('count each outcome once per finding, and waived ones apart', () => {
    expect(buildReport(SAMPLE).summary).toEqual({
      controls: 1,
      catalog: CONTROLS.length,
      resources: 5,
      compliant: 1,
      violations: 1,
      cannotTell: 1,
      waived: 1,
      notApplicable: 1,
      discipline: 2,
      packFindings: 1,
      packAcknowledged: 1,
      open: { critical: 0, high: 2, medium: 0, low: 0 },
    });
  });

  test('are zero where nothing was checked', () => {
    const report = buildReport(EMPTY);
    expect(report.summary.resources).toBe(0);
    expect(report.withoutResources).toEqual(CONTROLS.map((control) => control.id));
    expect(report.frameworks).toEqual([]);
  });
});

describe('a control', () => {
  const [control] = buildReport(SAMPLE).controls;

  test('lists where it is violated, with what the finding means', () => {
    expect(control.violations).toEqual([{
      resource: 'Orders/Inbox/Resource',
      template: 'Orders',
      logicalId: 'Inbox1A2B',
      resourceType: 'AWS::SQS::Queue',
      message: 'KmsMasterKeyId is not set',
      property: 'KmsMasterKeyId',
      finding: 'NoKey',
      meaning: 'The queue names no KMS key.',
    }]);
  });

  test('lists where it is waived, with why, by whom and until when', () => {
    expect(control.waived).toMatchObject([{
      finding: 'AwsManagedKey',
      outcome: 'violation',
      waiver: { reason: 'the vendor cannot use our key yet', owner: 'edi-team', expires: '2026-12-31' },
    }]);
  });

  test('names a resource by template and logical id where no construct path is known', () => {
    expect(control.notApplicable[0].resource).toBe('Orders#Fake');
  });

  test.each([
    ['violated', [verdict(), verdict({ outcome: 'compliant', finding: '' })]],
    ['cannot tell', [verdict({ outcome: 'cannot-tell', finding: 'UnresolvedKey' }), verdict({ outcome: 'compliant', finding: '' })]],
    ['waived', [SAMPLE.verdicts[2], verdict({ outcome: 'compliant', finding: '' })]],
    ['holds', [verdict({ outcome: 'compliant', finding: '' }), verdict({ outcome: 'not-applicable', finding: '' })]],
    ['not applicable', [verdict({ outcome: 'not-applicable', finding: '' })]],
  ])('stands as %s by the worst that is said about it', (status, verdicts) => {
    expect(buildReport({ ...EMPTY, verdicts }).controls[0].status).toBe(status);
  });

  test('that the catalog does not have is an error of the caller', () => {
    expect(() => buildReport({ ...EMPTY, verdicts: [verdict({ control: 'NONE' })] })).toThrow("no control has the id 'NONE'");
  });
});

test('frameworks list each requirement with the controls that support it, digits in numeric order', () => {
  const frameworks = buildReport(SAMPLE).frameworks;
  expect(frameworks.map((each) => each.framework)).toEqual(['AWS FSBP', 'HIPAA Security Rule', 'NIST 800-53r5', 'PCI DSS 4.0.1']);
  expect(frameworks[0].requirements).toEqual([{ clause: 'SQS.1', controls: [{ id: 'QUEUE-CMK', status: 'violated' }] }]);

  const all = buildReport({
    ...EMPTY, verdicts: CONTROLS.map((control) => verdict({ control: control.id, outcome: 'compliant', finding: '' })),
  }).frameworks.find((each) => each.framework === 'AWS FSBP')!;
  const numbers = all.requirements.map((each) => /^S3\.(\d+)$/.exec(each.clause)?.[1]).filter((each) => each !== undefined).map(Number);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('limits are listed once, by control and construct', () => {
  const limit = (control: string, constructPath: string) => ({ control, constructPath, text: 'somebody has to see to it' });
  const limits = [limit('ROLE-MFA', 'B'), limit('ROLE-MFA', 'A'), limit('QUEUE-CMK', 'C'), limit('ROLE-MFA', 'B')];
  expect(buildReport({ ...EMPTY, limits }).limits).toEqual([limits[2], limits[1], limits[0]]);
});

describe('the same findings in another order', () => {
  const reversed = (input: ReportInput): ReportInput => ({
    ...input,
    verdicts: [...input.verdicts].reverse(),
    discipline: [...input.discipline].reverse(),
    packFindings: [...input.packFindings].reverse(),
    limits: [...input.limits, ...input.limits].reverse(),
    notes: [...input.notes].reverse(),
  });

  test.each([
    ['table', renderTable], ['JSON', renderJson], ['Markdown', renderMarkdown], ['SARIF', renderSarif], ['HTML', renderHtml],
  ])('give the same bytes as %s', (_name, render) => {
    for (const input of [SAMPLE, HOSTILE_SAMPLE]) expect(render(buildReport(reversed(input)))).toBe(render(buildReport(input)));
  });
});

test('a report depends on no clock, and names a day only when one is given', () => {
  const { asOf, ...without } = SAMPLE;
  const renderAll = () => [renderTable, renderJson, renderMarkdown, renderSarif, renderHtml].map((render) => render(buildReport(without)));
  jest.useFakeTimers({ now: new Date('2031-01-01') });
  const before = renderAll();
  jest.setSystemTime(new Date('2042-12-31'));
  expect(renderAll()).toEqual(before);
  jest.useRealTimers();
  expect(before.join()).not.toContain(asOf);
  expect(renderJson(buildReport(SAMPLE))).toContain(`"asOf": "${asOf}"`);
});
