import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { App, IPolicyValidationContext, Validations } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { policy } from '../../src';
import { Measure } from '../frame/measure';
import { Elapsed, timed } from '../frame/stopwatch';
import { resourcesOf, synthesize } from '../frame/synthesis';

const MAIN = join(__dirname, '..', '..', 'src', 'cli', 'main.js');

/** Exit codes after which there is a report: nothing was found, or something was. */
const CHECKED = [0, 1];

/** What it costs to check the templates, where they are made and afterwards. */
export const measure: Measure = {
  title: 'Validation',
  note: 'Policy: `IntegrationPolicy` as the synthesis runs it, every rule on every resource. '
    + 'Command: `cdk-secure-integrations check cdk.out` on what was synthesized, from the start of Node.js to its end. '
    + 'A time per resource that grows with the number of APIs would be more than linear.',
  rounds: 3,
  take({ load, apis, outdir }) {
    const contender = load();
    // The findings are left out, since they would end the synthesis of a contender that has some.
    const judge = policy.IntegrationPolicy.enforce(new App());
    const runs: Elapsed[] = [];
    const timedPolicy = {
      name: 'timed',
      validate(context: IPolicyValidationContext) {
        runs.push(timed(() => judge.validate(context)));
        return { success: true, violations: [] };
      },
    };
    let assembly: CloudAssembly | undefined;
    const whole = timed(() => { assembly = synthesize(contender, apis, outdir, (app) => Validations.of(app).addPlugins(timedPolicy)); });
    const [check] = runs;
    if (!check || !assembly) throw new Error('the synthesis must run the policy, and did not');
    const resources = resourcesOf(assembly).length;

    let status: number | null = null;
    const command = timed(() => { status = spawnSync(process.execPath, [MAIN, 'check', outdir], { stdio: 'ignore' }).status; });
    if (status === null || !CHECKED.includes(status)) throw new Error(`the command must end with a report, and ended with exit code ${status}`);
    return [
      { name: 'CPU time of the policy', unit: 'ms', value: check.cpu },
      { name: 'CPU time of the policy for each resource', unit: 'ms', value: check.cpu / resources, relative: true },
      { name: 'CPU time of the policy ÷ that of the synthesis without it', unit: 'ratio', value: check.cpu / (whole.cpu - check.cpu), relative: true },
      { name: 'Wall time of the command', unit: 'ms', value: command.wall },
      { name: 'Wall time of the command for each resource', unit: 'ms', value: command.wall / resources, relative: true },
    ];
  },
};
