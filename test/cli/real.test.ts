import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { run, systemPorts } from '../../src/cli';
import { LIMIT_METADATA, WAIVER_METADATA } from '../../src/compliance';
import * as limits from '../../src/private';

let directory: string;

beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'check-')); });
afterEach(() => rmSync(directory, { recursive: true }));

function runHere(...argv: string[]): { code: number; stdout: string; stderr: string } {
  let [stdout, stderr] = ['', ''];
  const code = run({ ...systemPorts(argv), stdout: (text) => { stdout += text; }, stderr: (text) => { stderr += text; } });
  return { code, stdout, stderr };
}

test('an assembly as the CDK writes it gives up its stacks, construct paths, waivers and acknowledgements', () => {
  const app = new App({ outdir: join(directory, 'cdk.out') });
  const stack = new Stack(app, 'One', { env: { account: '111122223333', region: 'eu-west-1' } });
  const waived = new sqs.Queue(stack, 'Waived');
  waived.node.addMetadata(WAIVER_METADATA, { control: 'QUEUE-CMK', reason: 'the vendor cannot use our key yet', owner: 'edi-team', expires: '2026-12-31' });
  limits.recordLimit(waived, 'QUEUE-CMK', 'the vendor keeps a copy that our key does not encrypt');
  new sqs.Queue(new NestedStack(stack, 'Nested'), 'Inner');
  const acknowledged = new sqs.Queue(new Stack(new Stage(app, 'Prod'), 'Two'), 'Acknowledged');
  Validations.of(acknowledged).acknowledge({ id: 'cdk-secure-integrations::QUEUE-CMK[NoKey]', reason: 'fine' });
  app.synth();

  const { code, stdout } = runHere('check', join(directory, 'cdk.out'), '--format', 'json', '--as-of', '2026-06-15');
  const report = JSON.parse(stdout);
  const control = report.controls.find((each: { id: string }) => each.id === 'QUEUE-CMK');
  expect(code).toBe(1);
  expect(control.violations.map((each: { resource: string }) => each.resource)).toEqual(['One/Nested/Inner/Resource', 'Prod/Two/Acknowledged/Resource']);
  expect(control.waived.map((each: { resource: string }) => each.resource)).toEqual(['One/Waived/Resource']);
  expect(report.discipline.map((each: { rule: string; constructPath: string }) => `${each.rule} ${each.constructPath}`))
    .toEqual(['ACKNOWLEDGEMENT-BYPASS Prod/Two/Acknowledged']);
  expect(report.limits).toEqual([{ constructPath: 'One/Waived', control: 'QUEUE-CMK', text: 'the vendor keeps a copy that our key does not encrypt' }]);
  expect(report.notes).toEqual([]);
});

test('limits have one name, in the catalog and where constructs record them', () => {
  expect(limits.LIMIT_METADATA).toBe(LIMIT_METADATA);
});

test('files are written with the directories on the way to them', () => {
  writeFileSync(join(directory, 't.json'), '{"Resources":{}}');
  expect(runHere('report', join(directory, 't.json'), '--output', join(directory, 'a', 'b')).code).toBe(0);
  expect(readdirSync(join(directory, 'a', 'b')).sort()).toEqual(['report.html', 'report.json', 'report.md', 'report.sarif']);
});

test('a path that no file system takes is bad input', () => {
  expect(runHere('check', 'a\0b').code).toBe(3);
  expect(runHere('check', '/dev/null').stderr).toContain('/dev/null: this is no regular file; name a template or a cloud assembly');
});

test('the program runs the arguments of its process, and knows its version and the day', () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { argv } = process;
  process.argv = ['node', 'main.js', '--version'];
  jest.isolateModules(() => { jest.requireActual('../../src/cli/main'); });
  process.argv = argv;
  expect(write.mock.calls).toEqual([[`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`]]);
  expect(process.exitCode).toBe(0);
  expect(systemPorts([]).today()).toMatch(/^20\d\d-\d\d-\d\d$/);
  write.mockRestore();
});
