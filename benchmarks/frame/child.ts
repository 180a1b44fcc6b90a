// Takes one measure of one contender in this process, which does nothing else, and writes it as JSON: `child.js <measure> <contender> <apis>`.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contender } from './contender';
import { Measure } from './measure';

const load = createRequire(__filename);
const [measureName, contenderName, apis] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), 'cdk-'));
try {
  const { measure } = load(`../measures/${measureName}`) as { measure: Measure };
  const readings = measure.take({
    apis: Number(apis),
    outdir,
    load: () => (load(`../contenders/${contenderName}`) as { contender: Contender }).contender,
  });
  process.stdout.write(JSON.stringify(readings));
} finally {
  rmSync(outdir, { recursive: true });
}
