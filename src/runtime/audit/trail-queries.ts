import { CloudWatchLogsClient, GetQueryResultsCommand, ResultField, StartQueryCommand, StopQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Answer, Row } from './report';
import type { Window } from './review-window';
import { insightsQuery, MAX_ROWS, Question } from '../../formats/review-question';
import { nameOf } from '../shared/error-name';

const DAY = 24 * 60 * 60 * 1000;

/** CloudWatch Logs takes no event that is more than two hours ahead of its time of arrival (API Reference, `PutLogEvents`). */
const AHEAD = 2 * 60 * 60 * 1000;

/** Pauses between two looks at a query. */
const PAUSE_MILLISECONDS = 2000;

/** What a query can not be answered for, however often it is asked: it, or the amount of data, has to be another. */
const FINAL = ['MalformedQueryException', 'InvalidParameterException'];

export interface TrailQueriesSettings {
  /** ARN of the log group of a trail. */
  readonly logGroupArn: string;
  /** How long after its time an event may arrive and still be found. */
  readonly lateMilliseconds: number;
}

export interface TrailQueriesPorts {
  readonly client: Pick<CloudWatchLogsClient, 'send'>;
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** A query that did not end in time. */
export class QueryUnfinished extends Error {
  public override readonly name = 'QueryUnfinished';
}

/** A query that ended without an answer. */
export class QueryFailed extends Error {
  public override readonly name = 'QueryFailed';
}

/** Questions to the log of a trail. */
export class TrailQueries {
  constructor(private readonly settings: TrailQueriesSettings, private readonly ports: TrailQueriesPorts) {}

  /**
   * Asks what arrived in a window; throws if there is no answer by the deadline. A query that another run left behind costs, and changes nothing.
   */
  public async ask(question: Question, { from, to }: Window, deadline: number): Promise<Answer> {
    try {
      return answerOf(await this.results(question, { from, to }, deadline));
    } catch (error) {
      if (FINAL.includes(nameOf(error))) return { unanswered: nameOf(error) };
      throw error;
    }
  }

  private async results(question: Question, { from, to }: Window, deadline: number): Promise<readonly ResultField[][] | undefined> {
    const { client, now, pause } = this.ports;
    if (now() >= deadline) throw new QueryUnfinished('there was no time left to ask');
    const reach = Math.max(this.settings.lateMilliseconds, (question.newWithinDays ?? 0) * DAY);
    const { queryId } = await client.send(new StartQueryCommand({
      logGroupIdentifiers: [this.settings.logGroupArn],
      queryString: insightsQuery(question, from, to),
      // In seconds, both inclusive: the query itself says by the millisecond what arrived in the window.
      startTime: Math.floor((from - reach) / 1000),
      // Up to now at least: a range that ends before the log group was made, as on the day after its first, is refused as malformed.
      endTime: Math.ceil(Math.max(to + AHEAD, now()) / 1000),
      limit: MAX_ROWS + 1,
    }));
    while (now() < deadline) {
      const { status, results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
      if (status === 'Complete') return results;
      // It ran for an hour (User Guide, "CloudWatch Logs quotas"), which another run would, too.
      if (status === 'Timeout') return undefined;
      if (status !== 'Scheduled' && status !== 'Running') throw new QueryFailed(`a query ended as ${status}`);
      await pause(PAUSE_MILLISECONDS);
    }
    // It fails for one that has just ended.
    await client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
    throw new QueryUnfinished('a query did not end in time');
  }
}

function answerOf(results: readonly ResultField[][] | undefined): Answer {
  if (!results) return { unanswered: 'Timeout' };
  const rows = results.map((fields): Row => Object.fromEntries(fields.flatMap(({ field, value }) => field === undefined ? [] : [[field, value ?? '']])));
  return { rows: rows.slice(0, MAX_ROWS), more: rows.length > MAX_ROWS };
}
