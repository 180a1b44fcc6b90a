import { ACCESS_DETECTIONS } from './access-detections';
import { CIS_ACCOUNT_DETECTIONS } from './cis-account-detections';
import { CIS_NETWORK_DETECTIONS } from './cis-network-detections';
import { DATA_DETECTIONS } from './data-detections';
import type { Detection, DetectionProfile, DetectionSamples } from './detection';
import { MONITORING_DETECTIONS } from './monitoring-detections';

/** The fifteen detections of the CIS AWS Foundations Benchmark, in its order. */
export const CIS_DETECTIONS: readonly Detection[] = [...CIS_ACCOUNT_DETECTIONS, ...CIS_NETWORK_DETECTIONS];

/** Every detection: the list of CIS, then what it lacks. */
export const DETECTIONS: readonly Detection[] = [...CIS_DETECTIONS, ...ACCESS_DETECTIONS, ...DATA_DETECTIONS, ...MONITORING_DETECTIONS];

/** Events that the filter of a profile has to match, or must not. */
export function samplesOf({ samples }: Detection, profile: DetectionProfile): Pick<DetectionSamples, 'hits' | 'misses'> {
  if (profile === 'securityHubExact') return samples;
  return { hits: [...samples.hits, ...samples.strictHits ?? []], misses: [...samples.misses, ...samples.strictMisses ?? []] };
}
