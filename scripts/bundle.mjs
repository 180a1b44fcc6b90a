// Bundles every handler, `<name>.lambda.ts`, into `<out>/<room>/<name>/index.js`; fails on one that has a package twice or exceeds its budget.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { duplicatePackages, overBudget, packageOf } from './bundle-checks.cjs';
import { thirdPartyText } from './third-party.cjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SUFFIX = '.lambda.ts';

/** Handlers of the package go to `assets/`, which is shipped; those of an example stay with the example. */
const SOURCES = [
  { from: 'src/runtime', to: 'assets' },
  ...readdirSync(path.join(ROOT, 'examples')).map((name) => ({ from: `examples/${name}/runtime`, to: `examples/${name}/assets` })),
];

for (const { from, to } of SOURCES) {
  if (!existsSync(path.join(ROOT, from))) continue;
  rmSync(path.join(ROOT, to), { recursive: true, force: true });
  const bundled = new Set();
  const handlers = readdirSync(path.join(ROOT, from), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(SUFFIX)).sort();
  for (const handler of handlers) {
    const outfile = path.join(ROOT, to, handler.slice(0, -SUFFIX.length), 'index.js');
    mkdirSync(path.dirname(outfile), { recursive: true });
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [path.join(from, handler)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs', // same size as ESM and quicker to start
      mainFields: ['module', 'main'], // the SDK's ES modules shake; its CommonJS ones do not
      minify: true,
      legalComments: 'none',
      metafile: true,
      logLevel: 'warning',
    });
    for (const { folder } of Object.keys(metafile.inputs).map(packageOf).filter(Boolean)) bundled.add(folder);
    const bytes = statSync(outfile).size;
    const bundle = path.relative(ROOT, outfile);
    console.log(`${bundle}: ${(bytes / 1024).toFixed(1)} KiB`);
    for (const complaint of [...duplicatePackages(metafile), ...overBudget(bundle, bytes)]) {
      console.error(`${bundle} ${complaint}`);
      process.exitCode = 1;
    }
  }
  // What is published with the package has to say whose work is in it (Apache License 2.0, 4; MIT License).
  if (to === 'assets') writeFileSync(path.join(ROOT, to, 'THIRD-PARTY-LICENSES.txt'), thirdPartyText(bundled, ROOT));
}
