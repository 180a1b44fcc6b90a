import fc from 'fast-check';
import { linesAbout, queueTemplate, runOn } from './memory';
import { parseCloudFormationYaml } from '../../src/cli/cloudformation-yaml';

function errorOf(path: string, content: string | Uint8Array | object): string {
  const { code, stderr, stdout } = runOn({ [path]: content }, ['check', path]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  return stderr.replace(/^cdk-secure-integrations: /, '').replace(/\n$/, '');
}

describe('short forms of YAML', () => {
  test.each([
    ['!Ref Key', { Ref: 'Key' }],
    ['!GetAtt Key.Arn', { 'Fn::GetAtt': ['Key', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Arn', { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] }],
    ['!GetAtt [Key, Arn]', { 'Fn::GetAtt': ['Key', 'Arn'] }],
    ['!GetAtt Key', { 'Fn::GetAtt': 'Key' }],
    ["!Sub 'arn:${AWS::Partition}:x'", { 'Fn::Sub': 'arn:${AWS::Partition}:x' }],
    ["!Sub ['${A}', { A: !Ref B }]", { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ["!Join ['', [a, !Ref B]]", { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!If [IsProd, 1, !Ref AWS::NoValue]', { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }],
    ['!And [!Condition A, !Not [!Equals [!Ref B, c]], !Or [!Condition D, !Condition E]]', {
      'Fn::And': [
        { Condition: 'A' }, { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'B' }, 'c'] }] }, { 'Fn::Or': [{ Condition: 'D' }, { Condition: 'E' }] },
      ],
    }],
    ["!Select [0, !GetAZs '']", { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ["!Split [',', !ImportValue List]", { 'Fn::Split': [',', { 'Fn::ImportValue': 'List' }] }],
    ['!FindInMap [A, !Ref AWS::Region, C]', { 'Fn::FindInMap': ['A', { Ref: 'AWS::Region' }, 'C'] }],
    ['!Transform { Name: AWS::Include, Parameters: { Location: x } }', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'x' } } }],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ['!Cidr [10.0.0.0/16, 2, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }],
    ['!Length [1, 2]', { 'Fn::Length': [1, 2] }],
    ['!ToJsonString { a: 1 }', { 'Fn::ToJsonString': { a: 1 } }],
  ])('%s', (short, long) => {
    expect(parseCloudFormationYaml(`Value: ${short}`)).toEqual({ Value: long });
  });

  test('leave versions as text and read booleans as YAML 1.1 does', () => {
    expect(parseCloudFormationYaml('AWSTemplateFormatVersion: 2010-09-09\nA: yes\nB: off')).toEqual({
      AWSTemplateFormatVersion: '2010-09-09', A: true, B: false,
    });
  });

  test('follow anchors', () => {
    expect(parseCloudFormationYaml('A: &a !Ref X\nB: *a')).toEqual({ A: { Ref: 'X' }, B: { Ref: 'X' } });
  });
});

describe('templates', () => {
  const yaml = 'Resources:\n  Inbox:\n    Type: AWS::SQS::Queue\n    Properties:\n      KmsMasterKeyId: !GetAtt Key.Arn\n  Key:\n    Type: AWS::KMS::Key\n';

  test('in YAML and in JSON are judged alike', () => {
    const asJson = { Resources: { Inbox: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } }, Key: { Type: 'AWS::KMS::Key' } } };
    const table = (path: string, content: string | object) => runOn({ [path]: content }, ['check', path]).stdout.replaceAll(path, 'file');
    expect(table('t.yaml', yaml)).toBe(table('t.json', asJson));
    expect(table('t.template', yaml)).toBe(table('t.json', asJson));
    expect(table('t.template', JSON.stringify(asJson))).toBe(table('t.json', asJson));
    expect(linesAbout('QUEUE-CMK', table('t.yaml', yaml))).toEqual([]);
  });

  test('are read with a byte order mark', () => {
    expect(runOn({ 't.json': `\ufeff${JSON.stringify(queueTemplate())}` }, ['check', 't.json']).code).toBe(1);
  });

  test('name resources by file and logical id', () => {
    expect(linesAbout('QUEUE-CMK', runOn({ 't.json': queueTemplate() }, ['check', 't.json']).stdout)).toEqual([
      '  violated  t.json#Inbox  NoKey',
      '    KmsMasterKeyId is not set',
      '  remedy  Set KmsMasterKeyId to the ARN of a customer-managed KMS key.',
    ]);
  });

  test('leave some things to deployment, and the report says which', () => {
    const template = {
      Transform: ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions', { Name: 'AWS::Include' }],
      Resources: {
        'Handler': { Type: 'AWS::Serverless::Function', Properties: {} },
        'Loop': { Type: 'My::Own::Thing::MODULE' },
        'Nested': { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://elsewhere/nested.yaml' } },
        'Fn::ForEach::Queues': ['Name', ['a', 'b'], { '${Name}Queue': { Type: 'AWS::SQS::Queue' } }],
      },
    };
    expect(JSON.parse(runOn({ 't.json': template }, ['check', 't.json', '--format', 'json']).stdout).notes).toEqual([
      "t.json: the resources that 'Fn::ForEach::Queues' makes",
      "t.json: the resources that 'Handler', of type AWS::Serverless::Function, makes",
      "t.json: the resources that 'Loop', of type My::Own::Thing::MODULE, makes",
      "t.json: the template of the nested stack 'Nested', which is another file",
      "t.json: what the macro 'AWS::Include' makes of the template",
      "t.json: what the macro 'AWS::Serverless-2016-10-31' makes of the template",
    ]);
  });

  test('are named in SARIF relative to the working directory', () => {
    const { stdout } = runOn({ '/repo/infra/t.json': queueTemplate() }, ['check', '/repo/infra/t.json', '--format', 'sarif']);
    expect(JSON.parse(stdout).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('infra/t.json');
  });
});

describe('a file that is no template ends with exit code 3 and says', () => {
  test.each<[string, string, string | Uint8Array | object]>([
    ['t.json: the file is empty; a template must have \'Resources\'', 't.json', ' \n'],
    ['t.json: a template must be an object, got a list; correct the template', 't.json', []],
    ['t.json: a template must be an object, got null; correct the template', 't.json', 'null'],
    ["t.json: a template must have 'Resources', an object, got nothing; correct the template", 't.json', {}],
    ["t.json: resource 'A' must be an object with a 'Type', got nothing; correct the template", 't.json', { Resources: { A: {} } }],
    ["t.yaml: a template must have 'Resources', an object, got null; correct the template", 't.yaml', 'Resources:'],
    ['t.json: the file is binary; name a template in JSON or YAML', 't.json', Buffer.from([0x7b, 0, 0x7d])],
    ['t.json: the file is not UTF-8; save it as UTF-8', 't.json', Buffer.from([0x7b, 0xff, 0x7d])],
    ['t.json: values nest deeper than 100 levels; a template must be flatter', 't.json', `${'['.repeat(200)}${']'.repeat(200)}`],
    ['t.json: values nest deeper than 100 levels; a template must be flatter', 't.json', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['t.yaml: values nest deeper than 100 levels; a template must be flatter', 't.yaml', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['t.json: values nest deeper than 64 levels; correct the template', 't.json', queueTemplate({ A: nest(70) })],
    ['t.yaml: the file is not YAML of a template (Unresolved tag: !Foo at line 1, column 4); correct it', 't.yaml', 'A: !Foo x'],
    ['t.yaml: the file is not YAML of a template (Unresolved tag: !Foo at line 1, column 4); correct it', 't.yaml', 'A: !Foo [x]'],
    ['t.yaml: the file is not YAML of a template (Map keys must be unique at line 2, column 1); correct it', 't.yaml', 'A: 1\nA: 2'],
  ])('%s', (message, path, content) => {
    expect(errorOf(path, content)).toBe(message);
  });

  test('without what would write to the terminal', () => {
    expect(errorOf('t.json', { Resources: { '\u001b[2Jgone\u202e': {} } }))
      .toBe("t.json: resource '\\u{1b}[2Jgone\\u{202e}' must be an object with a 'Type', got nothing; correct the template");
  });

  test('where JSON breaks', () => {
    expect(errorOf('t.json', '{\n  "Resources": {} "secret"\n}')).toBe('t.json: the file is not JSON (line 2, column 19); correct it, or synthesize again');
    expect(errorOf('t.json', '{"Resources": }')).toMatch(/^t\.json: the file is not JSON(?: \(line 1, column 15\))?; correct it, or synthesize again$/);
  });

  test('that there is none', () => {
    expect(runOn({}, ['check', 'none.json']).stderr).toBe('cdk-secure-integrations: none.json: there is no such file; check the path\n');
  });

  test('that it is too large, without reading it', () => {
    const files = { stat: () => ({ kind: 'file' as const, bytes: 20 * 1024 * 1024 + 1 }), read: () => { throw new Error('read'); }, write: () => undefined };
    expect(runOn({}, ['check', 't.json'], { files })).toMatchObject({
      code: 3, stderr: 'cdk-secure-integrations: t.json: the file has 20971521 bytes, more than 20971520; split the template into stacks\n',
    });
  });

  test('that it cannot be read', () => {
    const read = () => { throw Object.assign(new Error('no'), { code: 'EACCES' }); };
    expect(runOn({}, ['check', 't.json'], { files: { stat: () => ({ kind: 'file', bytes: 1 }), read, write: () => undefined } }).stderr)
      .toBe('cdk-secure-integrations: t.json: the file cannot be read (EACCES); check its permissions\n');
  });

  test('that it is a device', () => {
    const files = { stat: () => ({ kind: 'other' as const, bytes: 0 }), read: () => Buffer.from(''), write: () => undefined };
    expect(runOn({}, ['check', '/dev/zero'], { files }).stderr)
      .toBe('cdk-secure-integrations: /dev/zero: this is no regular file; name a template or a cloud assembly\n');
  });

  test('that aliases unfold without end', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) lines.push(`a${level}: &a${level} [${Array(9).fill(`*a${level - 1}`).join(', ')}]`);
    expect(errorOf('t.yaml', lines.join('\n')))
      .toBe('t.yaml: the file is not YAML of a template (Excessive alias count indicates a resource exhaustion attack); correct it');
  });

  test('that it contains itself', () => {
    expect(errorOf('t.yaml', 'Resources: &a\n  A: *a\n  B: *a')).toMatch(/^t\.yaml: .*; (correct it|a template must be flatter)$/);
  });
});

describe('whatever a file holds, the answer is a report or one line of error', () => {
  const answers = (path: string, content: string | Uint8Array) => {
    const { code, stdout, stderr } = runOn({ [path]: content }, ['check', path]);
    if (code === 3) {
      expect(stdout).toBe('');
      expect(stderr.startsWith(`cdk-secure-integrations: ${path}: `)).toBe(true);
    } else {
      expect([0, 1]).toContain(code);
      expect(stderr).toBe('');
    }
  };

  test('for bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('t.json', 't.yaml', 't.txt'), (bytes, path) => answers(path, bytes)), { numRuns: 300 });
  });

  test('for text that looks like YAML', () => {
    const token = fc.constantFrom(
      'Resources', 'Type', ':', ': ', '\n', '\n  ', '- ', '&a ', '*a', '!Ref ', '!GetAtt ', '!Sub ', '!If ', '!Foo ', '[', ']', '{', '}', ', ', '"', "'",
      '|', '>', '#', '?', '%', '<<', '---', 'AWS::SQS::Queue', 'Properties', '1', '~', '\t', '__proto__', 'constructor', '@', '`', '\u0085',
    );
    fc.assert(fc.property(fc.array(token, { maxLength: 40 }), (tokens) => answers('t.yaml', tokens.join(''))), { numRuns: 1500 });
  });

  test('for JSON of any shape where a template expects another', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const properties = fc.dictionary(fc.constantFrom('KmsMasterKeyId', 'RedrivePolicy', 'Tags', 'QueueName', '__proto__'), value);
    const resource = fc.oneof(value, fc.record({
      Type: fc.constantFrom('AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::IAM::Role', 'AWS::CloudFormation::Stack'),
      Properties: fc.oneof(value, properties),
      Condition: fc.oneof(value, fc.constant('C')),
      Metadata: value,
    }, { requiredKeys: ['Type'] }));
    const template = fc.oneof(value, fc.record({
      Resources: fc.oneof({ weight: 9, arbitrary: fc.dictionary(fc.string({ maxLength: 6 }), resource, { maxKeys: 4 }) }, value),
      Conditions: fc.oneof(value, fc.dictionary(fc.constantFrom('C', 'D'), value)),
      Outputs: value,
      Mappings: value,
      Parameters: value,
    }, { requiredKeys: ['Resources'] }));
    fc.assert(fc.property(template, (each) => answers('t.json', JSON.stringify(each))), { numRuns: 500 });
  });
});

function nest(levels: number): unknown {
  return levels === 0 ? 'x' : [nest(levels - 1)];
}

describe('what deploys and is not in the template', () => {
  const notesOf = (template: object): string[] =>
    (JSON.parse(runOn({ 't.json': template }, ['check', 't.json', '--format', 'json']).stdout) as { notes: string[] }).notes;

  test('is said of resources of the serverless transform, and of the transform', () => {
    const Resources = { Api: { Type: 'AWS::Serverless::Api' }, A: { Type: 'AWS::Serverless::Function' }, Queue: { Type: 'AWS::SQS::Queue' } };
    expect(notesOf({ Transform: 'AWS::Serverless-2016-10-31', Resources })).toEqual([
      "t.json: the resources that 'A', of type AWS::Serverless::Function, makes",
      "t.json: the resources that 'Api', of type AWS::Serverless::Api, makes",
      "t.json: what the macro 'AWS::Serverless-2016-10-31' makes of the template",
    ]);
  });

  test.each<[string, object, string]>([
    ['a module', { Resources: { M: { Type: 'My::Bucket::Secure::MODULE' } } }, "the resources that 'M', of type My::Bucket::Secure::MODULE, makes"],
    ['a loop', { Resources: { 'Fn::ForEach::Topics': ['Name', ['a'], {}] } }, "the resources that 'Fn::ForEach::Topics' makes"],
    ['an include', { 'Resources': {}, 'Fn::Transform': { Name: 'AWS::Include' } }, "what the macro 'AWS::Include' makes of the template"],
    ['a macro', { Transform: ['AWS::LanguageExtensions', 'Own'], Resources: {} }, "what the macro 'Own' makes of the template"],
  ])('is said of %s', (_what, template, expected) => {
    expect(notesOf(template)).toEqual([`t.json: ${expected}`]);
  });

  test('is nothing in a plain template', () => {
    expect(notesOf({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } })).toEqual([]);
  });

  test('stands in the table, for whoever reads no report', () => {
    expect(runOn({ 't.json': { Resources: { Api: { Type: 'AWS::Serverless::Api' } } } }, ['check', 't.json']).stdout)
      .toContain("Not looked at\n  t.json: the resources that 'Api', of type AWS::Serverless::Api, makes");
  });
});
