import fc from 'fast-check';
import { queueTemplate, runOn, Tree } from './memory';

const HASH = 'dc32e62beae6056067110495b74f4cf0636aa96cab24227e52dfa206dba0b8ff';

const WAIVER = { control: 'QUEUE-CMK', reason: 'the vendor cannot use our key yet', owner: 'edi-team', expires: '2026-12-31' };

/** One stack with a waived queue and a nested stack, and one stage with another stack; metadata where the CDK 2.271 puts it. */
const ASSEMBLY: Tree = {
  'cdk.out/manifest.json': {
    version: '54.0.0',
    artifacts: {
      'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod', displayName: 'Prod' } },
      'One.assets': { type: 'cdk:asset-manifest', properties: { file: 'One.assets.json' } },
      'One': {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/eu-west-1',
        properties: { templateFile: 'One.template.json' },
        additionalMetadataFile: 'One.metadata.json',
        displayName: 'One',
      },
      'Tree': { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  },
  'cdk.out/One.assets.json': { files: { [HASH]: { source: { path: 'OneNested.nested.template.json', packaging: 'file' } } } },
  'cdk.out/One.metadata.json': {
    '/One/Inbox': [{ type: 'cdk-secure-integrations:waiver', data: WAIVER }],
    '/One/Inbox/Resource': [{ type: 'aws:cdk:logicalId', data: 'Inbox' }],
    '/One/Nested.NestedStack/Nested.NestedStackResource': [{ type: 'aws:cdk:logicalId', data: 'NestedResource' }],
    '/One/Nested/Inbox/Resource': [{ type: 'aws:cdk:logicalId', data: 'Inbox' }],
  },
  'cdk.out/One.template.json': {
    Resources: {
      Inbox: { Type: 'AWS::SQS::Queue' },
      NestedResource: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3/', `/assets/${HASH}.json`]] } } },
    },
  },
  'cdk.out/OneNested.nested.template.json': queueTemplate(),
  'cdk.out/assembly-Prod/manifest.json': {
    artifacts: {
      ProdTwo: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'ProdTwo.template.json' },
        displayName: 'Prod/Two',
        metadata: { '/Prod/Two/Inbox/Resource': [{ type: 'aws:cdk:logicalId', data: 'Inbox' }] },
      },
    },
  },
  'cdk.out/assembly-Prod/ProdTwo.template.json': queueTemplate(),
};

function reportOn(tree: Tree) {
  const { code, stdout, stderr } = runOn(tree, ['check', 'cdk.out', '--format', 'json']);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  const control = report.controls.find((each: { id: string }) => each.id === 'QUEUE-CMK');
  const resources = (list: Array<{ resource: string }>) => list.map((each) => each.resource);
  return {
    code,
    report,
    violated: resources(control?.violations ?? []),
    waived: resources(control?.waived ?? []),
    discipline: report.discipline.map((each: { rule: string; constructPath: string }) => `${each.rule} ${each.constructPath}`),
  };
}

/** The assembly with metadata of its first stack added. */
function withMetadata(metadata: Record<string, unknown>): Tree {
  return { ...ASSEMBLY, 'cdk.out/One.metadata.json': { ...ASSEMBLY['cdk.out/One.metadata.json'] as object, ...metadata } };
}

function errorOf(tree: Tree): string {
  const { code, stderr } = runOn(tree, ['check', 'cdk.out']);
  expect(code).toBe(3);
  return stderr;
}

