import { App } from 'aws-cdk-lib';
import { contender as naive } from '../../benchmarks/contenders/naive';
import { contender as plainL2 } from '../../benchmarks/contenders/plain-l2';
import { contender as thisLibrary } from '../../benchmarks/contenders/this-library';
import { Contender } from '../../benchmarks/frame/contender';
import { ENV } from '../../benchmarks/workload';
import { check, RULES, Verdict } from '../../src/rules';

function verdictsOn(contender: Contender): Verdict[] {
  const app = new App({ analyticsReporting: false });
  contender.build(app, 2);
  return check(app.synth().stacks.map((stack) => ({ name: stack.hierarchicalId, template: stack.template as unknown, ...ENV })), RULES);
}

/** What was found, without the names by which contenders differ. */
function outcomes(verdicts: readonly Verdict[]): string[] {
  return verdicts.map(({ control, resourceType, outcome }) => `${control} of ${resourceType}: ${outcome}`).sort();
}

test('plain L2 holds the same controls as the library, so that it does the same work', () => {
  expect(outcomes(verdictsOn(plainL2))).toEqual(outcomes(verdictsOn(thisLibrary)));
});

test('the library violates no control', () => {
  expect(verdictsOn(thisLibrary).filter(({ outcome }) => outcome === 'violation')).toEqual([]);
});

test('what is written quickly violates controls', () => {
  expect(verdictsOn(naive).filter(({ outcome }) => outcome === 'violation')).not.toEqual([]);
});
