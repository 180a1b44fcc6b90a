import { ACCESS_DETECTIONS } from './access';
import { CIS_ACCOUNT_DETECTIONS } from './cis-account';
import { CIS_NETWORK_DETECTIONS } from './cis-network';
import { DATA_DETECTIONS } from './data';
import type { Detection } from './detection';
import { MONITORING_DETECTIONS } from './monitoring';

/** The fifteen detections of the CIS AWS Foundations Benchmark, in its order. */
export const CIS_DETECTIONS: readonly Detection[] = [...CIS_ACCOUNT_DETECTIONS, ...CIS_NETWORK_DETECTIONS];

/** Every detection: the list of CIS, then what it lacks. */
export const DETECTIONS: readonly Detection[] = [...CIS_DETECTIONS, ...ACCESS_DETECTIONS, ...DATA_DETECTIONS, ...MONITORING_DETECTIONS];