describe('an assembly', () => {
  test('is checked with its nested stacks and its stages, by construct path', () => {
    const { violated, waived, report, code } = reportOn(ASSEMBLY);
    expect(violated).toEqual(['One/Nested/Inbox/Resource', 'Prod/Two/Inbox/Resource']);
    expect(waived).toEqual(['One/Inbox/Resource']);
    expect(code).toBe(1);
    expect(report.files).toEqual({
      'One': 'cdk.out/One.template.json',
      'One/Nested': 'cdk.out/OneNested.nested.template.json',
      'Prod/Two': 'cdk.out/assembly-Prod/ProdTwo.template.json',
    });
  });

  test('keeps the construct path that a template states, where the assembly knows none', () => {
    const stated = { ...ASSEMBLY, 'cdk.out/One.metadata.json': {}, 'cdk.out/One.template.json': queueTemplate({}, { 'aws:cdk:path': 'Stated/Path' }) };
    expect(reportOn(stated).violated).toContain('Stated/Path');
  });

  test('lets no resource claim the construct path of one that is waived', () => {
    const { Inbox } = (queueTemplate({}, { 'aws:cdk:path': 'One/Inbox/Resource' }) as { Resources: Record<string, object> }).Resources;
    const claimed = { ...ASSEMBLY, 'cdk.out/One.template.json': { Resources: { Inbox: { Type: 'AWS::SQS::Queue' }, Other: Inbox } } };
    const known = withMetadata({ '/One/Other/Resource': [{ type: 'aws:cdk:logicalId', data: 'Other' }] });
    expect(reportOn({ ...known, 'cdk.out/One.template.json': claimed['cdk.out/One.template.json'] }).violated).toContain('One/Other/Resource');
  });

  test('says what its templates leave to deployment', () => {
    const tree = { ...ASSEMBLY, 'cdk.out/OneNested.nested.template.json': { ...queueTemplate(), Transform: 'Macro' } };
    expect(reportOn(tree).report.notes).toEqual(["One/Nested: what the macro 'Macro' makes of the template"]);
  });

  test('says which nested stack it could not look at', () => {
    const { 'cdk.out/One.assets.json': _assets, ...rest } = ASSEMBLY;
    const without = { ...rest, 'cdk.out/One.assets.json': { files: {} } };
    expect(reportOn(without).report.notes).toEqual(["One: the template of the nested stack 'NestedResource' is not in the assembly"]);
  });

  test('says what deploys and is not in a template, by the stack', () => {
    const without = { ...ASSEMBLY, 'cdk.out/One.template.json': { Resources: { Orders: { Type: 'AWS::Serverless::HttpApi' } } } };
    expect(reportOn(without).report.notes).toEqual(["One: the resources that 'Orders', of type AWS::Serverless::HttpApi, makes"]);
  });

  test('finds a nested template by its asset path', () => {
    const tree = {
      ...ASSEMBLY,
      'cdk.out/One.template.json': {
        Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'OneNested.nested.template.json' } } },
      },
    };
    expect(reportOn(tree).report.files['One/Nested']).toBe('cdk.out/OneNested.nested.template.json');
  });
});

describe('waivers of an assembly', () => {
  test('hold until their last day, and fail the check from the day after', () => {
    const run = (asOf: string) => runOn(ASSEMBLY, ['check', 'cdk.out', '--fail-on', 'critical', '--as-of', asOf]);
    expect(run('2026-12-31').code).toBe(0);
    expect(run('2027-01-01')).toMatchObject({ code: 1, stdout: expect.stringContaining('WAIVER-EXPIRED  One/Inbox') });
  });

  test('that are no text count as missing', () => {
    const broken = withMetadata({ '/One/Inbox': [{ type: 'cdk-secure-integrations:waiver', data: { ...WAIVER, owner: 7 } }, 'x', { type: 'cdk-secure-integrations:waiver' }] });
    expect(reportOn(broken).discipline).toEqual(['WAIVER-INCOMPLETE One/Inbox', 'WAIVER-UNKNOWN One/Inbox']);
  });

  test('are too broad on a nested stack as on a stack', () => {
    const broad = withMetadata({
      '/One/Nested': [{ type: 'cdk-secure-integrations:waiver', data: WAIVER }],
      '/One': [{ type: 'cdk-secure-integrations:waiver', data: WAIVER }],
    });
    expect(reportOn(broad).discipline).toEqual(['WAIVER-TOO-BROAD One', 'WAIVER-TOO-BROAD One/Nested']);
  });
});

test('limits of an assembly reach the report, and one that says nothing harms nobody', () => {
  const tree = withMetadata({
    '/One/Inbox': [
      { type: 'cdk-secure-integrations:limit', data: { control: 'QUEUE-CMK', text: 'the vendor keeps a copy' } },
      { type: 'cdk-secure-integrations:limit', data: { control: 7 } },
    ],
  });
  expect(reportOn(tree).report.limits).toEqual([
    { constructPath: 'One/Inbox', control: '', text: '' }, { constructPath: 'One/Inbox', control: 'QUEUE-CMK', text: 'the vendor keeps a copy' },
  ]);
});

