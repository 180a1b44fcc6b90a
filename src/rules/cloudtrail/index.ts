import { reviewSchedule } from './review-schedule';
import { trailBucketPolicy } from './trail-bucket-policy';
import { trailCmk } from './trail-cmk';
import { trailCoverage } from './trail-coverage';
import { trailDataEvents } from './trail-data-events';
import { trailDetections } from './trail-detections';
import { trailLogGroup } from './trail-log-group';
import { trailSelectors } from './trail-selectors';
import { trailValidation } from './trail-validation';
import { Rule } from '../rule';

/** Rules of AWS CloudTrail. */
export const CLOUDTRAIL_RULES: readonly Rule[] = [
  reviewSchedule,
  trailBucketPolicy,
  trailCmk,
  trailCoverage,
  trailDataEvents,
  trailDetections,
  trailLogGroup,
  trailSelectors,
  trailValidation,
];
