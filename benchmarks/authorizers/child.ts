// Starts a bundle in this process, which does nothing else, has it decide on the event on standard input, and writes the times as JSON: `child.js <bundle>`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Reading } from '../frame/measure';
import { stopwatch } from '../frame/stopwatch';

type Handler = (event: unknown) => Promise<{ readonly policyDocument: { readonly Statement: ReadonlyArray<{ readonly Effect: string }> } }>;

/** Decisions before the ones that count, so that the code is compiled and connections are open. */
const WARM_UP = 200;
const DECISIONS = 500;

async function decide(handler: Handler, event: unknown): Promise<void> {
  const { policyDocument } = await handler(event);
  if (policyDocument.Statement[0].Effect !== 'Allow') throw new Error('the authorizer must let the request in, and did not');
}

async function take(bundle: string, event: unknown): Promise<Reading[]> {
  const cold = stopwatch();
  const { handler } = createRequire(__filename)(bundle) as { handler: Handler };
  await decide(handler, event);
  const started = cold();

  for (let round = 0; round < WARM_UP; round++) await decide(handler, event);
  const warm = stopwatch();
  for (let round = 0; round < DECISIONS; round++) await decide(handler, event);
  const decided = warm();
  return [
    { name: 'CPU time of the cold start', unit: 'ms', value: started.cpu },
    { name: 'Wall time of the cold start', unit: 'ms', value: started.wall },
    { name: 'CPU time of a decision', unit: 'ms', value: decided.cpu / DECISIONS },
    { name: 'Wall time of a decision', unit: 'ms', value: decided.wall / DECISIONS },
  ];
}

void take(process.argv[2], JSON.parse(readFileSync(0, 'utf8'))).then((readings) => process.stdout.write(JSON.stringify(readings), () => process.exit()));