describe('acknowledgements of an assembly', () => {
  test.each([
    ['text', 'fine for now'],
    ['an object', { reason: 'fine for now' }],
  ])('with the reason as %s must not go around the waivers', (_name, reason) => {
    const tree = withMetadata({ '/One/Nested/Inbox': [{ type: 'aws:cdk:acknowledged-rules', data: { 'cdk-secure-integrations::QUEUE-CMK[NoKey]': reason } }] });
    expect(reportOn(tree).discipline).toEqual(['ACKNOWLEDGEMENT-BYPASS One/Nested/Inbox']);
  });

  test('of other packs need a reason and a narrow place', () => {
    const tree = withMetadata({
      '/One': [{ type: 'aws:cdk:acknowledged-rules', data: { 'AwsSolutions::AwsSolutions-S1': 'all of it' } }],
      '/One/Inbox': [{ type: 'cdk-secure-integrations:waiver', data: WAIVER }, { type: 'aws:cdk:acknowledged-rules', data: { 'AwsSolutions::AwsSolutions-SQS3': '' } }],
    });
    expect(reportOn(tree).discipline).toEqual(['WAIVER-TOO-BROAD One', 'WAIVER-INCOMPLETE One/Inbox']);
  });
});

describe('the validation report of an assembly', () => {
  const violation = { ruleName: 'AwsSolutions-SQS4', description: 'No TLS.', severity: 'error', violatingConstructs: [{ constructPath: 'One/Inbox/Resource' }] };
  const tree = (...pluginReports: object[]): Tree => ({ ...ASSEMBLY, 'cdk.out/validation-report.json': { version: '54.0.0', pluginReports } });

  test('adds what other packs found and what was acknowledged', () => {
    const { report } = reportOn(tree({
      pluginName: 'AwsSolutions',
      violations: [violation, { ...violation, severity: 'custom', customSeverity: 'HIGH', violatingConstructs: [] }],
      suppressedViolations: [{ ...violation, acknowledgedId: 'AwsSolutions::AwsSolutions-SQS4', reason: 'only inside', acknowledgedAt: 'One/Inbox' }],
    }));
    expect(report.packs).toEqual([{
      pack: 'AwsSolutions',
      findings: [
        { pack: 'AwsSolutions', rule: 'AwsSolutions-SQS4', severity: 'HIGH', description: 'No TLS.', constructPath: '' },
        { pack: 'AwsSolutions', rule: 'AwsSolutions-SQS4', severity: 'error', description: 'No TLS.', constructPath: 'One/Inbox/Resource' },
      ],
      acknowledged: [{
        pack: 'AwsSolutions',
        rule: 'AwsSolutions-SQS4',
        severity: 'error',
        description: 'No TLS.',
        constructPath: 'One/Inbox/Resource',
        acknowledged: { reason: 'only inside', at: 'One/Inbox' },
      }],
    }]);
  });

  test('shows acknowledgements on the app, which stand nowhere else', () => {
    const suppressed = { ...violation, acknowledgedId: 'AwsSolutions::AwsSolutions-SQS4', reason: 'everywhere' };
    expect(reportOn(tree({ pluginName: 'AwsSolutions', suppressedViolations: [suppressed] })).discipline).toEqual(['WAIVER-TOO-BROAD ']);
  });

  test("leaves out the library's own plugin, whose rules run anew", () => {
    expect(reportOn(tree({ pluginName: 'cdk-secure-integrations', violations: [violation] })).report.packs).toEqual([]);
  });

  test('must be one', () => {
    expect(errorOf({ ...ASSEMBLY, 'cdk.out/validation-report.json': {} }))
      .toBe("cdk-secure-integrations: cdk.out/validation-report.json: this is no validation report of the CDK; run 'cdk synth' again\n");
  });
});

