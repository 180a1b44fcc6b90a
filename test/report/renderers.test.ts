import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { HOSTILE_SAMPLE, SAMPLE } from './sample';
import { buildReport, renderHtml, renderJson, renderMarkdown, renderSarif, renderTable } from '../../src/report';

const report = buildReport(SAMPLE);
const hostile = buildReport(HOSTILE_SAMPLE);
const clean = buildReport({ subject: 'cdk.out', verdicts: [SAMPLE.verdicts[3]], discipline: [], packFindings: [], limits: [], notes: [], files: {} });

describe('table', () => {
  test('shows what is open, what is waived, what needs work and the numbers', () => {
    expect(renderTable(report)).toBe(`HIGH      QUEUE-CMK  A queue is encrypted with a customer-managed key
  violated  Orders/Inbox/Resource  NoKey
    KmsMasterKeyId is not set
  cannot tell  Orders/Late/Resource  UnresolvedKey
    KmsMasterKeyId is \${Key}
  remedy  Set KmsMasterKeyId to the ARN of a customer-managed KMS key.

Waived
  QUEUE-CMK[AwsManagedKey]  Orders/Old/Resource
    the vendor cannot use our key yet (owner: edi-team, until 2026-12-31)

Waivers that need work
  WAIVER-TOO-BROAD  (app)
    'AwsSolutions::AwsSolutions-S1' is acknowledged on an app, a stage or a stack; acknowledge it on the resource
  WAIVER-UNUSED  Orders/Good
    the waiver of QUEUE-CMK matches no finding; remove it

AwsSolutions  1 finding, 1 acknowledged
  error  AwsSolutions-SQS4  Orders/Inbox/Resource

Not looked at
  Orders: the template of the nested stack 'Nested' is not in the assembly

cdk.out: 5 resources under 1 control, as of 2026-06-15
  compliant 1   violated 1   cannot tell 1   waived 1   not applicable 1
  2 open findings: 0 critical, 2 high, 0 medium, 0 low
  2 waiver problems
`);
  });

  test('is short where nothing is open', () => {
    expect(renderTable(clean)).toBe(`cdk.out: 1 resource under 1 control
  compliant 1   violated 0   cannot tell 0   waived 0   not applicable 0
  no open finding
`);
  });

  test('colours change nothing but the colour', () => {
    const coloured = renderTable(report, { colour: true });
    expect(coloured).not.toBe(renderTable(report));
    expect(stripVTControlCharacters(coloured)).toBe(renderTable(report));
  });

  test('lets no template control the terminal', () => {
    expect(renderTable(hostile)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('JSON', () => {
  test('holds the report and the version of its shape', () => {
    expect(JSON.parse(renderJson(report))).toEqual({ schemaVersion: 1, ...JSON.parse(JSON.stringify(report)) });
  });
});

describe('Markdown', () => {
  const text = renderMarkdown(report);

  test('shows every part of the report', () => {
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# Security posture of cdk.out',
      '## Open findings',
      '### QUEUE-CMK: A queue is encrypted with a customer-managed key (high)',
      '## Waived',
      '## Waivers that need work',
      '## What cannot be enforced here',
      '## Controls',
      '## Evidence',
      '## Frameworks',
      '### AWS FSBP',
      '### HIPAA Security Rule',
      '### NIST 800-53r5',
      '### PCI DSS 4.0.1',
      '## AwsSolutions: 1 finding, 1 acknowledged',
      '## Not looked at',
      '## Controls without a resource here',
    ]);
    expect(text).toContain('| <code>AwsSolutions-SQS3</code> | <code>Orders/Inbox/Resource</code> | the sender tries again | the app |');
  });

  test('says None where nothing is open', () => {
    expect(renderMarkdown(clean)).toContain('## Open findings\n\nNone.');
  });

  test('says what cannot be enforced, and nothing where everything can', () => {
    expect(text).toContain(`## What cannot be enforced here

No template can bring these about; somebody has to see to them.

| Control | Construct | What is not enforced |
| --- | --- | --- |
| <code>ROLE-MFA</code> | <code>Orders/Staff</code> | People who sign in with the identity provider prove their MFA to it, not here. |
`);
    expect(renderMarkdown(clean)).not.toContain('enforced');
  });

  test('keeps every row of a table in its columns', () => {
    const tables = renderMarkdown(hostile).split('\n\n').filter((block) => block.startsWith('| '));
    for (const table of tables) {
      const columns = table.split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length);
      expect(new Set(columns).size).toBe(1);
    }
  });

  test('takes no markup from a template', () => {
    expect(renderMarkdown(hostile)).not.toMatch(/<script|<\/script|[^\\]`|[^\\]\[|\u001b|\u202e/);
  });
});

describe('HTML', () => {
  const page = renderHtml(report);

  test('shows every part of the report', () => {
    expect([...page.matchAll(/<h2[^>]*>([^<]*)</g)].map((match) => match[1])).toEqual([
      'Summary', 'Open findings (2)', 'Waived (1)', 'Waivers that need work (2)', 'What cannot be enforced here (1)', 'Controls (1)', 'Frameworks',
      'Other packs (1)', 'Not looked at',
    ]);
    for (const text of ['the vendor cannot use our key yet', 'edi-team', '2026-12-31', 'encrypted with ${Key.Arn}', 'The queue does not require TLS.', 'the sender tries again', 'prove their MFA to it']) {
      expect(page).toContain(text);
    }
  });

  test('says so where nothing is open, waived or wrong', () => {
    const empty = renderHtml(buildReport({ subject: 'x', verdicts: [], discipline: [], packFindings: [], limits: [], notes: [], files: {} }));
    expect([...empty.matchAll(/class="empty">([^<]*)</g)].map((match) => match[1])).toEqual([
      'No open finding.', 'Nothing is waived.', 'Every waiver is complete, in force and in use.',
      'No control here is mapped to a requirement.', 'No other pack reported into this assembly.',
    ]);
  });

  test('folds long lists', () => {
    const verdicts = Array.from({ length: 13 }, (_, index) => ({ ...SAMPLE.verdicts[0], logicalId: `Queue${index}`, constructPath: `Orders/Queue${index}` }));
    expect(renderHtml(buildReport({ ...SAMPLE, verdicts }))).toContain('<summary>13 × violated</summary>');
    expect(renderHtml(buildReport({ ...SAMPLE, verdicts: verdicts.slice(1) }))).not.toContain('class="long"');
  });

  test('escapes everything that a template can write', () => {
    const text = renderHtml(hostile);
    expect(text).not.toMatch(/<script|<\/script|\u001b|\u202e|javascript:b"/i);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;');
  });

  test('consists of known elements and attributes only, whatever the template says', () => {
    const elements = (text: string) => new Set([...text.replace(/<style>[^]*<\/style>/, '').matchAll(/<([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)>/g)]
      .flatMap(([, name, attributes]) => [name, ...[...attributes.matchAll(/([a-z-]+)=/g)].map((match) => `@${match[1]}`)]));
    const known = elements(page);
    expect([...elements(renderHtml(hostile))].filter((each) => !known.has(each))).toEqual([]);
    expect([...known].filter((each) => /^(script|img|iframe|link|form|object|@on.*|@style|@src)$/.test(each))).toEqual([]);
  });

  test('allows itself nothing but its own style sheet', () => {
    const [, style] = /<style>([^]*?)<\/style>/.exec(page)!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">`);
    expect(page.replace(/https?:\/\/[^\s<]*/g, '')).not.toMatch(/(?:src|href)="(?!#)/);
    expect(style).not.toMatch(/url\(|@import/);
  });

  test('links only to places on the page', () => {
    const targets = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !targets.has(link))).toEqual([]);
  });

  test('names every column, section and table', () => {
    expect(page.match(/<table/g)!.length).toBe(page.match(/<caption>/g)!.length);
    expect(page).not.toMatch(/<th(?![^>]*scope=)[^>e]*>/);
    expect(page).toContain('<html lang="en">');
  });
});

describe('SARIF', () => {
  test('says nothing of limits, which are no findings', () => {
    expect(renderSarif(buildReport({ ...SAMPLE, limits: [] }), { version: '1.2.3' })).toBe(renderSarif(report, { version: '1.2.3' }));
  });

  const log = JSON.parse(renderSarif(report, { version: '1.2.3' }));
  const [{ results, tool: { driver } }] = log.runs;

  test.each([['the sample', report], ['nothing', clean], ['hostile text', hostile]])('is valid SARIF 2.1.0 for %s', (_name, of) => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'sarif-2.1.0.json'), 'utf8')));
    validate(JSON.parse(renderSarif(of, { version: '1.2.3' })));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('describes every rule with a text, help and a security severity', () => {
    for (const rule of driver.rules) {
      expect(rule.fullDescription.text).not.toBe('');
      expect(rule.help.text).not.toBe('');
      expect(rule.properties['security-severity']).toMatch(/^\d+\.\d$/);
    }
    expect(driver.rules.map((rule: { id: string }) => rule.id)).toEqual(expect.arrayContaining(['QUEUE-CMK', 'WAIVER-EXPIRED', 'ACKNOWLEDGEMENT-BYPASS']));
  });

  test('points each result at its rule, its file and its resource', () => {
    for (const result of results) expect(driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(results[0].locations).toEqual([{
      physicalLocation: { artifactLocation: { uri: 'cdk.out/Orders.template.json' }, region: { startLine: 1 } },
      logicalLocations: [{ name: 'Inbox1A2B', fullyQualifiedName: 'Orders/Inbox/Resource', kind: 'resource' }],
    }]);
  });

  test('suppresses what is waived, with the reason', () => {
    expect(results.map((result: { suppressions: unknown[] }) => result.suppressions).filter((each: unknown[]) => each.length > 0)).toEqual([[
      { kind: 'external', status: 'accepted', justification: 'the vendor cannot use our key yet (owner: edi-team, until 2026-12-31)' },
    ]]);
  });

  test('embeds no link and shows no invisible character of a template', () => {
    const found = JSON.parse(renderSarif(hostile)).runs[0].results as any[];
    const texts = found.flatMap((result) => [result.message.text, ...result.suppressions.map((each: any) => each.justification)]) as string[];
    const names = found.flatMap((result) => result.locations[0].logicalLocations.flatMap((each: any) => Object.values(each))) as string[];
    expect([...texts, ...names].filter((text) => /\p{Cc}|\p{Cf}|\p{Cs}/u.test(text))).toEqual([]);
    expect(texts.filter((text) => text.includes(']('))).toEqual([]);
    expect(texts[0]).toContain('[a] (javascript:b)');
  });

  test('names files by relative references only', () => {
    expect(JSON.parse(renderSarif(hostile)).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri)
      .toMatch(/^%3Cscript%3E[A-Za-z0-9%._~!'()*/-]*$/);
  });

  test('keeps a fingerprint when message and template change, and changes it with the place', () => {
    const fingerprints = (changes: object) => JSON.parse(renderSarif(buildReport({ ...SAMPLE, verdicts: [{ ...SAMPLE.verdicts[0], ...changes }] })))
      .runs[0].results[0].partialFingerprints;
    expect(fingerprints({ message: 'other words', template: 'Moved' })).toEqual(fingerprints({}));
    expect(fingerprints({ constructPath: 'Orders/Other/Resource' })).not.toEqual(fingerprints({}));
    expect(fingerprints({})).toEqual({
      'controlFindingPath/v1': createHash('sha256').update('["QUEUE-CMK","NoKey","Orders/Inbox/Resource"]').digest('hex'),
    });
  });
});
