import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '../..');

/** What a README has a function import of the package: a module that is compiled to where it says. */
const IMPORTED = /cdk-secure-integrations\/(lib\/[^']+)/g;

/** Blocks of READMEs that are marked js: those marked ts are infrastructure, and compiled for other languages. */
const BLOCKS = readdirSync(join(ROOT, 'src')).map((room) => `src/${room}/README.md`).filter((file) => existsSync(join(ROOT, file)))
  .flatMap((file) => [...textOf(file).matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => ({ file, code })));

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

describe.each(BLOCKS)('what functions import of the package, in $file', ({ code }) => {
  const modules = [...code.matchAll(IMPORTED)].map(([, path]) => path);

  test('is a module that the package is checked to have', () => {
    expect(modules).not.toEqual([]);
    const [, required] = /^const REQUIRED = \[(.*)\];$/m.exec(textOf('scripts/check-package.mjs'))!;
    for (const path of modules) expect(required).toContain(`'${path}.js'`);
  });

  test('is there, under the names that are imported, and can be bundled', () => {
    const alias = Object.fromEntries(modules.map((path) => [`cdk-secure-integrations/${path}`, join(ROOT, path.replace(/^lib/, 'src'))]));
    const stdin = { contents: code, resolveDir: ROOT };
    const { warnings, outputFiles } = buildSync({ stdin, alias, bundle: true, write: false, platform: 'node', external: ['@aws-sdk/*'], logLevel: 'silent' });
    expect(warnings).toEqual([]);
    expect(outputFiles[0].text).toContain('InProgress');
  });
});

test('the wrapper of consumers is shown where webhooks are described', () => {
  expect(BLOCKS.map(({ file }) => file)).toContain('src/webhooks/README.md');
});