describe('a broken assembly ends with exit code 3 and says', () => {
  const stack = (properties: object, more: object = {}): Tree => ({
    'cdk.out/manifest.json': { artifacts: { One: { type: 'aws:cloudformation:stack', properties, ...more } } },
    'cdk.out/One.template.json': queueTemplate(),
  });

  test.each<[string, Tree]>([
    ["cdk.out: the directory has no manifest.json, so it is no cloud assembly; run 'cdk synth', then name its output directory", { 'cdk.out/x': '' }],
    ["cdk.out/manifest.json: this is no manifest of a cloud assembly; run 'cdk synth' again", { 'cdk.out/manifest.json': [] }],
    ["cdk.out/manifest.json: this is no manifest of a cloud assembly; run 'cdk synth' again", { 'cdk.out/manifest.json': { artifacts: 1 } }],
    ["cdk.out/manifest.json: templateFile of 'One' is missing; run 'cdk synth' again", stack({})],
    ["cdk.out/manifest.json: templateFile of 'One' leads out of the assembly ('../x.json'); run 'cdk synth' again", stack({ templateFile: '../x.json' })],
    ["cdk.out/manifest.json: templateFile of 'One' leads out of the assembly ('/etc/passwd'); run 'cdk synth' again", stack({ templateFile: '/etc/passwd' })],
    ['cdk.out/Two.template.json: there is no such file; check the path', stack({ templateFile: 'Two.template.json' })],
    [
      "cdk.out/manifest.json: additionalMetadataFile of 'One' leads out of the assembly ('a/../../x'); run 'cdk synth' again",
      stack({ templateFile: 'One.template.json' }, { additionalMetadataFile: 'a/../../x' }),
    ],
    [
      'cdk.out/manifest.json: assemblies nest deeper than 20 levels; synthesize again',
      { 'cdk.out/manifest.json': { artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } } },
    ],
    [
      'cdk.out/One.template.json: stacks nest deeper than 20 levels; synthesize again',
      {
        ...stack({ templateFile: 'One.template.json' }),
        'cdk.out/One.template.json': { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'One.template.json' } } } },
      },
    ],
    ['cdk.out: One: a template must be an object, got a list; correct the template', { ...stack({ templateFile: 'One.template.json' }), 'cdk.out/One.template.json': [] }],
  ])('%s', (message, tree) => {
    expect(errorOf(tree)).toBe(`cdk-secure-integrations: ${message}\n`);
  });
});

test('whatever the files of an assembly hold, the answer is a report or one line of error', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  const or = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 9, arbitrary }, value);
  const artifact = fc.record({
    type: or(fc.constantFrom('aws:cloudformation:stack', 'cdk:cloud-assembly', 'cdk:asset-manifest')),
    environment: or(fc.constantFrom('aws://111122223333/eu-west-1', 'aws://x')),
    properties: or(fc.record({ templateFile: or(fc.constant('One.template.json')), directoryName: or(fc.constant('.')), file: or(fc.constant('One.assets.json')) })),
    additionalMetadataFile: or(fc.constantFrom('One.metadata.json', undefined)),
    displayName: or(fc.constant('One')),
    metadata: value,
  });
  const entry = fc.record({ type: or(fc.constantFrom('cdk-secure-integrations:waiver', 'aws:cdk:acknowledged-rules', 'aws:cdk:logicalId')), data: value });
  const construct = fc.record({ constructPath: value });
  const violation = fc.record({ ruleName: value, violatingConstructs: or(fc.array(or(construct))), acknowledgedId: or(fc.string()) });
  const pack = fc.record({ pluginName: or(fc.string()), violations: or(fc.array(or(violation))), suppressedViolations: or(fc.array(or(violation))) });
  const files = fc.record({
    'cdk.out/manifest.json': or(fc.record({ artifacts: or(fc.dictionary(fc.constantFrom('A', 'B', '__proto__'), or(artifact))) })),
    'cdk.out/One.template.json': or(fc.constant(queueTemplate())),
    'cdk.out/One.assets.json': or(fc.record({ files: value })),
    'cdk.out/One.metadata.json': or(fc.dictionary(fc.constantFrom('/One', '/One/Inbox', 'x'), or(fc.array(or(entry))))),
    'cdk.out/validation-report.json': or(fc.record({ pluginReports: or(fc.array(or(pack))) })),
  });
  fc.assert(fc.property(files, (tree) => {
    const asText = Object.fromEntries(Object.entries(tree).map(([path, content]) => [path, JSON.stringify(content)]));
    const { code, stdout, stderr } = runOn(asText, ['check', 'cdk.out']);
    expect([0, 1, 3]).toContain(code);
    if (code === 3) expect([stdout, stderr.split('\n').length]).toEqual(['', 2]);
    else expect(stderr).toBe('');
  }), { numRuns: 400 });
});
