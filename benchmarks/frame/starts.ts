import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundled } from './bundled';
import { median, ratios } from './statistics';
import type { Elapsed } from './stopwatch';
import { spread } from './tables';

const ROOT = resolve(__dirname, '..', '..');
const ROUNDS = 9;

/** A handler as it is shipped, an empty one beside it, and what it needs to start. */
export interface Shipped {
  readonly name: string;
  /** Below `assets`. */
  readonly bundle: string;
  /** Below `benchmarks`. */
  readonly empty: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Handlers as they are shipped, against ones that make the same clients and do nothing; Markdown. Compiled code is in `directory`. */
export function startsOf(handlers: readonly Shipped[], directory: string): string {
  const rows = handlers.map(({ name, bundle, empty: path, environment }) => {
    const [ours, empty] = [join(ROOT, 'assets', bundle, 'index.js'), bundled(path, directory)];
    const times = { ours: [] as number[], empty: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const inTurn = [['ours', ours], ['empty', empty]] as const;
      for (const [which, file] of round % 2 === 0 ? inTurn : [...inTurn].reverse()) times[which].push(startOf(directory, file, environment).cpu);
    }
    const [bytes, least] = [statSync(ours).size, statSync(empty).size];
    return [name, `${(bytes / 1024).toFixed(0)} KiB`, (bytes / least).toFixed(2), `${median(times.ours).toFixed(1)} ms`, spread(ratios(times.ours, times.empty))];
  });
  return `Size and CPU time to load of the bundles as they are shipped, against a handler that has the same clients and calls, and does nothing.

${table(['handler', 'size', 'ratio', 'load', 'ratio'], rows)}
`;
}

function startOf(directory: string, bundle: string, environment: Readonly<Record<string, string>>): Elapsed {
  const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', AWS_REGION: 'eu-west-1', ...environment };
  return JSON.parse(execFileSync(process.execPath, [join(directory, 'benchmarks', 'frame', 'start.js'), bundle], { encoding: 'utf8', env })) as Elapsed;
}

/** A table of Markdown, whose first column is text. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map((_, index) => index < 1 ? '---' : '---:'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
