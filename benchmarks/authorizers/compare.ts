import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { Situation, standIn } from './stand-in';
import { bundled } from '../frame/bundled';
import { Sample } from '../frame/campaign';
import { Figures } from '../frame/figures';
import { Reading } from '../frame/measure';
import { quantity, spread } from '../frame/tables';

const ROOT = resolve(__dirname, '..', '..');
const ROUNDS = 7;

/** An authorizer, and a handler that does the least that the same client libraries allow. */
interface Pair { readonly title: string; readonly ours: string; readonly bare: string; readonly situation: Situation }

/** Compares each authorizer with a bare handler, in Markdown. Compiled code is in `directory`. */
export async function compareAuthorizers(directory: string): Promise<string> {
  const around = await standIn(directory);
  try {
    const pairs: Pair[] = [
      { title: 'Access tokens', ours: shipped('oidc-authorizer'), bare: bundled('authorizers/bare-oidc', directory), situation: around.oidc },
      { title: 'Scoped keys', ours: shipped('bearer-key-authorizer'), bare: bundled('authorizers/bare-bearer-key', directory), situation: around.bearerKey },
    ];
    const rows: string[][] = [];
    for (const pair of pairs) rows.push(...rowsOf(pair.title, await samplesOf(pair, directory)));
    return table(rows);
  } finally {
    await around.stop();
  }
}

/** Takes turns, so that a machine that gets busier slows both. */
async function samplesOf({ ours, bare, situation }: Pair, directory: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const inTurn = [{ contender: 'ours', bundle: ours }, { contender: 'bare', bundle: bare }];
    for (const { contender, bundle } of round % 2 === 0 ? inTurn : inTurn.reverse()) {
      samples.push({ measure: 'authorizer', contender, apis: 1, round, readings: await takeInChild(directory, bundle, situation) });
    }
  }
  return samples;
}

/** In a process of its own, while this one serves what the bundle asks for. */
async function takeInChild(directory: string, bundle: string, { environment, event }: Situation): Promise<Reading[]> {
  const child = spawn(process.execPath, [join(directory, 'benchmarks', 'authorizers', 'child.js'), bundle], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example-secret',
      ...environment,
    },
  });
  child.stdin.end(JSON.stringify(event));
  let text = '';
  child.stdout.on('data', (chunk) => { text += String(chunk); });
  const [status] = await once(child, 'close') as [number | null];
  if (status !== 0) throw new Error(`${bundle} ended with exit code ${status}`);
  return JSON.parse(text) as Reading[];
}

function shipped(name: string): string {
  return join(ROOT, 'assets', 'api', name, 'index.js');
}

function rowsOf(title: string, samples: readonly Sample[]): string[][] {
  return Figures.of(samples).map((figures, index) => {
    const [ours, bare] = ['ours', 'bare'].map((contender) => quantity(figures.usual(contender, 1), figures.reading.unit));
    return [index === 0 ? title : '', figures.reading.name, ours, bare, spread(figures.ratio('ours', 'bare', 1))];
  });
}

function table(rows: readonly string[][]): string {
  const header = [['', '', 'this library', 'bare handler', 'ratio'], ['---', '---', '---:', '---:', '---:']];
  return `## Authorizers
The bundles as they are shipped, each with a good credential of a consumer, against a handler that does the least with the same libraries: verifies
a token with \`aws-jwt-verify\`, or reads a row of DynamoDB and verifies a MAC by KMS. Cold start: from the first line of the bundle to its
first answer, connections included. Decision: any later answer. Issuer and AWS are on loopback, so that the network is in no figure. Median of
${ROUNDS} rounds.

${[...header, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
