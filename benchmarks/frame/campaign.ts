import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Reading } from './measure';

/** Readings of one process. */
export interface Sample {
  readonly measure: string;
  readonly contender: string;
  readonly apis: number;
  readonly round: number;
  readonly readings: readonly Reading[];
}

/** What to measure. */
export interface Campaign {
  /** Names of measures, each with how often it is taken. */
  readonly measures: ReadonlyArray<{ readonly name: string; readonly rounds: number }>;
  readonly contenders: readonly string[];
  readonly sizes: readonly number[];
}

/** Takes every measure, one process after the other. */
export function run({ measures, contenders, sizes }: Campaign, take: (measure: string, contender: string, apis: number) => Reading[]): Sample[] {
  const samples: Sample[] = [];
  for (const { name: measure, rounds } of measures) {
    for (let round = 0; round < rounds; round++) {
      // Contenders take turns, and the first of one round is the last of the next, so that a machine that gets busier slows all of them.
      const inTurn = round % 2 === 0 ? contenders : [...contenders].reverse();
      for (const apis of sizes) {
        for (const contender of inTurn) samples.push({ measure, contender, apis, round, readings: take(measure, contender, apis) });
      }
    }
  }
  return samples;
}

/** Takes a measure in a process of its own, of code that `compile` put into a directory. */
export function takeInChild(directory: string, measure: string, contender: string, apis: number): Reading[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(directory, 'benchmarks', 'frame', 'child.js'), measure, contender, String(apis)], {
    encoding: 'utf8',
    // The CDK's own validation starts an engine that costs more than what is measured.
    env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet', NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`${measure} of ${contender} with ${apis} APIs failed:\n${stderr}`);
  return JSON.parse(stdout) as Reading[];
}
