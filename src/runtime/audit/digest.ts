import type { DigestSettings } from './digest-settings';
import { Answer, reportOf } from './report';
import type { Kept, ReviewLog, StoredReport } from './review-log';
import { firstWindow, stampOf, Window, windowAfter } from './review-window';
import type { TrailQueries } from './trail-queries';
import type { Question } from '../../formats/review-question';
import { nameOf } from '../shared/error-name';
import type { ReviewItems } from '../shared/review-item';

export interface DigestPorts {
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly reviews: Pick<ReviewLog, 'kept' | 'tryLast' | 'read' | 'append' | 'render' | 'acknowledge' | 'verify'>;
  readonly queries: Pick<TrailQueries, 'ask'>;
  readonly items: Pick<ReviewItems, 'open' | 'inspect' | 'reopen'>;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}

/** What AWS Lambda tells a function about itself. */
export interface DigestContext { getRemainingTimeInMillis(): number }

/** Questions that are asked at the same time; an account has 100 queries at once, for everybody (User Guide, "CloudWatch Logs quotas"). */
const AT_ONCE = 4;

/** How long after a report is due its queries may take longer than a run has; then what did not end is a finding, and the others are reported. */
const PATIENCE_MILLISECONDS = 6 * 60 * 60 * 1000;

/** The last part of a run, which is for what was digested before. */
const REST_MILLISECONDS = 5 * 60 * 1000;

/** Reports that one run looks after; where more than a year of days is not acknowledged, the last of them. */
const MAX_OPEN = 400;

/**
 * Builds the function that digests a trail, window after window, and sees to it that somebody other than its author acknowledges each report.
 *
 * Each run does what is due and was not done: reports of windows that have ended, in their order, then of each report that nobody acknowledged its
 * Markdown, its OpsItem and its acknowledgement. All of that may be repeated, and may end anywhere: an object is written once, an item is opened
 * once, and a window is digested only after the one before. A run in which anything failed ends in an error.
 */
export function digest(settings: DigestSettings, ports: DigestPorts) {
  const { reviews, queries, items, now, log } = ports;

  return async (event: unknown, context: DigestContext): Promise<void> => {
    const { task } = Object(event) as Readonly<Record<string, unknown>>;
    if (task === 'verify') return attempt('verify', {}, async () => log({ outcome: 'verified', reports: await reviews.verify(await reviews.kept()) }));
    if (task !== 'review') throw new Error('the event is no task of a review');

    const deadline = now() + context.getRemainingTimeInMillis() - REST_MILLISECONDS;
    const failures: unknown[] = [];
    const tolerate = (work: Promise<void>) => work.catch((error: unknown) => { failures.push(error); });
    await tolerate(attempt('digest', {}, () => catchUp(deadline)));
    await tolerate(attempt('acknowledge', {}, async () => {
      for (const stamp of unacknowledged(await reviews.kept())) await tolerate(attempt('acknowledge', { window: stamp }, () => lookAfter(stamp)));
    }));
    if (failures.length > 0) throw failures[0];
    log({ outcome: 'reviewed' });
  };

  async function catchUp(deadline: number): Promise<void> {
    let last = await reviews.tryLast(await reviews.kept());
    let window = nextAfter(last);
    // Only the first report of a run has all its time: nothing follows from a query of another one that does not end.
    let isPatient = now() < dueOf(window) + PATIENCE_MILLISECONDS;
    try {
      while (now() >= dueOf(window) && now() < deadline) {
        last = await reviews.append(reportOf(settings.review, window, await answersIn(window, deadline, isPatient), last));
        isPatient = true;
        log({ outcome: 'digested', window: stampOf(last.from), findings: last.report.findings, report: last.key, sha256: last.sha256 });
        window = nextAfter(last);
      }
    } finally {
      if (now() >= dueOf(windowAfter(window.to, settings.everyDays))) log({ outcome: 'digest-missing', window: stampOf(window.from) });
    }
  }

  function nextAfter(last: StoredReport | undefined): Window {
    return last ? windowAfter(last.to, settings.everyDays) : firstWindow(now(), settings.everyDays);
  }

  function dueOf({ to }: Window): number {
    return to + settings.settleMilliseconds;
  }

  /** Throws where a question is to be asked again by another run; what then is still asked would be asked twice, and costs. */
  async function answersIn(window: Window, deadline: number, isPatient: boolean): Promise<ReadonlyArray<readonly [Question, Answer]>> {
    const answers = new Map<Question, Answer>();
    const waiting = [...settings.questions];
    const failures: unknown[] = [];
    const worker = async () => {
      for (let question = waiting.shift(); question && failures.length === 0; question = waiting.shift()) {
        try {
          answers.set(question, await queries.ask(question, window, deadline));
        } catch (error) {
          if (isPatient || nameOf(error) !== 'QueryUnfinished') failures.push(error);
          else answers.set(question, { unanswered: 'QueryUnfinished' });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (failures.length > 0) throw failures[0];
    return settings.questions.map((question) => [question, answers.get(question)!] as const);
  }

  async function lookAfter(stamp: string): Promise<void> {
    const stored = await reviews.read(stamp);
    const dueAt = dueOf(stored) + settings.acknowledgeMilliseconds;
    await reviews.render(stored);
    const opsItemId = await items.open(itemOf(stored, dueAt));
    const found = await items.inspect(opsItemId, stored.report.subjects);
    if (found.state === 'acknowledged') {
      await reviews.acknowledge(stored, { opsItemId, by: found.by, at: found.at });
      return log({ outcome: 'acknowledged', window: stamp, opsItemId, by: found.by });
    }
    if (found.state === 'not-counted') {
      await items.reopen(opsItemId, found.reason === 'author' ? 'Resolved by whom the report is about, or by its author.' : 'Resolved by nobody in particular.');
      log({ outcome: 'not-counted', window: stamp, opsItemId, reason: found.reason, ...found.by !== undefined && { by: found.by } });
    }
    if (now() >= dueAt) log({ outcome: 'overdue', window: stamp, opsItemId });
  }

  function itemOf({ key, sha256, report }: StoredReport, dueAt: number) {
    const { review } = settings;
    const due = new Date(dueAt).toISOString();
    return {
      // With the hash, so that what somebody resolved of another review by this name, in another stack or a former one, does not count for it.
      id: `access-review/${review}/${report.from}/${sha256.slice(0, 16)}`,
      title: `Access review ${review}: ${report.from.slice(0, 10)}, ${report.findings} findings`,
      description: `Read the report s3://${settings.evidenceBucket}/${key.replace(/json$/, 'md')}, see to what it found, and resolve this item by ${due}. `
        + 'It counts if somebody resolves it who is in no finding of it.',
      severity: report.findings > 0 ? '2' as const : '4' as const,
      facts: { 'review-report': key, 'review-report-sha256': sha256, 'review-due': due, 'review-findings': String(report.findings) },
    };
  }

  async function attempt(task: string, about: Readonly<Record<string, unknown>>, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = nameOf(error);
      log({ outcome: reason === 'BrokenChain' ? 'broken-chain' : 'fault', task, reason, ...about });
      // Services quote in their messages what they were sent.
      throw new Error(`${task} failed: ${reason}`);
    }
  }
}

function unacknowledged({ reports, acknowledged }: Kept): readonly string[] {
  return reports.filter((stamp) => !acknowledged.has(stamp)).slice(-MAX_OPEN);
}
