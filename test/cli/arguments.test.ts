import { queueTemplate, runOn } from './memory';
import { HELP } from '../../src/cli/help';

const FILES = { 'template.json': queueTemplate(), 'topic.json': { Resources: {} } };

describe('wrong usage ends with exit code 2 and says', () => {
  test.each([
    [[], "a command must be given, got none; use 'check', 'report' or 'webhook'"],
    [['scan', 'x'], "a command must be 'check', 'report' or 'webhook', got 'scan'; see --help"],
    [['check'], "'check' must be given a path, got none; name a cloud assembly (cdk.out) or a template"],
    [['report'], "'report' must be given a path, got none; name a cloud assembly (cdk.out) or a template"],
    [['check', 'a', 'b'], "'check' must be given one path, got 2; check each assembly on its own"],
    [['check', 'a', '--format', 'pdf'], "--format must be one of table, json, markdown, sarif, html, got 'pdf'; see --help"],
    [['check', 'a', '--fail-on', 'High'], "--fail-on must be one of critical, high, medium, low, got 'High'; see --help"],
    [['check', 'a', '--as-of', '2026-02-30'], "--as-of must be a day, YYYY-MM-DD, got '2026-02-30'; write for example 2027-06-30"],
    [['check', 'a', '--output', ''], "--output must be a path, got ''; leave it out or name one"],
    [['report', 'a', '--format', 'json'], "--format must stand with 'check', got 'report'; leave it out"],
    [['report', 'a', '--fail-on', 'low'], "--fail-on must stand with 'check', got 'report'; leave it out"],
  ])('%j: %s', (argv, message) => {
    expect(runOn(FILES, argv)).toEqual({ code: 2, stdout: '', stderr: `cdk-secure-integrations: ${message}\n`, written: {} });
  });

  test.each([[['check', 'a', '--fast']], [['check', 'a', '--format']], [['check', 'a', '--no-color=yes']]])('%j: see --help', (argv) => {
    const { code, stderr } = runOn(FILES, argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^cdk-secure-integrations: [^\n]*; see --help\n$/);
  });
});

test.each([[['--help']], [['-h']], [['check', '--help']]])('%j prints the help', (argv) => {
  expect(runOn(FILES, argv)).toEqual({ code: 0, stdout: HELP, stderr: '', written: {} });
});

test('--version prints the version', () => {
  expect(runOn(FILES, ['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '', written: {} });
});

describe('exit codes of check', () => {
  test('1 where a finding is open', () => {
    expect(runOn(FILES, ['check', 'template.json']).code).toBe(1);
  });

  test('0 where nothing is', () => {
    expect(runOn(FILES, ['check', 'topic.json'])).toEqual({
      code: 0,
      stdout: 'topic.json: 0 resources under 0 controls\n  compliant 0   violated 0   cannot tell 0   waived 0   not applicable 0\n  no open finding\n',
      stderr: '',
      written: {},
    });
  });

  test('0 where findings are milder than --fail-on', () => {
    expect(runOn(FILES, ['check', 'template.json', '--fail-on', 'critical']).code).toBe(0);
    expect(runOn(FILES, ['check', 'template.json', '--fail-on', 'high']).code).toBe(1);
  });
});

describe('output', () => {
  test.each([
    ['table', /^HIGH +QUEUE-CMK/m], ['json', /^\{\n {2}"schemaVersion": 1,/], ['markdown', /^# Security posture of template.json/],
    ['sarif', /"version": "2.1.0"/], ['html', /^<!doctype html>/],
  ])('--format %s writes it', (format, expected) => {
    expect(runOn(FILES, ['check', 'template.json', '--format', format]).stdout).toMatch(expected);
  });

  test('--output writes to the file and says where', () => {
    expect(runOn(FILES, ['check', 'template.json', '--format', 'sarif', '--output', 'out/x.sarif'])).toMatchObject({
      code: 1, stdout: '', stderr: 'wrote out/x.sarif\n', written: { 'out/x.sarif': expect.stringContaining('"1.2.3"') },
    });
  });

  test('is coloured only on a terminal, without --no-color and without --output', () => {
    const coloured = (...argv: string[]) => {
      const { stdout, written } = runOn(FILES, ['check', 'template.json', ...argv], { colour: true });
      return /\u001b\[/.test(stdout + Object.values(written).join(''));
    };
    expect([coloured(), coloured('--no-color'), coloured('--output', 'x'), coloured('--format', 'json')]).toEqual([true, false, false, false]);
  });

  test('says what cannot be written', () => {
    const write = () => { throw Object.assign(new Error('no'), { code: 'EACCES' }); };
    const files = { stat: () => ({ kind: 'file' as const, bytes: 2 }), read: () => Buffer.from('{"Resources":{}}'), write };
    expect(runOn({}, ['check', 'x.json', '--output', '/out'], { files })).toMatchObject({
      code: 3, stderr: 'cdk-secure-integrations: /out: the file cannot be written (EACCES); name a place where files can be made\n',
    });
  });
});

describe('report', () => {
  test('writes four files, says where, and ends with 0 whatever it found', () => {
    const { code, stderr, stdout, written } = runOn(FILES, ['report', 'template.json', '--output', 'audit', '--as-of', '2026-01-01']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe('wrote audit/report.html\nwrote audit/report.md\nwrote audit/report.json\nwrote audit/report.sarif\n');
    expect(Object.keys(written)).toEqual(['audit/report.html', 'audit/report.md', 'audit/report.json', 'audit/report.sarif']);
    expect(JSON.parse(written['audit/report.json'])).toMatchObject({ subject: 'template.json', asOf: '2026-01-01' });
  });

  test("goes to 'reports' by default", () => {
    expect(Object.keys(runOn(FILES, ['report', 'template.json']).written)[0]).toBe('reports/report.html');
  });

  test('is the same at every run', () => {
    const written = () => runOn(FILES, ['report', 'template.json']).written;
    expect(written()).toEqual(written());
  });
});

test('an error of the program itself is thrown, not reported as bad input', () => {
  expect(() => runOn(FILES, ['check', 'template.json'], { today: () => { throw new Error('no clock'); } })).toThrow('no clock');
});
