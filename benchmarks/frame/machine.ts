import { readFileSync } from 'node:fs';
import * as os from 'node:os';

/** What figures depend on beside the code, as a list in Markdown. */
export function conditions(started: Date, loadBefore: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/package.json'), 'utf8')) as { version: string };
  const minutes = (Date.now() - started.getTime()) / 60_000;
  return [
    `- ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${(os.totalmem() / 1024 ** 3).toFixed(0)} GiB of memory`,
    // What follows the number is the builder's own.
    `- ${os.type()} ${os.release().split('-')[0]}, ${os.arch()}`,
    `- Node.js ${process.versions.node}, aws-cdk-lib ${version}`,
    `- ${started.toISOString().slice(0, 10)}, in ${minutes.toFixed(1)} minutes; processes that wanted a core: ${loadBefore} before, ${loadAverage()} at the end, one of them the benchmark`,
  ].join('\n');
}

/** How many processes wanted a core in the last minute. */
export function loadAverage(): string {
  return os.loadavg()[0].toFixed(1);
}
