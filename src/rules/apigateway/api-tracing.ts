import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'TracingEnabled';

/** Checks `API-TRACING`. */
export const apiTracing: Rule = {
  control: 'API-TRACING',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge({ properties }: Resource): Outcome | readonly Outcome[] {
  const enabled = truth(properties[PROPERTY]);
  if (enabled instanceof Unresolved) return cannotTell('UnresolvedTracing', `${PROPERTY} is ${describe(enabled)}`, PROPERTY);
  return enabled ? compliant('X-Ray traces the requests (TracingEnabled)', PROPERTY) : violation('NoTracing', `${PROPERTY} is ${describe(properties[PROPERTY])}`, PROPERTY);
}
