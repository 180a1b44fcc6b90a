import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handler } from './handlers';
import { Question } from '../../../src/formats/review-question';
import { REVIEW_QUESTIONS } from '../../../src/formats/review-questions';
import { DAY, DigestCloud } from '../../runtime/audit/digest-cloud';
import { reviewCloud } from '../../runtime-e2e/review-cloud';

/** Half past midnight is when the day before is due; it is later. */
const START = Date.parse('2026-11-24T12:00:00Z');
const RUN_MILLISECONDS = 900_000;

const BOB = 'arn:aws:sts::111122223333:assumed-role/Auditor/bob';
const ROOT = 'arn:aws:iam::111122223333:root';

/** How the function of a review is exercised, by path of the review. */
export function reviewHandlers(path: string): Record<string, Handler> {
  let cloud: DigestCloud;
  let clock: string;
  const setTime = (now: number) => {
    cloud.now = now;
    writeFileSync(clock, String(now));
  };
  return {
    [`${path}/Digest/Function`]: {
      async prepare() {
        const folder = mkdtempSync(join(tmpdir(), 'review-'));
        clock = join(folder, 'clock');
        writeFileSync(clock, String(START));
        return {
          variables: {
            NODE_OPTIONS: `--require ${join(__dirname, '../../runtime-e2e/clock.cjs')}`,
            NODE_NO_WARNINGS: '1',
            TEST_CLOCK: clock,
            TEST_REMAINING_MILLISECONDS: String(RUN_MILLISECONDS),
          },
          stop: async () => rmSync(folder, { recursive: true }),
        };
      },
      cloud({ OWN_QUESTIONS }) {
        cloud = new DigestCloud(START, [...REVIEW_QUESTIONS, ...JSON.parse(OWN_QUESTIONS) as Question[]]);
        return reviewCloud(cloud);
      },
      /** Digests a day, has its item resolved by nobody and by somebody, follows the chain, and gives up a day whose queries do not end. */
      async exercise(bundle) {
        const review = () => bundle.invoke({ task: 'review' });
        await review();
        for (const by of [ROOT, BOB]) {
          for (const { OpsItemId } of cloud.center.items) cloud.center.resolve(OpsItemId, by);
          await review();
        }
        await bundle.invoke({ task: 'verify' });
        // Half past three of the next day: a day whose queries do not end is given up after six hours only.
        setTime(START + DAY - 8.5 * 60 * 60 * 1000);
        cloud.statuses = Array(1000).fill('Running') as string[];
        cloud.beforeEach('GetQueryResults', () => setTime(cloud.now + RUN_MILLISECONDS));
        await review().then(() => { throw new Error('the day was digested'); }, () => undefined);
      },
    },
  };
}
