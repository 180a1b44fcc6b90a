import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `TRAIL-COVERAGE`. */
export const trailCoverage: Rule = {
  control: 'TRAIL-COVERAGE',
  check({ properties }) {
    const of = (property: string) => truth(properties[property]);
    const [logging, everywhere, global] = ['IsLogging', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents'].map(of);
    const found = [
      ...judge(logging, 'IsLogging', 'NotLogging'),
      ...judge(everywhere, 'IsMultiRegionTrail', 'OneRegion'),
      // A trail of every Region has global events unless it says otherwise, which CloudTrail then refuses (CloudTrail API Reference, CreateTrail).
      ...(global === undefined && everywhere !== false ? [] : judge(global, 'IncludeGlobalServiceEvents', 'NoGlobalEvents')),
    ];
    return found.length > 0 ? found : compliant('the trail is on and records every Region', 'IsMultiRegionTrail');
  },
};

function judge(value: boolean | undefined | Unresolved, property: string, finding: string): Outcome[] {
  if (value === true) return [];
  if (value instanceof Unresolved) return [cannotTell('UnresolvedCoverage', `${property} is ${describe(value)}`, property)];
  return [violation(finding, `${property} is ${value ?? 'not set'}`, property)];
}
