import { Measure } from '../frame/measure';
import { timed } from '../frame/stopwatch';
import { synthesize } from '../frame/synthesis';

/** What it costs to make the templates. */
export const measure: Measure = {
  title: 'Synthesis',
  note: 'From `new App()` to the end of `app.synth()`. Imports are over by then, except for what the CDK itself loads when a class is first used. '
    + 'Memory is the most that the process held, imports included.',
  rounds: 7,
  take({ load, apis, outdir }) {
    const contender = load();
    const { cpu, wall } = timed(() => synthesize(contender, apis, outdir));
    return [
      { name: 'CPU time of the synthesis', unit: 'ms', value: cpu },
      { name: 'Wall time of the synthesis', unit: 'ms', value: wall },
      // In kilobytes (Node.js documentation, process.resourceUsage()).
      { name: 'Peak memory', unit: 'bytes', value: process.resourceUsage().maxRSS * 1024 },
    ];
  },
};
