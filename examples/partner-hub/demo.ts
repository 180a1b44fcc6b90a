import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hubApp } from './app';
import { run } from '../../src/cli/run';
import { systemPorts } from '../../src/cli/system-ports';
import { AS_OF } from '../shared/checked-app';

const ROOT = join(__dirname, '../..');
const OUTPUT = relative(process.cwd(), join(ROOT, 'reports/partner-hub'));
const ASSEMBLY = join(OUTPUT, 'cdk.out');

rmSync(OUTPUT, { recursive: true, force: true });

console.log('Synthesizing the hub, under this policy and six packs of cdk-nag ...');
hubApp({ outdir: ASSEMBLY }).synth(); // throws where a pack has a finding

console.log('\nChecking what would be deployed ...\n');
const checked = run(systemPorts(['check', ASSEMBLY, '--as-of', AS_OF]));
const reported = run(systemPorts(['report', ASSEMBLY, '--output', OUTPUT, '--as-of', AS_OF]));
process.exitCode = Math.max(checked, reported);
