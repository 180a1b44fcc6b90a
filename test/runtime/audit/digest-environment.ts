import { LOG_GROUP_ARN, QUESTIONS } from './digest-world';

/** What the function is configured with. */
export const ENVIRONMENT = {
  REVIEW_NAME: 'Daily',
  LOG_GROUP_ARN,
  EVIDENCE_BUCKET: 'evidence',
  EVIDENCE_PREFIX: 'access-reviews/Daily/',
  EVERY_DAYS: '1',
  SETTLE_MINUTES: '30',
  LATE_HOURS: '24',
  ACKNOWLEDGE_DAYS: '3',
  QUESTIONS: '["denied","root-use"]',
  OWN_QUESTIONS: JSON.stringify([QUESTIONS[1]]),
};
