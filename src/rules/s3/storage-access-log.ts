import { accessLogTarget, isAccessLogTarget } from './access-log-targets';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const DESTINATION = 'LoggingConfiguration.DestinationBucketName';

/** Checks `STORAGE-ACCESS-LOG`. */
export const storageAccessLog: Rule = {
  control: 'STORAGE-ACCESS-LOG',
  check(bucket, graph) {
    if (isAccessLogTarget(bucket, graph)) return notApplicable('the bucket receives access logs, and logging those would never end');
    const logging = bucket.properties.LoggingConfiguration;
    const destination = at(bucket.properties, DESTINATION);
    if (logging === undefined || logging === null) return violation('NoAccessLog', 'LoggingConfiguration is not set', 'LoggingConfiguration');
    if (isUnknown(destination)) return cannotTell('UntoldDestination', `DestinationBucketName is ${describe(destination)}`, DESTINATION);
    // Without a destination the bucket is its own.
    if (destination === undefined || accessLogTarget(bucket, graph) === bucket) {
      return violation('LogsToItself', 'the bucket logs to itself, so each log delivery is logged again', DESTINATION);
    }
    return compliant(`logs to ${describe(destination)}`, DESTINATION);
  },
};
