// Runs one proof, or lists and runs them all: `run.ts [name] [args]`.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Proof, runProofs } from './proof';

const NOT_A_PROOF = ['proof.ts', 'run.ts'];

// A proof is loaded only when it runs; import() would look for an ES module.
const load = createRequire(__filename);

async function main([wanted, ...args]: readonly string[]): Promise<number> {
  const files = readdirSync(__dirname).filter((file) => /^[a-z-]+\.ts$/.test(file) && !NOT_A_PROOF.includes(file));
  const names = files.map((file) => file.slice(0, -'.ts'.length));
  if (wanted !== undefined && !names.includes(wanted)) throw new Error(`there is no proof '${wanted}'; there is ${names.join(', ')}`);
  return runProofs(
    wanted === undefined ? names : [wanted],
    (name) => (load(join(__dirname, `${name}.ts`)) as { proof: Proof }).proof,
    args,
    (line) => console.log(line),
  );
}

main(process.argv.slice(2)).then((code) => { process.exitCode = code; }, (error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
