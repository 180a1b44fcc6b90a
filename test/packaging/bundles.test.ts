import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildSync, Metafile } from 'esbuild';

interface Checks {
  readonly DEFAULT_BUDGET: number;
  readonly EXCEPTIONS: Readonly<Record<string, { readonly bytes: number; readonly because: string }>>;
  duplicatePackages(metafile: Pick<Metafile, 'inputs'>): string[];
  overBudget(file: string, bytes: number): string[];
}

const ROOT = resolve(__dirname, '../..');
const { DEFAULT_BUDGET, EXCEPTIONS, duplicatePackages, overBudget } = jest.requireActual<Checks>('../../scripts/bundle-checks.cjs');
const { thirdPartyText } = jest.requireActual<{ thirdPartyText(folders: Iterable<string>, root: string): string }>('../../scripts/third-party.cjs');
const ORDER_INTAKE = 'examples/partner-hub/assets/order-intake/index.js';

/** Files of a folder, relative to it; none if there is no such folder. */
function filesIn(folder: string): string[] {
  return existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }) : [];
}

/** The bundle of every handler, relative to the root. */
function bundles(): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).map((example) => ({ from: `examples/${example}/runtime`, to: `examples/${example}/assets` }));
  return [{ from: 'src/runtime', to: 'assets' }, ...examples].flatMap(({ from, to }) => filesIn(from)
    .filter((file) => file.endsWith('.lambda.ts'))
    .map((file) => `${to}/${file.replace(/\.lambda\.ts$/, '')}/index.js`));
}

/** What esbuild says it bundled from these files, of which `entry.js` is the first. */
function metafileOf(files: Record<string, string>): Metafile {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return buildSync({ absWorkingDir: folder, entryPoints: ['entry.js'], bundle: true, write: false, metafile: true, logLevel: 'silent' }).metafile;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the bundles', () => {
  test('are those of the handlers', () => {
    expect(filesIn('assets').filter((file) => file.endsWith('.js')).map((file) => `assets/${file}`).sort())
      .toEqual(bundles().filter((file) => file.startsWith('assets/')).sort());
    expect(bundles()).toEqual(expect.arrayContaining(['assets/api/oidc-authorizer/index.js', ORDER_INTAKE]));
  });

  test.each(bundles())('%s is within its budget', (file) => {
    expect(overBudget(file, statSync(join(ROOT, file)).size)).toEqual([]);
  });

  test('that have a budget of their own need it, and say why', () => {
    for (const [file, { bytes, because }] of Object.entries(EXCEPTIONS)) {
      expect(statSync(join(ROOT, file)).size).toBeGreaterThan(DEFAULT_BUDGET);
      expect(bytes).toBeLessThan(2 * statSync(join(ROOT, file)).size);
      expect(because.length).toBeGreaterThan(20);
    }
  });

  test('of the package carry no path of the machine that made them', () => {
    for (const file of bundles()) expect(readFileSync(join(ROOT, file), 'utf8')).not.toContain(ROOT);
  });
});

describe('a budget', () => {
  test('is 150 kB, unless it is stated', () => {
    expect(overBudget('assets/api/new/index.js', 150_000)).toEqual([]);
    expect(overBudget('assets/api/new/index.js', 150_001)).toEqual(['has 150001 bytes, of 150000 that it may have']);
    expect(overBudget(ORDER_INTAKE, 150_001)).toEqual([]);
    expect(overBudget(ORDER_INTAKE, 500_001)).toEqual(['has 500001 bytes, of 500000 that it may have']);
  });
});

describe('a package that is bundled twice', () => {
  test('is found, with both places', () => {
    const metafile = metafileOf({
      'entry.js': "import '@scope/a'; import 'b';",
      'node_modules/@scope/a/index.js': "import 'b'; console.log('a');",
      'node_modules/@scope/a/node_modules/b/index.js': "console.log('b 1');",
      'node_modules/b/index.js': "console.log('b 2');",
    });
    expect(duplicatePackages(metafile)).toEqual(['bundles b more than once: node_modules/@scope/a/node_modules/b, node_modules/b']);
  });

  test('is not one whose files come from one place', () => {
    const metafile = metafileOf({
      'entry.js': "import '@scope/a'; import '@scope/b'; import './lib/b';",
      'lib/b.js': "console.log('ours');",
      'node_modules/@scope/a/index.js': "import './more'; import '@scope/b'; console.log('a');",
      'node_modules/@scope/a/more.js': "console.log('more');",
      'node_modules/@scope/b/index.js': "console.log('b');",
    });
    expect(duplicatePackages(metafile)).toEqual([]);
  });
});

describe('the text that says whose work is in the bundles', () => {
  test('ships with them, and has the licence of what verifies tokens', () => {
    const text = readFileSync(join(ROOT, 'assets/THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect(text).toMatch(/^aws-jwt-verify \d+\.\d+\.\d+ \(Apache-2\.0\)$/m);
    expect(text).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
  });

  /** Folders of a root with packages, each of a licence and perhaps a file that says so. */
  function textOf(packages: Record<string, { readonly license?: string; readonly LICENSE?: string }>): string {
    const root = mkdtempSync(join(tmpdir(), 'licences-'));
    try {
      for (const [name, { license, LICENSE }] of Object.entries(packages)) {
        mkdirSync(join(root, name));
        writeFileSync(join(root, name, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
        if (LICENSE !== undefined) writeFileSync(join(root, name, 'LICENSE'), LICENSE);
      }
      return thirdPartyText(Object.keys(packages), root);
    } finally {
      rmSync(root, { recursive: true });
    }
  }

  test('has equal texts once', () => {
    expect(textOf({ b: { license: 'MIT', LICENSE: 'as it is' }, a: { license: 'MIT', LICENSE: 'as it is' } }))
      .toMatch(/a 1\.0\.0 \(MIT\)\nb 1\.0\.0 \(MIT\)\n\nas it is\n$/);
  });

  test('quotes the package where it has no licence file, and refuses one that says nothing', () => {
    expect(textOf({ a: { license: 'MIT' } })).toContain('MIT, as its package.json says');
    expect(() => textOf({ a: {} })).toThrow('a says nothing of its licence');
  });
});
