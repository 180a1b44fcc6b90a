import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `DETECTOR-ENABLED`. */
export const detectorEnabled: Rule = {
  control: 'DETECTOR-ENABLED',
  check({ properties: { Enable: value } }) {
    const enabled = truth(value);
    if (enabled === true) return compliant('the detector is on', 'Enable');
    return enabled instanceof Unresolved ? cannotTell('UnresolvedDetector', `Enable is ${describe(value)}`, 'Enable') : violation('Disabled', `Enable is ${enabled ?? 'not set'}`, 'Enable');
  },
};
