import { CREDENTIAL_HEADERS, protectionOf } from './credential-headers';
import { effectiveRules } from './web-acl-rules';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, truth, Unresolved } from '../values';

const SWITCH = 'VisibilityConfig.SampledRequestsEnabled';

/** Checks `WAF-SAMPLES`. */
export const wafSamples: Rule = {
  control: 'WAF-SAMPLES',
  check(acl, graph) {
    const { rules, untold } = effectiveRules(acl, graph);
    const protection = protectionOf(acl);
    const shown = CREDENTIAL_HEADERS.filter((header) => !protection.covers(header));
    if (shown.length === 0) return compliant(`samples hide ${CREDENTIAL_HEADERS.join(', ')}`, 'DataProtectionConfig');

    const samples = [acl.properties, ...rules.map(({ properties }) => properties)].map((holder) => truth(at(holder, SWITCH)));
    if (samples.includes(true)) {
      return shown.map((header) => (protection.untold ? cannotTell('UnresolvedSamples', 'the template does not tell which headers are protected', 'DataProtectionConfig')
        : violation(`InClear::${header}`, `samples show the header ${header}`, 'DataProtectionConfig')));
    }
    return untold || samples.some((each) => each instanceof Unresolved)
      ? cannotTell('UnresolvedSamples', 'the template does not tell whether requests are sampled', SWITCH) : compliant('no request is sampled', SWITCH);
  },
};
