// Compares the library with other ways to build the same, prints the results and writes them to RESULTS.md: `run.ts`.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareAuthorizers } from './authorizers/compare';
import { requireAgreement } from './frame/agreement';
import { run, takeInChild } from './frame/campaign';
import { compile } from './frame/compile';
import { Contender } from './frame/contender';
import { conditions, loadAverage } from './frame/machine';
import { Measure } from './frame/measure';
import { page } from './frame/results';
import { compareSftp } from './sftp/compare';
import { compareWebhooks } from './webhooks/compare';

const SIZES = [1, 10, 50];
const SUBJECT = 'this-library';
const BASELINE = 'plain-l2';

type Named<T> = T & { readonly name: string };

/** What the files of a folder export under a name, from where they were compiled to. */
function exportsOf<T>(directory: string, folder: string, exported: string): Array<Named<T>> {
  const load = createRequire(join(directory, 'benchmarks', 'run.js'));
  return readdirSync(join(__dirname, folder)).filter((file) => file.endsWith('.ts')).sort()
    .map((file) => file.slice(0, -'.ts'.length))
    .map((name) => ({ name, ...(load(`./${folder}/${name}`) as Record<string, T>)[exported] }));
}

/** The library first, then what it is compared with, then the others. */
function inOrder(contenders: ReadonlyArray<Named<Contender>>): Array<Named<Contender>> {
  const first = [SUBJECT, BASELINE];
  return [
    ...first.flatMap((wanted) => contenders.filter(({ name }) => name === wanted)),
    ...contenders.filter(({ name }) => !first.includes(name)),
  ];
}

async function bench(directory: string): Promise<string> {
  const [started, loadBefore] = [new Date(), loadAverage()];
  compile(directory);
  const measures = exportsOf<Measure>(directory, 'measures', 'measure');
  const contenders = inOrder(exportsOf<Contender>(directory, 'contenders', 'contender'));

  const samples = run(
    { measures, contenders: contenders.map(({ name }) => name), sizes: SIZES },
    (measure, contender, apis) => takeInChild(directory, measure, contender, apis),
  );
  for (const { name, sameResources } of contenders) if (sameResources) requireAgreement(samples, name, BASELINE);
  const layout = { titles: new Map(contenders.map(({ name, title }) => [name, title])), baseline: BASELINE, sizes: SIZES };
  const authorizers = await compareAuthorizers(directory);
  return `${page(samples, measures, layout, conditions(started, loadBefore))}\n${authorizers}\n${compareWebhooks(directory)}\n${compareSftp(directory)}`;
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'benchmarks-'));
  try {
    const results = await bench(directory);
    console.log(results);
    writeFileSync(join(__dirname, 'RESULTS.md'), results);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

void main();
