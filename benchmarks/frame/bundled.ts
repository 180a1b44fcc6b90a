import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '..', '..');

/** Bundles a handler of the benchmark as `scripts/bundle.mjs` bundles what is shipped; its path is below `benchmarks`. */
export function bundled(path: string, directory: string): string {
  const outfile = join(directory, `${path}.js`);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, 'benchmarks', `${path}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
  });
  return outfile;
}
