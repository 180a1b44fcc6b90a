import { ENVIRONMENT } from './digest-environment';
import { LOG_GROUP_ARN, QUESTIONS } from './digest-world';
import { REVIEW_QUESTIONS } from '../../../src/formats/review-questions';
import { parseDigestSettings } from '../../../src/runtime/audit/digest-settings';

test('reads what a review is about', () => {
  expect(parseDigestSettings(ENVIRONMENT)).toEqual({
    review: 'Daily',
    logGroupArn: LOG_GROUP_ARN,
    evidenceBucket: 'evidence',
    prefix: 'access-reviews/Daily/',
    everyDays: 1,
    settleMilliseconds: 1_800_000,
    lateMilliseconds: 86_400_000,
    acknowledgeMilliseconds: 259_200_000,
    // In the order of the catalog, so that reports can be compared.
    questions: [...REVIEW_QUESTIONS.filter(({ id }) => ['denied', 'root-use'].includes(id)), QUESTIONS[1]],
  });
});

test.each([
  ['REVIEW_NAME', 'a/b', 'the name of a review'],
  ['LOG_GROUP_ARN', `${LOG_GROUP_ARN}:*`, 'the ARN of a log group, without :* at its end'],
  ['EVIDENCE_BUCKET', 'UPPER', 'the name of a bucket'],
  ['EVIDENCE_PREFIX', 'access-reviews', 'the start of keys, with a slash at its end'],
  ['EVERY_DAYS', '0', 'a whole number from 1 to 31'],
  ['SETTLE_MINUTES', '1', 'a whole number from 5 to 1440'],
  ['LATE_HOURS', '337', 'a whole number from 1 to 336'],
  ['ACKNOWLEDGE_DAYS', '', 'a whole number from 1 to 31'],
  ['QUESTIONS', '["nobody-asks"]', 'a JSON array of names of questions'],
  ['OWN_QUESTIONS', '[{}]', 'a JSON array of questions'],
])('does not start with %s %s', (name, value, what) => {
  expect(() => parseDigestSettings({ ...ENVIRONMENT, [name]: value })).toThrow(`${name} must be ${what}`);
});
