import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';
import { MAY_IMPORT, requireKnownRooms } from '../../projenrc/room-boundaries';

const ROOT = resolve(__dirname, '../..');

/** Lints text as if it stood in a room, with the boundary rules of the generated configuration. */
async function lint(room: string, code: string): Promise<string[]> {
  const config = JSON.parse(readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*$/m, '')) as any;
  const eslint = new LegacyESLint({
    cwd: ROOT,
    useEslintrc: false,
    overrideConfig: {
      parser: '@typescript-eslint/parser',
      parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
      plugins: ['import'],
      settings: config.settings,
      rules: { 'import/no-restricted-paths': config.rules['import/no-restricted-paths'] },
      overrides: config.overrides.filter((override: any) => override.rules['no-restricted-imports']),
    },
  });
  const [result] = await eslint.lintText(code, { filePath: join(ROOT, 'src', room, 'some-file.ts') });
  return result.messages.map((message: { message: string }) => message.message);
}

test.each([
  ['report', "import { check } from '../rules';", 'report must not import rules (ADR 0001)'],
  ['policy', "import { LandingBucket } from '../storage';", 'policy must not import storage (ADR 0001)'],
  ['compliance', "import { Waiver } from '../core';", 'compliance must not import core (ADR 0001)'],
  ['foundation', "import { LandingBucket } from '../storage';", 'foundation must not import storage (ADR 0001)'],
])('%s may not write %s', async (room, code, message) => {
  expect((await lint(room, code)).join('\n')).toContain(message);
});

test.each(['rules', 'report', 'cli', 'compliance', 'runtime'])('%s may not import the CDK', async (room) => {
  expect((await lint(room, "import { Stack } from 'aws-cdk-lib';\nimport { Construct } from 'constructs';"))).toHaveLength(2);
});

test('an arrow of the table passes', async () => {
  expect(await lint('storage', "import { Foundation } from '../foundation';")).toEqual([]);
});

test('a room that the table does not know stops the generation of the project', () => {
  const src = mkdtempSync(join(tmpdir(), 'rooms-'));
  mkdirSync(join(src, 'cellar'));
  expect(() => requireKnownRooms(src))
    .toThrow('src/cellar is not in the room table; add it to MAY_IMPORT in projenrc/room-boundaries.ts with an ADR');
});

test('no arrow leads into runtime, save from the command line (ADR 0027)', () => {
  expect(Object.keys(MAY_IMPORT).filter((room) => MAY_IMPORT[room].includes('runtime'))).toEqual(['cli']);
});
